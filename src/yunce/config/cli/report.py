"""`yunce report`."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import click

from yunce.config.cli._routing import perform
from yunce.config.cli._telling import tell_json
from yunce.config.failures import WorkError
from yunce.kit.wording import gettext as _


@click.command(help=_("把计划表（plan）、规划方案（proposal，docx）或总结表（summary）写成文件。"))
@click.argument("kind", metavar="plan|proposal|summary")
@click.option("--team", help=_("团队的网址标识；只有一个团队时可省略。"))
@click.option("--month", required=True, help=_("月份，如 2025-05。"))
@click.option("--format", "file_format", default="xlsx", show_default=True, help="xlsx · docx")
@click.option("-o", "--output", metavar="FILE", help=_("写到哪里，默认按内容命名。"))
@click.option("--json", "as_json", is_flag=True, help=_("用 JSON 回答。"))
def command(
    kind: str, team: str | None, month: str, file_format: str, output: str | None, as_json: bool
) -> int:
    params = {"kind": kind, "team": team, "month": month, "format": file_format}
    result = perform("report", params)
    path = Path(output or result["file_name"])
    try:
        path.write_bytes(b64decode(result["content"]))
    except OSError as error:
        values = {"path": path, "why": error.strerror}
        raise WorkError(_("写不了文件 %(path)s：%(why)s。") % values) from error
    if as_json:
        tell_json({"file": str(path), "bytes": path.stat().st_size})
    else:
        click.echo(_("已写好：%(path)s") % {"path": path})
    return 0
