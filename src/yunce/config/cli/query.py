"""`yunce query`."""

from __future__ import annotations

from typing import Any

import click

from yunce.config.cli._routing import perform
from yunce.config.cli._telling import tell_json, tell_table
from yunce.kit.numbers import format_value
from yunce.kit.wording import gettext as _


@click.command(help=_("查询指标：METRIC 是指标代码，可以写多个。"))
@click.argument("metrics", nargs=-1, required=True, metavar="METRIC...")
@click.option("--team", help=_("团队的网址标识；只有一个团队时可省略。"))
@click.option("--from", "start", required=True, metavar="D", help=_("开始日期，如 2025-05-01。"))
@click.option("--to", "end", required=True, metavar="D", help=_("结束日期（含）。"))
@click.option("--by", default="", help=_("分组，用逗号分开：day,month,platform,account,segment。"))
@click.option("--json", "as_json", is_flag=True, help=_("用 JSON 回答。"))
def command(
    metrics: tuple[str, ...], team: str | None, start: str, end: str, by: str, as_json: bool
) -> int:
    groups = [name.strip() for name in by.split(",") if name.strip()]
    params = {"metrics": list(metrics), "team": team, "from": start, "to": end, "by": groups}
    result = perform("query", params)
    if as_json:
        tell_json(result)
    else:
        _tell(result)
    return 0


def _tell(result: dict[str, Any]) -> None:
    by = result["by"]
    headings = [_("指标"), *by, _("数值"), _("有数据的天数"), _("说明")]
    tell_table(headings, [_line(row, by, result["days"]) for row in result["rows"]])


def _line(row: dict[str, Any], by: list[str], days: int) -> list[str]:
    return [
        row["name"],
        *(str(row[name]) for name in by),
        format_value(row["value"], row["unit"]),
        f"{row['covered_days']}/{days}",
        row["reason"],
    ]
