"""`yunce explain`."""

from __future__ import annotations

from typing import Any

import click

from yunce.config.cli._routing import perform
from yunce.config.cli._telling import tell_json, tell_table
from yunce.engines.platforms import platforms
from yunce.kit.numbers import Unit, format_signed, format_value
from yunce.kit.text import listed
from yunce.kit.wording import gettext as _

BY = _(
    "按什么拆解，用逗号分开：platform、account、owner、group、form、series、topic、author、original。"
)
WORDS = {
    "platform": _("平台"),
    "account": _("账号"),
    "owner": _("负责人"),
    "group": _("分组"),
    "form": _("体裁"),
    "series": _("系列"),
    "topic": _("话题"),
    "author": _("作者"),
    "original": _("原创"),
}
KINDS = {
    "amount": _("增减"),
    "rate": _("比率变化"),
    "mix": _("结构变化"),
    "num": _("分子变化"),
    "den": _("分母变化"),
    "offbase": _("没有分母的部分"),
    "unattributed": _("合计与各部分之和不一致"),
}


@click.command(help=_("一个指标为什么变了：各部分的贡献，加起来正好是变化的总数。"))
@click.option("--metric", required=True, metavar="METRIC", help=_("指标代码，如 new_followers。"))
@click.option("--team", help=_("团队的网址标识；只有一个团队时可省略。"))
@click.option("--from", "start", required=True, metavar="D", help=_("开始日期，如 2025-05-01。"))
@click.option("--to", "end", required=True, metavar="D", help=_("结束日期（含）。"))
@click.option(
    "--compare",
    default="previous",
    help=_(
        "与什么比：previous 上一段（默认），last_month 上月同期，last_year 去年同期，"
        "plan 计划（整月的必达目标）。"
    ),
)
@click.option("--by", default="platform", help=BY)
@click.option("--json", "as_json", is_flag=True, help=_("用 JSON 回答。"))
def command(start: str, end: str, by: str, as_json: bool, **options: Any) -> int:
    result = perform("explain", {**options, "from": start, "to": end, "by": list(listed(by))})
    if as_json:
        tell_json(result)
    else:
        _tell(result)
    return 0


def _tell(result: dict[str, Any]) -> None:
    click.echo(_headline(result))
    for sentence in filter(None, (result["reason"], result["note"])):
        click.echo(sentence)
    headings = [
        *(WORDS.get(word, word) for word in result["by"]),
        _("原因"),
        _("贡献"),
        _("占全部变动"),
        _("说明"),
    ]
    rows = [_line(row, result) for row in result["rows"]]
    total = [_("合计"), *[""] * len(result["by"]), _change(result["delta"], result), "", ""]
    tell_table(headings, [*rows, total])
    if result["unknown"]:
        names = "、".join("·".join(_places(part, result)) for part in result["unknown"])
        click.echo(_("这些部分有一段时间没有数据，按 0 计：%(names)s。") % {"names": names})
    click.echo(_("贡献是算账，不是因果：它说变化在哪里，不说为什么。"))


def _headline(result: dict[str, Any]) -> str:
    if result["compare"] == "plan":
        earlier = _("计划")
    else:
        earlier = f"{result['before_from']} – {result['before_to']}"
    words = {
        "name": _("%(name)s的分子") % result if result["of_numerator"] else result["name"],
        "period": f"{result['from']} – {result['to']}",
        "after": _amount(result["after"], result),
        "earlier": earlier,
        "before": _amount(result["before"], result),
        "change": _change(result["delta"], result),
    }
    return _("%(name)s：%(period)s %(after)s，%(earlier)s %(before)s，相差 %(change)s。") % words


def _line(row: dict[str, Any], result: dict[str, Any]) -> list[str]:
    note = _("在正常波动内") if row["in_noise"] else ""
    share = format_value(row["share"], Unit.PERCENT)
    nowhere = [_("未归因"), *[""] * (len(result["by"]) - 1)]
    places = _places(row["segment"], result) if row["segment"] else nowhere
    return [*places, KINDS[row["kind"]], _change(row["value"], result), share, note]


def _places(part: list[str], result: dict[str, Any]) -> list[str]:
    """A part in words: platforms by their name, what is not told as —."""
    known = platforms()
    return [
        known[word].label if by == "platform" and word in known else word or "—"
        for by, word in zip(result["by"], part, strict=True)
    ]


def _amount(value: float, result: dict[str, Any]) -> str:
    return format_value(value, _unit(result))


def _change(value: float, result: dict[str, Any]) -> str:
    return format_signed(value, _unit(result))


def _unit(result: dict[str, Any]) -> Unit:
    return Unit.COUNT if result["of_numerator"] else Unit(result["unit"])
