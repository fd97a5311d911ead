"""`yunce backup`."""

from __future__ import annotations

from pathlib import Path

import click

from yunce.config.cli._routing import perform
from yunce.config.cli._telling import tell_json
from yunce.kit.wording import gettext as _


@click.command(help=_("把全部数据备份成一个文件；服务运行时也可以。"))
@click.option("-o", "--output", metavar="FILE", help=_("写到哪里，默认在数据文件夹的 backups 里。"))
@click.option("--json", "as_json", is_flag=True, help=_("用 JSON 回答。"))
def command(output: str | None, as_json: bool) -> int:
    path = str(Path(output).absolute()) if output else None
    result = perform("backup", {"output": path})
    if as_json:
        tell_json(result)
    else:
        click.echo(_("已备份：%(file)s（%(bytes)s 字节，%(members)s 个文件）") % result)
    return 0
