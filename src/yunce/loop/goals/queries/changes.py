"""Reading the changes to a locked plan: what waits, and what cells held before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q, QuerySet

from yunce.loop.goals.models import (
    ChangeState,
    ChangeVerb,
    Goal,
    MonthPlan,
    PlanChange,
    PlanState,
    SubjectKind,
)
from yunce.loop.goals.rules import TargetError, read_target

Key = tuple[str, int, str]  # goal or task, its number, the cell
TARGETS = "targets"


@dataclass(frozen=True)
class OldTargets:
    """What a goal aimed at when the plan was locked; None: as now."""

    must: Decimal | None = None
    stretch: Decimal | None = None


@dataclass(frozen=True)
class Amendments:
    """The changes of a plan that stands, by cell."""

    first: Mapping[Key, PlanChange] = field(default_factory=dict)  # says what was locked
    waiting: Mapping[Key, PlanChange] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.first or self.waiting)

    def old_text(self, kind: str, number: int, cell: str) -> str:
        """What the cell read when the plan was locked; empty when it never changed."""
        change = self.first.get((kind, number, cell))
        return change.was_text if change else ""

    def is_changed(self, kind: str, number: int, cell: str) -> bool:
        return (kind, number, cell) in self.first

    def old_targets(self, goal: Goal) -> OldTargets:
        """The locked targets, where they are others than today's."""
        change = self.first.get((SubjectKind.GOAL, goal.pk, TARGETS))
        if change is None:
            return OldTargets()
        must, stretch = (_number(goal, change.was.get(name, "")) for name in ("must", "stretch"))
        return OldTargets(
            must=must if must != goal.must else None,
            stretch=stretch if stretch != goal.stretch else None,
        )


def changes_of(plan: MonthPlan) -> QuerySet[PlanChange]:
    """Newest first, with the people in them."""
    return plan.changes.select_related("proposed_by__user", "decided_by__user").order_by("-pk")


def amendments_of(plan: MonthPlan) -> Amendments:
    """Of a plan that stands, since it was locked; one query, none for a draft."""
    if plan.state not in (PlanState.LOCKED, PlanState.CLOSED):
        return Amendments()
    is_waiting = Q(state=ChangeState.WAITING)
    is_applied = Q(state=ChangeState.APPLIED)
    if plan.approved_at is not None:  # what was changed before belongs to an earlier lock
        is_applied &= Q(decided_at__gte=plan.approved_at)
    first: dict[Key, PlanChange] = {}
    waiting: dict[Key, PlanChange] = {}
    for change in plan.changes.filter(is_waiting | is_applied).exclude(verb=ChangeVerb.ADD):
        key = (change.kind, change.subject or 0, change.field)
        if change.state == ChangeState.WAITING:
            waiting[key] = change
        else:
            first.setdefault(key, change)
    return Amendments(first, waiting)


Old = Mapping[str, str]  # key of `splits` → what was locked; empty: it was not there


def old_splits(plan: MonthPlan) -> dict[int, dict[str, str]]:
    """Goal → what its split said when the plan was locked, where it says something else now."""
    if plan.state not in (PlanState.LOCKED, PlanState.CLOSED):
        return {}
    applied = plan.changes.filter(kind=SubjectKind.SPLIT, state=ChangeState.APPLIED)
    if plan.approved_at is not None:
        applied = applied.filter(decided_at__gte=plan.approved_at)
    found: dict[int, dict[str, str]] = {}
    for change in applied:
        first = found.setdefault(int(change.wanted["goal"]), {})
        for key, text in change.was.items():
            first.setdefault(key, text)
    return found


def waiting_splits(goal: Goal) -> list[PlanChange]:
    """What waits for approval about this goal's split."""
    waiting = goal.plan.changes.filter(
        kind=SubjectKind.SPLIT, state=ChangeState.WAITING, wanted__goal=str(goal.pk)
    )
    return list(waiting.select_related("proposed_by__user"))


def _number(goal: Goal, text: str) -> Decimal | None:
    try:
        return read_target(text, goal.spec.unit) if text.strip() else None
    except TargetError:
        return None
