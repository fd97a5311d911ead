"""Writes the metric reference (docs/metrics.md) from the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from yunce.engines.metrics.cataloguing import Catalogue, catalogue
from yunce.engines.metrics.definitions import Dimension, Direction, Grain, Kind, Metric
from yunce.kit.numbers import Unit

TITLES = {
    Dimension.CONTENT: "内容运营",
    Dimension.USER: "用户增长",
    Dimension.INTERACTION: "互动提升",
    Dimension.CONVERSION: "转化优化",
}
KINDS = {
    Kind.FLOW: "流量",
    Kind.STOCK: "存量",
    Kind.DISTINCT: "人数",
    Kind.RATIO: "比率",
    Kind.MEAN: "均值",
    Kind.SNAPSHOT: "快照",
}
RULES = {
    Kind.FLOW: ("逐天相加", "相加"),
    Kind.STOCK: ("取这段时间最后一个已知的数", "各账号最后的数相加"),
    Kind.DISTINCT: ("只按平台给出的那一天看，不相加", "不相加"),
    Kind.RATIO: ("分子合计 ÷ 分母合计", "分子合计 ÷ 分母合计"),
    Kind.MEAN: ("按基数加权（存量、快照取最后的数）", "按基数加权"),
    Kind.SNAPSHOT: ("每篇取最后一个已知的累计数", "各篇相加"),
}
UNITS = {
    Unit.COUNT: "个数",
    Unit.PERCENT: "百分比",
    Unit.YUAN: "元",
    Unit.SECOND: "秒",
    Unit.SCORE: "数值",
}
GRAINS = {Grain.ACCOUNT: "账号", Grain.POST: "单篇", Grain.ANY: "账号或单篇"}
DIRECTIONS = {Direction.HIGHER: "越高越好", Direction.LOWER: "越低越好"}

_OPENING = """# 指标手册

<!-- Generated from src/yunce/engines/metrics/catalogue; do not edit. Write it anew with:
     PYTHONPATH=src python scripts/write_docs.py -->

没有数据是「未知」，不是 0；公式缺一部分，或分母为 0，结果就是未知。
几个账号或几天合起来，只算各部分都有数的账号和日子；只由相加组成的（如互动量）给出已知部分之和，并注明缺什么。
"""


# By code the exports of platforms that state a metric, in words; platforms tell them.
Feeds = Mapping[str, Sequence[str]]


def as_markdown(metrics: Catalogue | None = None, feeds: Feeds | None = None) -> str:
    """The whole reference: how kinds add up, then every metric by dimension."""
    shown = metrics or catalogue()
    parts = [_OPENING, _kinds()]
    for dimension, title in TITLES.items():
        parts.append(f"## {title}\n")
        parts.extend(
            _entry(metric, shown, (feeds or {}).get(metric.code, ()))
            for metric in shown.in_dimension(dimension)
        )
    return "\n".join(parts)


def _kinds() -> str:
    rows = [(f"{KINDS[kind]} `{kind}`", *RULES[kind]) for kind in Kind]
    return "## 怎样相加\n\n" + _table(("类型", "跨天", "跨账号（篇）"), rows)


def _entry(metric: Metric, metrics: Catalogue, feeds: Sequence[str]) -> str:
    unit = metric.measure_word or UNITS[metric.unit]
    facts = [
        KINDS[metric.kind],
        unit,
        GRAINS[metric.grain],
        DIRECTIONS[metric.direction],
        f"第 {metric.version} 版，{metric.effective} 起",
    ]
    lines = [
        f"### {metric.name} `{metric.code}`",
        "",
        f"{metric.name_en} · {' · '.join(facts)}",
        "",
    ]
    lines.append(f"- 口径：{metric.meaning}")
    if metric.formula:
        lines.append(f"- 公式：`{metric.formula}`")
    if metric.weight:
        lines.append(f"- 加权：按{metrics[metric.weight].name} `{metric.weight}`")
    lines.append(f"- 来源：{metric.source}")
    if feeds:
        lines.append(f"- 平台导出：{'；'.join(feeds)}")
    return "\n".join(lines) + "\n"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _cell in head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
