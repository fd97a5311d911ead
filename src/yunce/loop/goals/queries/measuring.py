"""What was measured of a goal's parts so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from yunce.engines.metrics import Answer, MetricsError
from yunce.ground.facts.queries import answer
from yunce.kit.numbers import as_decimal
from yunce.kit.wording import gettext as _
from yunce.loop.goals.models import Part, PartKind


@dataclass(frozen=True)
class PartRows:
    """Which stored rows make a part's number."""

    metric: str
    start: date
    end: date
    account: int | None  # None: of all


@dataclass(frozen=True)
class Measured:
    """What the numbers say of a part; without a value, why."""

    value: Decimal | None
    why: str = ""
    rows: PartRows | None = None  # None: they cannot be shown apart from others


Shape = tuple[str, ...]


def measured(parts: Sequence[Part], *, as_of: date) -> dict[int, Measured]:
    """Part → its number so far. One facts query for each way parts are narrowed, not each part.

    The engine sums: a rate of two platforms is Σ ÷ Σ, a level the last known.
    """
    pieces = {part.pk: part for part in parts}
    shapes: dict[Shape, list[Part]] = {}
    for part in parts:
        if metric_of(part, pieces):
            shapes.setdefault(shape_of(part), []).append(part)
    found: dict[int, Measured] = {}
    for shape, alike in shapes.items():
        found |= _measured_alike(shape, alike, pieces, as_of)
    return found


def metric_of(part: Part, pieces: Mapping[int, Part]) -> str:
    """Its own metric, or the goal's when it is a narrowed piece of it; else nothing."""
    if part.metric:
        return part.metric
    above = pieces.get(part.parent_id) if part.parent_id else None
    while above is not None:
        if above.kind == PartKind.PRODUCT:
            return ""  # a factor is no piece of the goal's metric
        above = pieces.get(above.parent_id) if above.parent_id else None
    return part.goal.metric if shape_of(part) else ""


def shape_of(part: Part) -> Shape:
    words = {
        "account": part.account_id,
        "platform": part.platform and not part.account_id,
        "segment": part.segment,
        "week": part.week,
    }
    return tuple(word for word, value in words.items() if value)


def _measured_alike(
    shape: Shape, parts: Sequence[Part], pieces: Mapping[int, Part], as_of: date
) -> dict[int, Measured]:
    plan = parts[0].goal.plan
    end = min(as_of, plan.month.last)
    if end < plan.month.first:
        return {part.pk: Measured(None, _("还没有开始")) for part in parts}
    metrics = {metric_of(part, pieces) for part in parts}
    known = [code for code in sorted(metrics) if code in plan.catalogue]
    try:
        told = (
            answer(
                plan.team, known, start=plan.month.first, end=end, by=shape, known=plan.catalogue
            )
            if known
            else None
        )
    except MetricsError as error:
        return {part.pk: Measured(None, str(error)) for part in parts}
    return {part.pk: _one(part, metric_of(part, pieces), shape, told, end) for part in parts}


def _one(part: Part, metric: str, shape: Shape, told: Answer | None, end: date) -> Measured:
    if told is None or metric not in told.query.metrics:
        return Measured(None, _("指标已不存在"))
    if part.week and part.week > end:
        return Measured(None, _("还没有开始"))
    row = told.row(metric, *(_group_value(part, word) for word in shape))
    if row is None or row.value is None:
        return Measured(None, row.reason if row and row.reason else _("还没有数据"))
    return Measured(as_decimal(row.value), row.reason, _rows(part, metric, shape, end))


def _rows(part: Part, metric: str, shape: Shape, end: date) -> PartRows | None:
    """Rows are shown by account and days; a platform's or a segment's stand among the others."""
    if "platform" in shape or "segment" in shape:
        return None
    first = part.goal.plan.month.first
    if part.week:
        end = min(end, part.week + timedelta(days=6))
        first = max(first, part.week)
    return PartRows(metric, first, end, part.account_id)


def _group_value(part: Part, word: str) -> str | int:
    match word:
        case "account":
            return part.account_id or 0
        case "week":
            return f"{part.week:%G-W%V}"
        case "platform":
            return part.platform
        case _:
            return part.segment
