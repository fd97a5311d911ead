"""Reading a goal's parts: the tree with its sums, and what was measured of each part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from yunce.engines.targets import Node, NodeKind, Reconciliation, Valued, reconcile, value_of
from yunce.ground.teams.models import Team
from yunce.kit.months import Month
from yunce.kit.numbers import Unit, format_value, round_half_up
from yunce.kit.segments import segment_words
from yunce.kit.wording import gettext as _
from yunce.loop.goals.models import Goal, Part, PartKind
from yunce.loop.goals.queries.changes import old_splits
from yunce.loop.goals.queries.measuring import Measured, measured
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

NOTHING: Mapping[str, str] = MappingProxyType({})


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
    old: Mapping[str, str] = field(
        default_factory=dict
    )  # what the goal's split said when the plan was locked

    @property
    def was(self) -> str:
        """What the value was when the plan was locked, if it is another now."""
        was = self.old.get(f"part-{self.part.pk}", "")
        return was if was != shown_value(self) else ""

    @property
    def was_words(self) -> str:
        was = self.old.get(f"part-{self.part.pk}-is", "")
        return was if was != words_of(self.part) else ""

    @property
    def is_new(self) -> bool:
        """Was it split off after the plan was locked?"""
        return self.old.get(f"part-{self.part.pk}-is") == ""

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
    old: Mapping[str, str] = field(default_factory=dict)

    @property
    def was(self) -> str:
        """The sum when the plan was locked, if it is another now."""
        was = self.old.get("sum", "")
        return was if was != format_value(self.value, self.unit) else ""

    @property
    def gone(self) -> list[str]:
        """Parts taken out after the plan was locked, with what they were to bring."""
        living = {f"part-{branch.part.pk}" for branch in self.walk()}
        keys = [
            key.removesuffix("-is") for key, was in self.old.items() if was and key[-3:] == "-is"
        ]
        return [
            f"{self.old[f'{key}-is']} {self.old.get(key, '')}".strip()
            for key in keys
            if key not in living
        ]

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
    old = {
        key: was for plan in {goal.plan for goal in goals} for key, was in old_splits(plan).items()
    }
    return {
        goal.pk: _tree(
            goal,
            [part for part in parts if part.goal_id == goal.pk],
            found,
            old.get(goal.pk, NOTHING),
        )
        for goal in goals
    }


def tree_of(goal: Goal, *, as_of: date | None = None) -> TargetTree:
    return trees_of([goal], as_of=as_of)[goal.pk]


def shown_value(branch: Branch) -> str:
    return "?" if branch.value is None else format_value(branch.value, branch.unit)


def words_of(part: Part) -> str:
    """What is said of a part beside its number: 直播拉新（下级相乘 · 渠道：直播 · 运营组长）."""
    said = [
        str(part.get_kind_display()) if part.kind != PartKind.LEAF else "",
        f"{_('基数')} {format_value(part.weight)}" if part.weight is not None else "",
        part.unit,
        segment_words(part.segment),
        str(part.account or part.platform),
        week_label(part.week, part.goal.plan.month) if part.week else "",
        part.metric,
        str(part.owner or ""),
    ]
    words = " · ".join(word for word in said if word)
    return f"{part.name}（{words}）" if words else part.name


def _tree(
    goal: Goal, parts: Sequence[Part], found: Mapping[int, Measured], old: Mapping[str, str]
) -> TargetTree:
    node, unit = node_of(goal, parts), goal.spec.unit
    valued = value_of(node)
    by_key = {str(part.pk): part for part in parts}
    targets = [(_("必达"), goal.must)]
    if goal.stretch is not None:
        targets.append((_("挑战"), goal.stretch))
    lines = tuple(_line(name, node, valued.value, target, unit) for name, target in targets)
    branches = _branches(valued, by_key, found, unit, old)
    unknown = unknown_words(node, goal.must, unit) if parts else ""
    return TargetTree(goal, unit, node, valued.value, lines, unknown, branches, old)


def _line(name: str, node: Node, value: Decimal | None, target: Decimal, unit: Unit) -> Line:
    found = reconcile(value, target)
    return Line(name, found, fit_word(found), hints(node, target, unit))


def _branches(
    above: Valued,
    parts: Mapping[str, Part],
    found: Mapping[int, Measured],
    unit: Unit,
    old: Mapping[str, str],
) -> tuple[Branch, ...]:
    slider = _slider(above, unit)
    return tuple(_branch(valued, parts, found, unit, slider, old) for valued in above.parts)


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
    old: Mapping[str, str],
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
        branches=_branches(valued, parts, found, inner, old),
        old=old,
    )


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
