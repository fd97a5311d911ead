"""A plan's life: submitted, approved by somebody else, sent back, finalised alone, closed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.cast import AccessOf
from yunce.ground.journal.queries import entries_of
from yunce.ground.teams.models import Member, User
from yunce.loop.goals import actions
from yunce.loop.goals.models import MonthPlan, PlanState
from yunce.loop.goals.rules.life import Step, reason_problem, step_problem


@pytest.mark.parametrize(
    ("step", "state", "sentence"),
    [
        (Step.SUBMIT, "draft", ""),
        (Step.SUBMIT, "submitted", ""),  # twice: nothing is written the second time
        (Step.SUBMIT, "locked", "计划已经定稿，不用再提交。"),
        (Step.APPROVE, "draft", "计划还没有提交，不能审批。请先提交审批。"),
        (Step.CLOSE, "locked", ""),
        (Step.TAKE_BACK, "closed", "这个月已关账。请先重新开账，再撤回定稿。"),
        (Step.FINALISE, "closed", "这个月已关账。请先重新开账。"),
        (Step.REOPEN, "locked", ""),
        (Step.REOPEN, "draft", "这个月还没有关账，不用重新开账。"),
    ],
)
def test_states_follow_each_other(step: Step, state: str, sentence: str) -> None:
    assert step_problem(step, state) == sentence


@pytest.mark.parametrize(("reason", "is_fine"), [("", False), ("太高", True), ("字" * 201, False)])
def test_a_reason_is_one_sentence(reason: str, is_fine: bool) -> None:
    assert (reason_problem(reason) == "") is is_fine


def test_somebody_else_approves(
    alice: Member, olga: Member, plan: MonthPlan, access_of: AccessOf
) -> None:
    actions.submit(access=access_of(alice), plan=plan)
    approved = actions.approve(access=access_of(olga), plan=plan)
    assert approved.state == PlanState.LOCKED
    assert (approved.submitted_by, approved.approved_by) == (alice, olga)


def test_nobody_approves_their_own(
    alice: Member, olga: Member, plan: MonthPlan, access_of: AccessOf
) -> None:
    actions.submit(access=access_of(alice), plan=plan)
    with pytest.raises(ValidationError, match="自己提交的计划不能自己审批。请 欧管理 审批。"):
        actions.approve(access=access_of(alice), plan=plan)


def test_a_draft_is_not_finalised_past_the_approver(
    alice: Member, olga: Member, plan: MonthPlan, access_of: AccessOf
) -> None:
    with pytest.raises(ValidationError, match="还有 欧管理 可以审批。请提交审批"):
        actions.finalise(access=access_of(alice), plan=plan)
    with pytest.raises(ValidationError, match="计划还没有定稿"):
        actions.close(access=access_of(alice), plan=plan)


def test_who_cannot_sign_in_cannot_approve(
    alice: Member, olga: Member, plan: MonthPlan, access_of: AccessOf
) -> None:
    olga.user.set_unusable_password()
    olga.user.save()
    assert actions.finalise(access=access_of(alice), plan=plan).state == PlanState.LOCKED


def test_submitting_twice_is_noted_once(
    alice: Member, olga: Member, plan: MonthPlan, access_of: AccessOf
) -> None:
    actions.submit(access=access_of(alice), plan=plan)
    actions.submit(access=access_of(olga), plan=plan)
    plan.refresh_from_db()
    assert (entries_of(plan).count(), plan.submitted_by) == (1, alice)


def test_what_waits_is_not_edited_and_may_be_taken_back(
    alice: Member, olga: Member, plan: MonthPlan, access_of: AccessOf
) -> None:
    access = access_of(alice)
    actions.submit(access=access, plan=plan)
    with pytest.raises(ValidationError, match="计划正在等审批。请先撤回提交再修改。"):
        actions.set_direction(access=access, plan=plan, direction="x", seen="")
    actions.take_back(access=access, plan=plan)
    actions.set_direction(access=access, plan=plan, direction="x", seen="")


def test_plan_comes_back_with_the_reason(
    alice: Member, olga: Member, plan: MonthPlan, access_of: AccessOf
) -> None:
    actions.submit(access=access_of(alice), plan=plan)
    with pytest.raises(ValidationError, match="请写明原因"):
        actions.send_back(access=access_of(olga), plan=plan, reason=" ")
    back = actions.send_back(access=access_of(olga), plan=plan, reason="目标太低")
    assert (back.state, back.sent_back_because) == (PlanState.DRAFT, "目标太低")
    assert actions.submit(access=access_of(alice), plan=plan).sent_back_because == ""


def test_a_newer_submission_is_not_approved_unseen(
    alice: Member, olga: Member, plan: MonthPlan, access_of: AccessOf
) -> None:
    seen = actions.submit(access=access_of(alice), plan=plan).submitted_at
    actions.take_back(access=access_of(alice), plan=plan)
    actions.submit(access=access_of(alice), plan=plan)
    with pytest.raises(ValidationError, match="请刷新看过新的一版再审批"):
        actions.approve(access=access_of(olga), plan=plan, seen=seen)


def test_a_locked_plan_is_not_taken_back_past_the_approver(
    alice: Member, olga: Member, plan: MonthPlan, access_of: AccessOf
) -> None:
    actions.submit(access=access_of(alice), plan=plan)
    actions.approve(access=access_of(olga), plan=plan)
    with pytest.raises(ValidationError, match="定稿后不能自己撤回"):
        actions.take_back(access=access_of(alice), plan=plan)


@pytest.mark.parametrize("person", ["bob", "vera", "gus"])
def test_only_planners_take_steps(
    person: str, request: pytest.FixtureRequest, plan: MonthPlan, access_of: AccessOf
) -> None:
    access = access_of(request.getfixturevalue(person))
    with pytest.raises(PermissionDenied):
        actions.submit(access=access, plan=plan)
    with pytest.raises(PermissionDenied):
        actions.approve(access=access, plan=plan)
    with pytest.raises(PermissionDenied):
        actions.send_back(access=access, plan=plan, reason="x")
    with pytest.raises(PermissionDenied):
        actions.set_due(access=access, plan=plan, due_at=None)


def test_owner_of_another_team_approves_nothing(
    alice: Member, charlie: User, plan: MonthPlan, access_of: AccessOf
) -> None:
    actions.submit(access=access_of(alice), plan=plan)
    with pytest.raises(PermissionDenied):
        actions.approve(access=access_of(charlie.memberships.get()), plan=plan)


def test_the_deadline_is_kept(alice: Member, plan: MonthPlan, access_of: AccessOf) -> None:
    due = datetime(2025, 4, 29, 10, tzinfo=UTC)
    actions.set_due(access=access_of(alice), plan=plan, due_at=due)
    actions.set_due(access=access_of(alice), plan=plan, due_at=due)
    plan.refresh_from_db()
    assert (plan.due_at, entries_of(plan).count()) == (due, 1)
