"""`yunce serve`."""

from __future__ import annotations

import os
from importlib import import_module

import click

from yunce.kit.wording import gettext as _


@click.command(help=_("启动运策：网页、后台任务和定时任务都在这一个进程里。"))
@click.option("--host", help=_("监听的地址，默认 127.0.0.1（YUNCE_HOST）。"))
@click.option("--port", help=_("监听的端口，默认 8000（YUNCE_PORT）。"))
@click.option("--demo-when-empty", is_flag=True, help=_("还没有团队时载入演示月份。"))
def command(host: str | None, port: str | None, demo_when_empty: bool) -> int:
    # Options go the way of the environment, so that the same system checks judge them.
    os.environ.update({"YUNCE_HOST": host} if host else {})
    os.environ.update({"YUNCE_PORT": port} if port else {})
    from yunce.config.environment import read_environment
    from yunce.config.process.starting import prepare, refuse_bad_settings

    environment = read_environment()
    prepare(environment)
    refuse_bad_settings()
    serving = import_module("yunce.config.process.serving")
    serving.Serving(environment, demo_when_empty=demo_when_empty, tell=_tell).run()
    return 0


def _tell(line: str) -> None:
    """Flushed at once: whoever started us may be waiting for the line."""
    click.echo(line)
