"""Reading a goal's parts: the tree with its sums, and what was measured of each part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from yunce.engines.metrics import Answer, MetricsError
from yunce.engines.targets import Node, NodeKind, Reconciliation, Valued, reconcile, value_of
from yunce.ground.facts.queries import answer
from yunce.ground.teams.models import Team
from yunce.kit.months import Month
from yunce.kit.numbers import Unit, as_decimal, round_half_up
from yunce.kit.wording import gettext as _
from yunce.loop.goals.models import Goal, Part, PartKind
from yunce.loop.goals.rules import write_target
from yunce.loop.goals.rules.parts import (
    Hint,
    Piece,
    fit_word,
    formula_words,
    hints,
    root_kind,
    step_of,
    tree,
    unknown_words,
)


@dataclass(frozen=True)
class Measured:
    """What the numbers say of a part; without a value, why."""

    value: Decimal | None
    why: str = ""


@dataclass(frozen=True)
class Branch:
    """A part with what is below it, as a page draws it."""

    part: Part
    value: Decimal | None
    unit: Unit  # factors of a product are counted, whatever the goal's unit
    formula: str
    numerator: Decimal | None  # under a ratio: base × rate
    measured: Measured | None  # None: nothing says where it could be measured
    slider: Decimal | None  # what it can be dragged to, where its neighbours give and take
    branches: tuple[Branch, ...]

    @property
    def is_leaf(self) -> bool:
        return self.part.kind == PartKind.LEAF

    @property
    def typed(self) -> str:
        return write_target(self.part.amount, self.unit)

    @property
    def step(self) -> Decimal:
        return step_of(self.unit)

    @property
    def measured_unit(self) -> Unit:
        known = self.part.goal.plan.catalogue
        return known.metric(self.part.metric).unit if self.part.metric in known else self.unit

    @property
    def share(self) -> Decimal | None:
        """What was reached of what was planned."""
        if self.measured is None or self.measured.value is None or not self.value:
            return None
        return round_half_up(self.measured.value / self.value, 2)


@dataclass(frozen=True)
class Line:
    """The tree against one target."""

    name: str  # 必达, 挑战
    found: Reconciliation
    word: str
    hints: tuple[Hint, ...]

    @property
    def hint_words(self) -> str:
        return _("，或 ").join(hint.words for hint in self.hints)


@dataclass(frozen=True)
class TargetTree:
    """A goal, its parts, and how they stand to must and stretch."""

    goal: Goal
    unit: Unit
    node: Node
    value: Decimal | None
    lines: tuple[Line, ...]
    unknown: str  # what the one unknown part must be
    branches: tuple[Branch, ...]

    @property
    def must(self) -> Line:
        return self.lines[0]

    @property
    def is_ratio(self) -> bool:
        return self.node.kind.value == PartKind.RATIO

    def walk(self) -> Iterable[Branch]:
        waiting = list(self.branches)
        while waiting:
            branch = waiting.pop(0)
            yield branch
            waiting = [*branch.branches, *waiting]


def parts_of(goals: Iterable[Goal]) -> QuerySet[Part]:
    return Part.objects.filter(goal__in=list(goals)).select_related("owner__user", "account")


def part_in(team: Team, month: Month, number: int, *, even_removed: bool = False) -> Part:
    """Http404 when the team's month has no such part."""
    parts = Part.everything.filter(goal__plan__team=team, goal__plan__month_start=month.first)
    parts = parts.filter(goal__deleted_at=None)
    parts = parts if even_removed else parts.filter(deleted_at=None)
    return get_object_or_404(
        parts.select_related("goal__plan__team", "account", "parent"), pk=number
    )


def amounts_beside(part: Part) -> dict[int, Decimal | None]:
    """The amounts of a part and its neighbours, as they are now."""
    beside = Part.objects.filter(goal=part.goal, parent=part.parent_id, kind=PartKind.LEAF)
    return dict(beside.values_list("pk", "amount"))


def node_of(goal: Goal, parts: Iterable[Part]) -> Node:
    pieces = [
        Piece(part.pk, part.parent_id, part.name, part.kind, part.amount, part.weight, part.unit)
        for part in parts
    ]
    return tree(goal.name, root_kind(goal.spec.kind), pieces)


def trees_of(goals: Sequence[Goal], *, as_of: date | None = None) -> dict[int, TargetTree]:
    """Goal → its tree, in one query; with ``as_of`` also what was measured so far."""
    parts = list(parts_of(goals))
    plans = {goal.pk: goal for goal in goals}
    for part in parts:
        part.goal = plans[part.goal_id]
    found = measured(parts, as_of=as_of) if as_of and parts else {}
    return {
        goal.pk: _tree(goal, [part for part in parts if part.goal_id == goal.pk], found)
        for goal in goals
    }


def tree_of(goal: Goal, *, as_of: date | None = None) -> TargetTree:
    return trees_of([goal], as_of=as_of)[goal.pk]


def _tree(goal: Goal, parts: Sequence[Part], found: Mapping[int, Measured]) -> TargetTree:
    node, unit = node_of(goal, parts), goal.spec.unit
    valued = value_of(node)
    by_key = {str(part.pk): part for part in parts}
    targets = [(_("必达"), goal.must)]
    if goal.stretch is not None:
        targets.append((_("挑战"), goal.stretch))
    lines = tuple(_line(name, node, valued.value, target, unit) for name, target in targets)
    branches = _branches(valued, by_key, found, unit)
    unknown = unknown_words(node, goal.must, unit) if parts else ""
    return TargetTree(goal, unit, node, valued.value, lines, unknown, branches)


def _line(name: str, node: Node, value: Decimal | None, target: Decimal, unit: Unit) -> Line:
    found = reconcile(value, target)
    return Line(name, found, fit_word(found), hints(node, target, unit))


def _branches(
    above: Valued, parts: Mapping[str, Part], found: Mapping[int, Measured], unit: Unit
) -> tuple[Branch, ...]:
    slider = _slider(above, unit)
    return tuple(_branch(valued, parts, found, unit, slider) for valued in above.parts)


def _slider(above: Valued, unit: Unit) -> Decimal | None:
    """The sum of neighbours that can give and take: known leaves of a sum, two or more."""
    leaves = all(below.node.kind is NodeKind.LEAF for below in above.parts)
    if above.node.kind is not NodeKind.SUM or not leaves or len(above.parts) < 2:
        return None
    return None if unit is Unit.PERCENT else above.value or None


def _branch(
    valued: Valued,
    parts: Mapping[str, Part],
    found: Mapping[int, Measured],
    unit: Unit,
    slider: Decimal | None,
) -> Branch:
    part = parts[valued.node.key]
    units = {below.node.key: parts[below.node.key].unit for below in valued.parts}
    inner = Unit.COUNT if part.kind == PartKind.PRODUCT else unit
    return Branch(
        part=part,
        value=valued.value,
        unit=unit,
        formula=formula_words(valued, units=units, unit=unit),
        numerator=valued.numerator,
        measured=found.get(part.pk),
        slider=slider if part.kind == PartKind.LEAF else None,
        branches=_branches(valued, parts, found, inner),
    )


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
    return Measured(as_decimal(row.value), row.reason)


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


def weeks_of(month: Month) -> list[date]:
    """The Mondays of the weeks with a day in the month."""
    first = month.first - timedelta(days=month.first.weekday())
    return [
        first + timedelta(weeks=number)
        for number in range(6)
        if first + timedelta(weeks=number) <= month.last
    ]


def week_label(monday: date, month: Month) -> str:
    """第 2 周（5/5–5/11）: clipped to the month."""
    first, last = max(monday, month.first), min(monday + timedelta(days=6), month.last)
    number = weeks_of(month).index(monday) + 1
    days = f"{first.month}/{first.day}–{last.month}/{last.day}"
    return _("第 {number} 周（{days}）").format(number=number, days=days)
