"""`yunce restore`."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from yunce.config.cli._telling import tell_json
from yunce.config.environment import read_environment
from yunce.config.failures import WorkError
from yunce.config.process.announcing import find_server
from yunce.kit.wording import gettext as _


@click.command(help=_("用备份文件换掉数据文件夹；先核对，再一次换好，旧的留在旁边。"))
@click.argument("file", metavar="FILE")
@click.option("--force", is_flag=True, help=_("数据文件夹不空也换。"))
@click.option("--json", "as_json", is_flag=True, help=_("用 JSON 回答。"))
def command(file: str, force: bool, as_json: bool) -> int:
    environment = read_environment()
    if find_server(environment) is not None:
        raise WorkError(_("服务正在运行。请先停掉它，再恢复备份。"))
    starting = import_module("yunce.config.process.starting")
    starting.set_up_django()
    restoring = import_module("yunce.config.keeping.restoring")
    now = datetime.now().astimezone()
    manifest, aside = restoring.restore(environment, Path(file), force=force, now=now)
    # An older backup gets this version's shape, and what was half-done in it is mended.
    _start(starting, aside)
    result = {
        "restored": str(environment.data),
        "made_at": manifest.made_at,
        "version": manifest.version,
        "aside": str(aside) if aside else None,
    }
    if as_json:
        tell_json(result)
    else:
        click.echo(_("已恢复 %(made_at)s 的备份到 %(restored)s。") % result)
        if aside:
            click.echo(_("原来的数据在 %(aside)s，确认无误后可以删掉。") % result)
    return 0


def _start(starting: Any, aside: Path | None) -> None:
    """The folder is in its place already: what then fails does not hide where the old one is."""
    try:
        starting.start_for_command(may_create=False)
    except WorkError as error:
        told = _("原来的数据文件夹在 %(aside)s。") % {"aside": aside} if aside else ""
        raise WorkError(f"{error}{told}") from error
