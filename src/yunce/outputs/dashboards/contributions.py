"""A reason as a card: a headline, and signed bars whose written numbers add up to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from yunce.engines.explain import Kind, Row, Segment
from yunce.engines.metrics import PLAN, Direction, Metric
from yunce.engines.platforms import platforms
from yunce.ground.channels.models import Account
from yunce.kit.numbers import MINUS, Unit, as_decimal, format_signed, format_value
from yunce.kit.segments import segment_words
from yunce.kit.wording import gettext as _
from yunce.loop.goals.queries.reasons import Reason
from yunce.outputs.dashboards.account_split import account_labels

MOST = 8  # bars; what is smaller is one bar together
REST = ("",)
SIGNS = ("+", MINUS)


@dataclass(frozen=True)
class Bar:
    """One part's share of the difference; positions in per cent of the drawing."""

    name: str
    platform: str  # its mark; "" of what is no platform's
    shown: str
    left: Decimal
    width: Decimal
    is_negative: bool
    is_bad: bool  # pulls the wrong way
    is_noise: bool
    detail: str  # of a ratio: how much is rate and how much mix
    account: str = ""  # whose part it is, where it is one account's


@dataclass(frozen=True)
class Contributions:
    """The card. ``problem`` stands alone."""

    against: str
    by: str
    headline: str = ""  # −620
    is_bad: bool = False
    before: str = ""
    after: str = ""
    bars: tuple[Bar, ...] = ()
    zero: Decimal = Decimal(0)
    cause: str = ""
    note: str = ""
    is_quiet: bool = False  # every part is inside its ordinary variation
    problem: str = ""

    @property
    def against_words(self) -> str:
        return _("比{against}").format(against=AGAINST_WORDS[self.against])


AGAINST_WORDS = {
    PLAN: _("计划应到"),
    "last_month": _("上月同期"),
    "last_year": _("去年同期"),
}
SPLIT_WORDS = {
    "platform": _("平台"),
    "account": _("账号"),
    "owner": _("负责人"),
    "group": _("分组"),
    "segment": _("细分"),
    "form": _("形式"),
    "series": _("系列"),
    "topic": _("话题"),
}
KIND_WORDS = {
    Kind.RATE: _("比率"),
    Kind.MIX: _("结构"),
    Kind.NUM: _("分子"),
    Kind.DEN: _("分母"),
    Kind.OFFBASE: _("没有分母"),
}


def contributions_of(reason: Reason, accounts: Mapping[int, Account]) -> Contributions:
    if reason.why is None:
        return Contributions(reason.against, reason.by, problem=reason.problem)
    found, metric = reason.why.explanation, reason.why.metric
    if found.of_numerator or found.before is None or found.after is None:
        return Contributions(reason.against, reason.by, problem=found.reason)
    step = _step(metric, found.before, found.after)
    before, after = (_to(as_decimal(value), step) for value in (found.before, found.after))
    parts = _gathered(_by_segment(found.rows))
    amounts = adding_up([part.value for part in parts], after - before, step=step)
    names = _names(reason.by, accounts)
    bars, zero = _bars(parts, amounts, names, metric, by=reason.by)
    return Contributions(
        reason.against,
        reason.by,
        _signed(after - before, metric),
        _is_bad(after - before, metric),
        _shown(before, metric),
        _shown(after, metric),
        bars,
        zero,
        _cause(bars, _is_bad(after - before, metric)),
        _note(found.note, reason),
        bool(bars) and all(bar.is_noise for bar in bars),
    )


def adding_up(values: Sequence[float], total: Decimal, *, step: Decimal) -> list[Decimal]:
    """The values rounded to ``step`` so that what is written adds up to the rounded total.

    The largest remainders are rounded up; what is left over beyond that goes to the largest value.

    >>> adding_up([0.4, 0.4, 0.4], Decimal(1), step=Decimal(1))
    [Decimal('1'), Decimal('0'), Decimal('0')]
    """
    if not values:
        return []
    exact = [as_decimal(value) / step for value in values]
    floors = [value.to_integral_value(rounding=ROUND_FLOOR) for value in exact]
    missing = int(total / step - sum(floors, Decimal(0)))
    order = sorted(range(len(exact)), key=lambda at: floors[at] - exact[at])
    for at in order[: max(0, missing)]:
        floors[at] += 1
    left = missing - min(len(order), max(0, missing))
    largest = max(range(len(exact)), key=lambda at: abs(exact[at]))
    floors[largest] += left
    return [floor * step for floor in floors]


@dataclass(frozen=True)
class _Part:
    segment: Segment
    value: float
    kinds: Mapping[Kind, float]
    is_noise: bool


def _by_segment(rows: Sequence[Row]) -> list[_Part]:
    """Largest first; what belongs to no part comes last."""
    kinds: dict[Segment, dict[Kind, float]] = {}
    noise: dict[Segment, bool] = {}
    for row in rows:
        held = kinds.setdefault(row.segment, {})
        held[row.kind] = held.get(row.kind, 0.0) + row.value
        noise[row.segment] = bool(row.is_noise)
    parts = [
        _Part(segment, sum(each.values()), each, noise[segment]) for segment, each in kinds.items()
    ]
    return sorted(parts, key=lambda part: (not part.segment, -abs(part.value)))


def _gathered(parts: Sequence[_Part]) -> list[_Part]:
    """The small ones of many as one, so that the bars still add up."""
    named = [part for part in parts if part.segment]
    if len(named) <= MOST:
        return list(parts)
    rest = named[MOST - 1 :]
    together = _Part(REST, sum(part.value for part in rest), {}, all(p.is_noise for p in rest))
    return [*named[: MOST - 1], together, *(part for part in parts if not part.segment)]


def _names(by: str, accounts: Mapping[int, Account]) -> Mapping[str, tuple[str, str]]:
    """A part's raw word → (its name, its platform)."""
    if by == "platform":
        return {key: (spec.label, key) for key, spec in platforms().items()}
    if by == "account":
        labels = account_labels(accounts.values())
        return {str(pk): (labels[pk], account.platform) for pk, account in accounts.items()}
    return {}


def _bars(
    parts: Sequence[_Part],
    amounts: Sequence[Decimal],
    names: Mapping[str, tuple[str, str]],
    metric: Metric,
    *,
    by: str,
) -> tuple[tuple[Bar, ...], Decimal]:
    low, high = min([*amounts, Decimal(0)]), max([*amounts, Decimal(0)])
    span = (high - low) or Decimal(1)
    zero = -low / span * 100
    bars = []
    for part, amount in zip(parts, amounts, strict=True):
        name, platform = _named(part.segment, names)
        name = segment_words(name)
        width = abs(amount) / span * 100
        left = zero - width if amount < 0 else zero
        bars.append(
            Bar(
                name,
                platform,
                _signed(amount, metric),
                _short(left),
                _short(width),
                amount < 0,
                _is_bad(amount, metric),
                part.is_noise,
                _detail(part, metric),
                account=_account(part.segment, names) if by == "account" else "",
            )
        )
    return tuple(bars), _short(zero)


def _named(segment: Segment, names: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    if not segment:
        return _("未归因"), ""
    if segment == REST:
        return _("其余的"), ""
    word = segment[0]
    if word in names:
        return names[word]
    return (_("没有标注") if word in ("", "None") else word), ""


def _account(segment: Segment, names: Mapping[str, tuple[str, str]]) -> str:
    """Its number; empty of what is not one account's."""
    return segment[0] if segment and segment[0] in names else ""


def _detail(part: _Part, metric: Metric) -> str:
    kinds = [(KIND_WORDS[kind], v) for kind, v in part.kinds.items() if kind in KIND_WORDS]
    told = [(word, _signed(as_decimal(value), metric)) for word, value in kinds]
    return " · ".join(f"{word} {shown}" for word, shown in told if shown[0] in SIGNS)


def _cause(bars: Sequence[Bar], is_bad: bool) -> str:
    """The part that pulls most the way the headline goes, in a sentence."""
    same = [bar for bar in bars if bar.is_bad == is_bad and bar.width]
    if not same:
        return ""
    first = max(same, key=lambda bar: bar.width)
    against = [bar for bar in bars if bar.is_bad != is_bad and bar.width and not bar.is_noise]
    words = _("差得最多的是{name}（{shown}）") if is_bad else _("贡献最多的是{name}（{shown}）")
    told = words.format(name=first.name, shown=first.shown)
    if first.is_noise:
        return told + _("，还在它的正常波动内。")
    if against:
        other = max(against, key=lambda bar: bar.width)
        turned = _("；{name}补回 {shown}。") if is_bad else _("；{name}拖后 {shown}。")
        return told + turned.format(name=other.name, shown=other.shown)
    return told + "。"


def _note(note: str, reason: Reason) -> str:
    """What to say beside the bars: how a plan was shared out, what was counted as nothing."""
    told = [note] if note else []
    if reason.why and reason.why.unknown:
        told.append(_("有的部分只有一期有数，另一期按 0 算"))
    return "；".join(told)


def _is_bad(value: Decimal, metric: Metric) -> bool:
    return value > 0 if metric.direction is Direction.LOWER else value < 0


def _step(metric: Metric, before: float, after: float) -> Decimal:
    """How finely differences are written: whole things whole, rates to a hundredth of a point."""
    if metric.unit is Unit.PERCENT:
        return Decimal("0.0001")
    largest = max(abs(before), abs(after))
    return Decimal(1) if largest >= 100 or metric.unit is Unit.COUNT else Decimal("0.01")


def _to(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).to_integral_value() * step


def _signed(value: Decimal, metric: Metric) -> str:
    return format_signed(value, metric.unit)


def _shown(value: Decimal, metric: Metric) -> str:
    return format_value(value, metric.unit)


def _short(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"))
