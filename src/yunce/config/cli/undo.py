"""`yunce undo`."""

from __future__ import annotations

import click

from yunce.config.cli._routing import perform
from yunce.config.cli._telling import tell_json
from yunce.kit.wording import gettext as _


@click.command(help=_("撤销一次导入：它加的数拿走，它改的数还原。"))
@click.argument("batch", type=int)
@click.option("--team", help=_("团队的网址标识；只有一个团队时可省略。"))
@click.option("--json", "as_json", is_flag=True, help=_("用 JSON 回答。"))
def command(batch: int, team: str | None, as_json: bool) -> int:
    result = perform("undo", {"batch": batch, "team": team})
    if as_json:
        tell_json(result)
    else:
        click.echo(_("第 %(batch)s 号导入（%(file)s）已撤销。") % result)
    return 0
