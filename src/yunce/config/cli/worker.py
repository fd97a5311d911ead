"""`yunce worker`."""

from __future__ import annotations

from importlib import import_module

import click

from yunce.config.environment import read_environment
from yunce.config.failures import WorkError
from yunce.config.process.announcing import find_server
from yunce.kit.wording import gettext as _


@click.command(help=_("在 serve 之外处理后台任务（数据在共用数据库里时）。"))
def command() -> int:
    environment = read_environment()
    if environment.has_local_facts and find_server(environment):
        raise WorkError(_("服务正在运行，它自己会处理后台任务，不需要 yunce worker。"))
    starting = import_module("yunce.config.process.starting")
    starting.start_for_command(may_create=False, facts=False)
    import_module("yunce.config.keeping.loading").refuse_half_restored(environment)
    worker = import_module("yunce.config.process.jobs").make_worker()
    worker.configure_signals()
    click.echo(_("后台任务处理已启动，按 Ctrl+C 停止。"))
    worker.run()
    return 0
