"""What people do with a month and its goals. Every write goes through here."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from yunce.engines.metrics import UnknownMetricError, catalogue
from yunce.ground.facts.actions import close_month, reopen_month
from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals.models import Goal, MonthPlan, PlanState
from yunce.loop.goals.rules import target_problem


class EditConflictError(Exception):
    """Somebody else changed the field after this person saw it; nothing was written."""

    def __init__(self, *, field: str, current: Any, wanted: Any) -> None:
        super().__init__(_("这一格刚被别人改过，没有保存你的修改。"))
        self.field = field
        self.current = current
        self.wanted = wanted


@dataclass(frozen=True)
class Targets:
    """A goal's two targets in the metric's base unit (rates as fractions)."""

    must: Decimal
    stretch: Decimal | None = None


def open_month(*, access: Access, month: Month) -> MonthPlan:
    """The month's plan, made on first use."""
    _require(access, Capability.PLAN)
    plan, created = MonthPlan.objects.get_or_create(team=access.team, month_start=month.first)
    if created:
        write_journal(
            verb="goals.open_month", subject=plan, actor=access.user, team_id=access.team.pk
        )
    return plan


def set_direction(*, access: Access, plan: MonthPlan, direction: str, seen: str) -> MonthPlan:
    """Change the month's direction; `seen` is what the person saw before typing."""
    may_change(access, plan)
    with transaction.atomic():
        current = MonthPlan.objects.select_for_update().get(pk=plan.pk)
        if current.direction not in (seen, direction):
            raise EditConflictError(field="direction", current=current.direction, wanted=direction)
        changes = {"direction": (current.direction, direction)}
        current.direction = direction
        current.save(update_fields=["direction", "updated_at"])
        write_journal(
            verb="goals.set_direction",
            subject=current,
            actor=access.user,
            team_id=access.team.pk,
            changes=changes,
        )
    return current


def add_goal(
    *,
    access: Access,
    plan: MonthPlan,
    metric: str,
    targets: Targets,
    label: str = "",
    owner: Member | None = None,
) -> Goal:
    """Add a goal on a catalogue metric; ValidationError says what is wrong with the targets."""
    may_change(access, plan)
    try:
        spec = catalogue().metric(metric)
    except UnknownMetricError as error:
        raise ValidationError({"metric": str(error)}) from error
    if problem := target_problem(targets.must, targets.stretch, spec.direction):
        raise ValidationError({"stretch": problem})
    if plan.goals.filter(metric=metric).exists():
        raise ValidationError(
            {"metric": _("这个月已经有「%(name)s」的目标。") % {"name": spec.name}}
        )
    last = plan.goals.aggregate(last=Max("position"))["last"]
    goal = Goal.objects.create(
        plan=plan,
        dimension=spec.dimension.value,
        metric=metric,
        label=label,
        must=targets.must,
        stretch=targets.stretch,
        owner=owner,
        position=0 if last is None else last + 1,
    )
    write_journal(verb="goals.add_goal", subject=goal, actor=access.user, team_id=access.team.pk)
    return goal


def set_targets(*, access: Access, goal: Goal, targets: Targets, seen: Targets) -> Goal:
    """Change a goal's targets unless somebody else changed them since `seen`."""
    may_change(access, goal.plan)
    if problem := target_problem(targets.must, targets.stretch, goal.spec.direction):
        raise ValidationError({"stretch": problem})
    with transaction.atomic():
        current = Goal.objects.select_for_update().get(pk=goal.pk)
        held = Targets(current.must, current.stretch)
        if held not in (seen, targets):
            raise EditConflictError(field="targets", current=held, wanted=targets)
        current.must, current.stretch = targets.must, targets.stretch
        current.save(update_fields=["must", "stretch"])
        write_journal(
            verb="goals.set_targets",
            subject=current,
            actor=access.user,
            team_id=access.team.pk,
            changes={
                "must": (held.must, targets.must),
                "stretch": (held.stretch, targets.stretch),
            },
        )
    return current


def finalise(*, access: Access, plan: MonthPlan) -> MonthPlan:
    """定稿: the plan stands; its cells can no longer be edited until it is taken back."""
    _require(access, Capability.PLAN)
    return _move(access, plan, to=PlanState.LOCKED)


def take_back(*, access: Access, plan: MonthPlan) -> MonthPlan:
    """Back to draft; a closed month is opened again with it."""
    _require(access, Capability.PLAN)
    reopen_month(team=plan.team, month=plan.month)
    return _move(access, plan, to=PlanState.DRAFT)


def close(*, access: Access, plan: MonthPlan) -> MonthPlan:
    """关账: numbers, plan and words of the month stay as they are."""
    _require(access, Capability.PLAN)
    close_month(team=plan.team, month=plan.month, by=access.user)
    return _move(access, plan, to=PlanState.CLOSED)


def _move(access: Access, plan: MonthPlan, *, to: PlanState) -> MonthPlan:
    was = plan.state
    plan.state = to
    plan.save(update_fields=["state", "updated_at"])
    write_journal(
        verb="goals.set_state",
        subject=plan,
        actor=access.user,
        team_id=access.team.pk,
        changes={"state": (was, to.value)},
    )
    return plan


def may_change(access: Access, plan: MonthPlan, capability: Capability = Capability.PLAN) -> None:
    """Refuse a change the person has no right to, or one to a plan that stands."""
    _require(access, capability)
    if plan.is_closed:
        raise ValidationError(
            _("%(month)s 已关账，计划和复盘都不能再改。请先重新开账。") % {"month": plan.month}
        )
    if plan.state == PlanState.LOCKED and capability is Capability.PLAN:
        raise ValidationError(_("计划已定稿。请先撤回定稿再修改。"))


def _require(access: Access, capability: Capability) -> None:
    if not access.may(capability):
        raise PermissionDenied
