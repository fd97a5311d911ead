"""`yunce query`."""

from __future__ import annotations

from typing import Any

import click

from yunce.config.cli._routing import perform
from yunce.config.cli._telling import tell_json, tell_table
from yunce.engines.metrics import least_covered
from yunce.kit.numbers import format_value
from yunce.kit.text import listed
from yunce.kit.wording import gettext as _

BY = _(
    "分组，用逗号分开：day、week、month、weekday、platform、account、owner、group、post、"
    "segment、form、series、topic、author、original（yes、no）、age（发布后第几天）。"
)


@click.command(help=_("查询指标：METRIC 是指标代码，可以写多个。每个数都说明有几天的数据。"))
@click.argument("metrics", nargs=-1, required=True, metavar="METRIC...")
@click.option("--team", help=_("团队的网址标识；只有一个团队时可省略。"))
@click.option("--from", "start", required=True, metavar="D", help=_("开始日期，如 2025-05-01。"))
@click.option("--to", "end", required=True, metavar="D", help=_("结束日期（含）。"))
@click.option("--by", default="", help=BY)
@click.option(
    "--where",
    multiple=True,
    metavar="NAME=VALUE",
    help=_("筛选，名称同 --by，可写多次；同一名称写几次是其中任一。"),
)
@click.option(
    "--compare",
    default="",
    help=_(
        "再比：previous 上一段，last_month 上月同期，last_year 去年同期，"
        "plan 计划（整月的必达目标）。"
    ),
)
@click.option("--json", "as_json", is_flag=True, help=_("用 JSON 回答。"))
def command(
    metrics: tuple[str, ...], start: str, end: str, by: str, as_json: bool, **options: Any
) -> int:
    asked = {"metrics": list(metrics), "from": start, "to": end, "by": list(listed(by))}
    result = perform("query", {**asked, **options, "where": list(options["where"])})
    if as_json:
        tell_json(result)
    else:
        _tell(result)
    return 0


def _tell(result: dict[str, Any]) -> None:
    by = result["by"]
    before = result["before"]
    headings = [_("指标"), *by, _("数值"), _("有数据的天数"), _("说明")]
    if before:
        told = f"{before['from']} – {before['to']}"
        told = _("计划") if result["compare"] == "plan" else told
        headings[-1:] = [told, _("有数据的天数"), _("说明")]
    tell_table(headings, [_line(row, by, is_compared=bool(before)) for row in result["rows"]])
    for month in result["closed"]:
        click.echo(month["note"])


def _line(row: dict[str, Any], by: list[str], *, is_compared: bool) -> list[str]:
    groups = [_group(row, name) for name in by]
    line = [row["name"], *groups, *_value(row, row["unit"])]
    if is_compared:
        line += _value(row["before"], row["unit"])
    earlier = (row.get("before") or {}).get("reason", "")
    said = [row["reason"], least_covered(*(row[name] for name in _BEHIND)), earlier]
    return [*line, "；".join(filter(None, dict.fromkeys(said)))]


_BEHIND = ("accounts", "least_days", "covered_days")


def _group(row: dict[str, Any], name: str) -> str:
    if name == "post":
        return f"{row['post']} {row['title']}".strip()
    return str(row[name]) or "—"


def _value(told: dict[str, Any] | None, unit: str) -> list[str]:
    if told is None:
        return ["—", "—"]
    return [format_value(told["value"], unit), f"{told['covered_days']}/{told['days']}"]
