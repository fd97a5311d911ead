"""The life of a month: finalised, taken back, closed, opened again."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from yunce.ground.facts.actions import close_month, reopen_month
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability
from yunce.loop.goals.actions._checked import note, refuse_strange, require
from yunce.loop.goals.models import MonthPlan, PlanState
from yunce.loop.goals.rules import state_problem


def finalise(*, access: Access, plan: MonthPlan) -> MonthPlan:
    """定稿: the plan stands; its cells can no longer be edited until it is taken back."""
    return _move(access, plan, to=PlanState.LOCKED)


def take_back(*, access: Access, plan: MonthPlan) -> MonthPlan:
    """撤回定稿: back to draft. A closed month must be opened again first."""
    return _move(access, plan, to=PlanState.DRAFT)


@transaction.atomic
def close(*, access: Access, plan: MonthPlan) -> MonthPlan:
    """关账: numbers, plan and words of the month stay as they are."""
    plan = _move(access, plan, to=PlanState.CLOSED)
    close_month(team=plan.team, month=plan.month, by=access.user)
    return plan


@transaction.atomic
def reopen(*, access: Access, plan: MonthPlan) -> MonthPlan:
    """重新开账: numbers and words may change again; the plan stays finalised."""
    if plan.state != PlanState.CLOSED:
        raise ValidationError(_("这个月还没有关账，不用重新开账。"))
    plan = _move(access, plan, to=PlanState.LOCKED, reopening=True)
    reopen_month(team=plan.team, month=plan.month, by=access.user)
    return plan


@transaction.atomic
def _move(access: Access, plan: MonthPlan, *, to: PlanState, reopening: bool = False) -> MonthPlan:
    """Bring the plan into a state; already there, nothing is written."""
    require(access, Capability.PLAN)
    refuse_strange(access, plan)
    current = MonthPlan.objects.select_for_update().select_related("team").get(pk=plan.pk)
    was = current.state
    if was != to:
        if problem := state_problem(was, to, reopening=reopening):
            raise ValidationError(problem)
        current.state = to
        current.save(update_fields=["state", "updated_at"])
        note(access, "goals.set_state", current, {"state": (was, to.value)})
    plan.state = current.state  # the caller's copy tells the truth too
    return current
