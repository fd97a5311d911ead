"""The life of a month: submitted, approved, sent back, finalised, closed, opened again.

These move the plan's state and nothing else; `plans.actions` takes the same steps and keeps a
version of what stood, tasks included, so pages and programs go through there.
"""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.ground.facts.actions import close_month, reopen_month
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability
from yunce.kit.text import tidy
from yunce.loop.goals.actions._checked import lock_plan, note, refuse_strange, require
from yunce.loop.goals.models import MonthPlan, PlanState
from yunce.loop.goals.queries.life import approvers_of
from yunce.loop.goals.rules.life import (
    WAYS,
    Step,
    person_problem,
    reason_problem,
    step_problem,
)

MOVED = ["state", "updated_at"]
SUBMITTED = ["submitted_by", "submitted_at", "sent_back_because"]
APPROVED = ["approved_by", "approved_at"]


def submit(*, access: Access, plan: MonthPlan) -> MonthPlan:
    """提交审批: the plan waits for somebody else; it can be taken back until then."""
    return _move(access, plan, Step.SUBMIT)


def approve(*, access: Access, plan: MonthPlan, seen: datetime | None = None) -> MonthPlan:
    """批准: the plan stands. `seen` is when what the person looked at was submitted."""
    return _move(access, plan, Step.APPROVE, seen=seen)


def send_back(*, access: Access, plan: MonthPlan, reason: str) -> MonthPlan:
    """退回: a draft again, with what is to be mended."""
    if problem := reason_problem(reason):
        raise ValidationError({"reason": problem})
    return _move(access, plan, Step.SEND_BACK, reason=tidy(reason))


def finalise(*, access: Access, plan: MonthPlan) -> MonthPlan:
    """直接定稿: the plan stands without approval, where nobody else could give it."""
    return _move(access, plan, Step.FINALISE)


def take_back(*, access: Access, plan: MonthPlan) -> MonthPlan:
    """撤回: back to draft. A closed month must be opened again first."""
    return _move(access, plan, Step.TAKE_BACK)


@transaction.atomic
def close(*, access: Access, plan: MonthPlan) -> MonthPlan:
    """关账: numbers, plan and words of the month stay as they are."""
    plan = _move(access, plan, Step.CLOSE)
    close_month(team=plan.team, month=plan.month, by=access.user)
    return plan


@transaction.atomic
def reopen(*, access: Access, plan: MonthPlan) -> MonthPlan:
    """重新开账: numbers and words may change again; the plan stays finalised."""
    if plan.state != PlanState.CLOSED:
        raise ValidationError(step_problem(Step.REOPEN, "draft"))
    plan = _move(access, plan, Step.REOPEN)
    reopen_month(team=plan.team, month=plan.month, by=access.user)
    return plan


@transaction.atomic
def set_due(*, access: Access, plan: MonthPlan, due_at: datetime | None) -> MonthPlan:
    """By when the plan is to be submitted; None: no matter when."""
    current = lock_plan(access=access, plan=plan)
    if current.due_at == due_at:
        return current
    changes = {"due": (current.due_at, due_at)}
    current.due_at = due_at
    current.save(update_fields=["due_at", "updated_at"])
    note(access, "goals.set_due", current, changes)
    return current


@transaction.atomic
def _move(
    access: Access,
    plan: MonthPlan,
    step: Step,
    *,
    reason: str = "",
    seen: datetime | None = None,
) -> MonthPlan:
    """Let the plan take a step; already there, nothing is written."""
    require(access, Capability.PLAN)
    refuse_strange(access, plan)
    current = MonthPlan.objects.select_for_update().select_related("team").get(pk=plan.pk)
    was, to = current.state, WAYS[step].ends
    if was != to:
        _refuse(access, current, step)
        _refuse_newer(current, seen)
        fields = _sign(access, current, step, reason)
        current.state = to
        current.save(update_fields=[*MOVED, *fields])
        words = {"reason": ("", reason)} if reason else {}
        note(access, "goals.set_state", current, {"state": (was, to), **words})
    plan.state = current.state  # the caller's copy tells the truth too
    return current


def _refuse(access: Access, plan: MonthPlan, step: Step) -> None:
    others = [str(member) for member in approvers_of(plan.team, beside=access.member)]
    is_submitter = plan.submitted_by_id == access.member.pk
    problem = step_problem(step, plan.state) or person_problem(
        step, state=plan.state, is_submitter=is_submitter, others=others
    )
    if problem:
        raise ValidationError(problem)


def _refuse_newer(plan: MonthPlan, seen: datetime | None) -> None:
    if seen is not None and plan.submitted_at != seen:
        raise ValidationError(_("计划在你打开之后又改过、重新提交了。请刷新看过新的一版再审批。"))


def _sign(access: Access, plan: MonthPlan, step: Step, reason: str) -> list[str]:
    """Who did it and when, on the plan itself; gives the fields to be saved."""
    now = timezone.now()
    if step is Step.SUBMIT:
        plan.submitted_by, plan.submitted_at, plan.sent_back_because = access.member, now, ""
        return SUBMITTED
    if step in (Step.APPROVE, Step.FINALISE):
        plan.approved_by, plan.approved_at, plan.sent_back_because = access.member, now, ""
        return [*APPROVED, "sent_back_because"]
    if step is Step.CLOSE and plan.approved_at is None:
        plan.approved_by, plan.approved_at = access.member, now
        return APPROVED
    if step in (Step.SEND_BACK, Step.TAKE_BACK):
        plan.approved_by, plan.approved_at, plan.sent_back_because = None, None, reason
        return [*APPROVED, "sent_back_because"]
    return []
