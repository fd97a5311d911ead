"""Metrics in words: how their kinds add up, units, directions, formulas as they are read aloud."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yunce.engines.metrics import Apart, Catalogue, Direction, Grain, Kind, Metric
from yunce.kit.numbers import Unit

KINDS: dict[Kind, str | Promise] = {
    Kind.FLOW: gettext_lazy("流量"),
    Kind.STOCK: gettext_lazy("存量"),
    Kind.DISTINCT: gettext_lazy("去重人数"),
    Kind.RATIO: gettext_lazy("比率"),
    Kind.MEAN: gettext_lazy("平均值"),
    Kind.SNAPSHOT: gettext_lazy("累计快照"),
}
_UNITS: dict[Unit, str | Promise] = {
    Unit.COUNT: gettext_lazy("个"),
    Unit.PERCENT: "%",
    Unit.YUAN: gettext_lazy("元"),
    Unit.SECOND: gettext_lazy("秒"),
    Unit.SCORE: gettext_lazy("指数"),
}
APARTS: dict[Apart, str | Promise] = {
    Apart.SEGMENT: gettext_lazy("细分，已在整体里"),
    Apart.OTHER_GRAIN: gettext_lazy("按另一层统计"),
    Apart.ACCOUNT_SAYS: gettext_lazy("这天账号自己有数"),
    Apart.SAME_POST: gettext_lazy("同一条作品，后来的数算"),
    Apart.EARLIER: gettext_lazy("不是最后一天"),
}
GRAINS: dict[Grain, str | Promise] = {
    Grain.ACCOUNT: gettext_lazy("整个账号"),
    Grain.POST: gettext_lazy("单篇内容"),
    Grain.ANY: gettext_lazy("账号或单篇内容"),
}
DIRECTIONS: dict[Direction, str | Promise] = {
    Direction.HIGHER: gettext_lazy("越高越好"),
    Direction.LOWER: gettext_lazy("越低越好"),
}
UNIT_CHOICES: dict[Unit, str | Promise] = {
    Unit.COUNT: gettext_lazy("个数（12,000）"),
    Unit.PERCENT: gettext_lazy("百分比（8%）"),
    Unit.YUAN: gettext_lazy("元（¥3,000）"),
    Unit.SECOND: gettext_lazy("秒"),
    Unit.SCORE: gettext_lazy("指数（没有单位）"),
}


def unit_word(metric: Metric) -> str:
    return metric.measure_word or str(_UNITS[metric.unit])


def kind_sentence(metric: Metric, known: Catalogue) -> str:
    """How the metric adds up over days and accounts, in one sentence."""
    words = {"name": metric.name}
    if metric.code in known and known.is_per_account(metric.code):
        return (
            _("「%(name)s」是一个账号一段时间的指数：几天、几个账号的不能相加，也不能平均。")
            % words
        )
    if metric.code in known and known.is_of_period(metric.code):
        return (
            _(
                "「%(name)s」对一整段时间算，按作品的发布日期和累计数得出，"
                "不能按天拆开；几个账号可以放在一起问。"
            )
            % words
        )
    match metric.kind:
        case Kind.FLOW:
            return _("「%(name)s」可以相加：一段时间逐天加起来，几个账号直接加起来。") % words
        case Kind.STOCK:
            return (
                _(
                    "「%(name)s」是某一天的存量，不能按天相加：一段时间取最后一个有数的日子，"
                    "几个账号把各自最后的数加起来。"
                )
                % words
            )
        case Kind.DISTINCT:
            return (
                _(
                    "「%(name)s」按人去重，同一个人在几天、几个账号里会重复："
                    "不能相加，只看平台给出的某账号某一天。"
                )
                % words
            )
        case Kind.RATIO:
            return (
                _("「%(name)s」先把公式里的每一项各自合计，再计算：不是每天、每个账号比率的平均。")
                % words
            )
        case Kind.MEAN:
            words["weight"] = known[str(metric.weight)].name if metric.weight else ""
            return (
                _(
                    "「%(name)s」是平台给的平均数：几天、几个账号合在一起时按「%(weight)s」加权，"
                    "不是简单平均。"
                )
                % words
            )
        case _snapshot:
            return (
                _(
                    "「%(name)s」是一篇内容从发布到导出那一刻的累计数：一段时间取最后一次导出的数，"
                    "几篇加起来；几次导出不能相加。"
                )
                % words
            )
