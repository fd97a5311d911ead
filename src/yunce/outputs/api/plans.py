"""The life of a month's plan for programs: steps, changes, versions; and the team's objectives."""

from __future__ import annotations

from datetime import date, datetime

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema

from yunce.ground.teams.models import Team
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.loop.goals import actions as goals
from yunce.loop.goals.models import MonthPlan, PlanChange, PlanVersion
from yunce.loop.goals.queries.changes import changes_of
from yunce.loop.goals.queries.objectives import Branch, objective_trees
from yunce.loop.plans import actions as plans
from yunce.loop.plans.changing import agree
from yunce.loop.plans.queries.versions import lacks_in, versions_of
from yunce.outputs.api.months import plan_in
from yunce.outputs.api.request import SignedInRequest

router = Router(tags=["plans"])


class LackOut(Schema):
    where: str
    what: str


class PlanOut(Schema):
    """How far a plan is; `lacks` says what it misses, which hinders nothing."""

    month: str
    state: str  # draft · submitted · locked · closed
    due_at: datetime | None
    submitted_by: str
    submitted_at: datetime | None
    approved_by: str
    approved_at: datetime | None
    sent_back_because: str
    lacks: list[LackOut]


class ReasonIn(Schema):
    reason: str


class ChangeOut(Schema):
    id: int
    verb: str  # edit · add · remove
    kind: str  # goal · task · split (a goal's parts, curve, weight)
    label: str
    was: str
    wanted: str
    reason: str
    state: str  # waiting · applied · refused · withdrawn
    proposed_by: str
    decided_by: str
    answer: str


class VersionOut(Schema):
    number: int
    moment: str  # submitted · locked · changed · closed
    at: datetime
    by: str
    words: str
    content: dict[str, object]


class ObjectiveOut(Schema):
    """Rates as fractions; null is unknown, or a rate, which is not added."""

    id: int
    title: str
    horizon: str
    period: str
    starts_on: date | None
    metric: str
    target: float | None
    planned: float | None  # what the aligned months must reach together
    actual: float | None
    goals: list[int]
    objectives: list[ObjectiveOut]


@router.get("/teams/{slug}/months/{month}/plan", response=PlanOut, operation_id="get_plan")
def get_plan(request: SignedInRequest, slug: str, month: str) -> object:
    """A plan's state, who let it stand, and what it misses."""
    return _plan(plan_in(access_for(request.auth, slug, Capability.SEE_PLAN).team, month))


@router.post(
    "/teams/{slug}/months/{month}/plan/submit", response=PlanOut, operation_id="submit_plan"
)
def post_submit(request: SignedInRequest, slug: str, month: str) -> object:
    """Lay a plan before whoever is to let it stand."""
    access = access_for(request.auth, slug, Capability.PLAN)
    return _plan(plans.submit(access=access, plan=plan_in(access.team, month)))


@router.post(
    "/teams/{slug}/months/{month}/plan/approve", response=PlanOut, operation_id="approve_plan"
)
def post_approve(request: SignedInRequest, slug: str, month: str) -> object:
    """Let somebody else's plan stand; nobody approves their own."""
    access = access_for(request.auth, slug, Capability.PLAN)
    return _plan(plans.approve(access=access, plan=plan_in(access.team, month)))


@router.post(
    "/teams/{slug}/months/{month}/plan/send-back", response=PlanOut, operation_id="send_plan_back"
)
def post_send_back(request: SignedInRequest, slug: str, month: str, words: ReasonIn) -> object:
    """Give a plan back to be mended, with the reason."""
    access = access_for(request.auth, slug, Capability.PLAN)
    plan = plan_in(access.team, month)
    return _plan(goals.send_back(access=access, plan=plan, reason=words.reason))


@router.get(
    "/teams/{slug}/months/{month}/plan/changes",
    response=list[ChangeOut],
    operation_id="list_plan_changes",
)
def list_changes(request: SignedInRequest, slug: str, month: str) -> object:
    """Changes after the lock with their reasons, the newest first."""
    team = access_for(request.auth, slug, Capability.SEE_PLAN).team
    return [change_answer(change) for change in changes_of(plan_in(team, month))]


@router.post(
    "/teams/{slug}/months/{month}/plan/changes/{int:change_id}/agree",
    response=ChangeOut,
    operation_id="agree_to_plan_change",
)
def post_agree(request: SignedInRequest, slug: str, month: str, change_id: int) -> object:
    """Agree to what somebody else wants changed in a locked plan, and write it."""
    access = access_for(request.auth, slug, Capability.PLAN)
    return change_answer(agree(access=access, change=_change_in(access.team, month, change_id)))


@router.post(
    "/teams/{slug}/months/{month}/plan/changes/{int:change_id}/refuse",
    response=ChangeOut,
    operation_id="refuse_plan_change",
)
def post_refuse(
    request: SignedInRequest, slug: str, month: str, change_id: int, words: ReasonIn
) -> object:
    """Refuse a change of a locked plan, with the reason."""
    access = access_for(request.auth, slug, Capability.PLAN)
    change = _change_in(access.team, month, change_id)
    return change_answer(goals.refuse_change(access=access, change=change, answer=words.reason))


@router.get(
    "/teams/{slug}/months/{month}/plan/versions",
    response=list[VersionOut],
    operation_id="list_plan_versions",
)
def list_versions(request: SignedInRequest, slug: str, month: str) -> object:
    """What stood when, the newest first."""
    team = access_for(request.auth, slug, Capability.SEE_PLAN).team
    return [_version(version) for version in versions_of(plan_in(team, month))]


@router.get("/teams/{slug}/objectives", response=list[ObjectiveOut], operation_id="list_objectives")
def list_objectives(request: SignedInRequest, slug: str) -> object:
    """Objectives as a tree; actuals only for who may see numbers."""
    access = access_for(request.auth, slug, Capability.SEE_PLAN)
    today, may_see = timezone.localdate(), access.may_see_all
    trees = objective_trees(access.team, today=today, with_numbers=may_see)
    return [_objective(branch) for branch in trees]


def _change_in(team: Team, month: str, number: int) -> PlanChange:
    changes = plan_in(team, month).changes.select_related("plan__team")
    return get_object_or_404(changes, pk=number)


def _plan(plan: MonthPlan) -> dict[str, object]:
    return {
        "month": str(plan.month),
        "state": plan.state,
        "due_at": plan.due_at,
        "submitted_by": str(plan.submitted_by or ""),
        "submitted_at": plan.submitted_at,
        "approved_by": str(plan.approved_by or ""),
        "approved_at": plan.approved_at,
        "sent_back_because": plan.sent_back_because,
        "lacks": [{"where": lack.where, "what": lack.what} for lack in lacks_in(plan)],
    }


def change_answer(change: PlanChange) -> dict[str, object]:
    return {
        "id": change.pk,
        "verb": change.verb,
        "kind": change.kind,
        "label": change.label,
        "was": change.was_text,
        "wanted": change.wanted_text,
        "reason": change.reason,
        "state": change.state,
        "proposed_by": str(change.proposed_by or ""),
        "decided_by": str(change.decided_by or ""),
        "answer": change.answer,
    }


def _version(version: PlanVersion) -> dict[str, object]:
    return {
        "number": version.number,
        "moment": version.moment,
        "at": version.at,
        "by": version.by_name,
        "words": version.words,
        "content": version.content,
    }


def _objective(branch: Branch) -> dict[str, object]:
    own = branch.objective
    return {
        "id": own.pk,
        "title": own.title,
        "horizon": own.horizon,
        "period": own.period,
        "starts_on": own.starts_on,
        "metric": own.metric,
        "target": own.target,
        "planned": branch.planned,
        "actual": branch.actual,
        "goals": [goal.pk for goal in branch.goals],
        "objectives": [_objective(each) for each in branch.branches],
    }
