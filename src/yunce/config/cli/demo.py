"""`yunce demo`."""

from __future__ import annotations

import click

from yunce.config.cli._routing import perform
from yunce.config.cli._telling import tell_json
from yunce.kit.wording import gettext as _


@click.command(help=_("载入演示月份（团队 demo，2025 年 5 月）；--remove 删掉它。"))
@click.option("--remove", is_flag=True, help=_("删除演示团队和它的全部数据。"))
@click.option("--json", "as_json", is_flag=True, help=_("用 JSON 回答。"))
def command(remove: bool, as_json: bool) -> int:
    result = perform("demo", {"remove": remove}, may_create=not remove)
    if as_json:
        tell_json(result)
    else:
        click.echo(_sentence(result))
    return 0


def _sentence(result: dict[str, object]) -> str:
    if result.get("removed"):
        return _("演示团队已删除，连同 %(facts)s 条数据。") % result
    if result["loaded"]:
        return _("演示月份 %(month)s 已载入团队 %(team)s。") % result
    return _("演示团队 %(team)s 已经在了，没有改动。") % result
