"""Changes to a locked plan: proposed with a reason, agreed to by somebody else, old beside new."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from yunce.ground.teams.models import Member, User
from yunce.loop.goals.models import ChangeState, Goal, MonthPlan, PlanChange, PlanState
from yunce.loop.plans.models import Task

SignedIn = Callable[[User | Member], Client]
PAGE = "/t/content/2025-05/plan/"
HIGHER = {"must": "13000", "stretch": "", "label": ""}
SEEN = {"seen_must": "12,000", "seen_stretch": "", "seen_label": ""}


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def targets(goal: Goal) -> str:
    return f"{PAGE}goals/{goal.pk}/cell/targets/"


@pytest.fixture
def locked(livestreams: Task) -> MonthPlan:
    MonthPlan.objects.update(state=PlanState.LOCKED, approved_at=timezone.now())
    return MonthPlan.objects.get()


def propose(client: Client, goal: Goal, reason: str = "直播加了一场") -> Any:
    return client.post(targets(goal), {**HIGHER, **SEEN, "reason": reason}, follow=True)


def decide(client: Client, word: str, **values: str) -> Any:
    number = PlanChange.objects.latest("pk").pk
    return client.post(f"{PAGE}changes/{number}/{word}/", values, follow=True)


def test_a_cell_of_a_locked_plan_asks_why(
    alice: Member, olga: Member, followers: Goal, locked: MonthPlan, signed_in: SignedIn
) -> None:
    page = signed_in(alice).get(targets(followers))
    assert 'name="reason"' in page.content.decode()
    assert propose(signed_in(alice), followers, reason=" ").status_code == 422
    assert not PlanChange.objects.exists()


def test_a_proposal_changes_nothing_until_somebody_else_agrees(
    alice: Member, olga: Member, followers: Goal, locked: MonthPlan, signed_in: SignedIn
) -> None:
    page = propose(signed_in(alice), followers)
    assert "别人同意后生效" in text(page)
    assert "待审批：13,000" in text(page)
    assert Goal.objects.get().must == Decimal(12_000)
    decide(signed_in(olga), "agree")
    assert Goal.objects.get().must == Decimal(13_000)
    page = signed_in(alice).get(PAGE).content.decode()
    assert '<del class="num">12,000 人</del> <b class="num">13,000 人</b>' in page


def test_own_proposal_is_not_agreed_to(
    alice: Member, olga: Member, followers: Goal, locked: MonthPlan, signed_in: SignedIn
) -> None:
    propose(signed_in(alice), followers)
    answer = decide(signed_in(alice), "agree")
    assert answer.status_code == 422
    assert "自己提的变更不能自己同意。请 欧管理 审批。" in text(answer)


def test_a_refusal_needs_words(
    alice: Member, olga: Member, followers: Goal, locked: MonthPlan, signed_in: SignedIn
) -> None:
    propose(signed_in(alice), followers)
    assert decide(signed_in(olga), "refuse").status_code == 422
    assert "人手不够" in text(decide(signed_in(olga), "refuse", answer="人手不够"))
    assert Goal.objects.get().must == Decimal(12_000)


def test_a_decided_change_is_not_decided_again(
    alice: Member, olga: Member, followers: Goal, locked: MonthPlan, signed_in: SignedIn
) -> None:
    propose(signed_in(alice), followers)
    decide(signed_in(alice), "withdraw")
    answer = decide(signed_in(olga), "agree")
    assert answer.status_code == 422
    assert "这条变更已经处理过" in text(answer)


def test_alone_a_change_is_applied_at_once_and_kept(
    alice: Member, followers: Goal, locked: MonthPlan, signed_in: SignedIn
) -> None:
    propose(signed_in(alice), followers)
    assert Goal.objects.get().must == Decimal(13_000)
    assert PlanChange.objects.get().state == ChangeState.APPLIED
    version = locked.versions.get()
    assert (version.moment, version.words) == (
        "changed",
        "新增粉丝 · 具体指标（计划值）：直播加了一场",
    )


def test_bad_targets_are_refused_before_they_are_proposed(
    alice: Member, olga: Member, followers: Goal, locked: MonthPlan, signed_in: SignedIn
) -> None:
    values = {**HIGHER, **SEEN, "stretch": "100", "reason": "试试"}
    answer = signed_in(alice).post(targets(followers), values)
    assert answer.status_code == 422
    assert "挑战目标应不低于必达目标。" in text(answer)
    assert not PlanChange.objects.exists()


def test_a_second_proposal_for_the_cell_waits_for_the_first(
    alice: Member, olga: Member, followers: Goal, locked: MonthPlan, signed_in: SignedIn
) -> None:
    propose(signed_in(alice), followers)
    answer = propose(signed_in(olga), followers)
    assert answer.status_code == 422
    assert "已提出把它改成「13,000」，正等审批" in text(answer)


def test_what_changed_after_the_proposal_is_not_overwritten(
    alice: Member, olga: Member, followers: Goal, locked: MonthPlan, signed_in: SignedIn
) -> None:
    propose(signed_in(alice), followers)
    Goal.objects.update(must=15_000)
    answer = decide(signed_in(olga), "agree")
    assert answer.status_code == 422
    assert "提出之后这一格又变了" in text(answer)
    assert Goal.objects.get().must == Decimal(15_000)


def test_a_task_changes_with_its_old_days_beside(
    alice: Member, livestreams: Task, locked: MonthPlan, signed_in: SignedIn
) -> None:
    values = {"value": "5/9、5/20、5/30", "seen_value": "5/10、5/20、5/30", "reason": "避开母亲节"}
    client = signed_in(alice)
    client.post(f"{PAGE}tasks/{livestreams.pk}/cell/nodes/", values)
    page = client.get(PAGE).content.decode()
    assert '<del class="was">5/10、5/20、5/30</del>' in page
    assert "5/9、5/20、5/30" in page


def test_a_goal_joins_a_locked_plan_with_a_reason(
    alice: Member, olga: Member, followers: Goal, locked: MonthPlan, signed_in: SignedIn
) -> None:
    values = {"metric": "gmv", "must": "3,000", "stretch": "", "reason": "老板加的"}
    signed_in(alice).post(PAGE + "goals/new/", values)
    assert Goal.objects.count() == 1
    decide(signed_in(olga), "agree")
    assert Goal.objects.get(metric="gmv").must == Decimal(3_000)


def test_a_task_joins_a_locked_plan_with_a_reason(
    alice: Member, bob: Member, followers: Goal, locked: MonthPlan, signed_in: SignedIn
) -> None:
    values = {"title": "2 次裂变", "goal": followers.pk, "owners": [bob.pk], "reason": "缺口"}
    signed_in(alice).post(PAGE + "tasks/new/", values)
    task = Task.objects.get(title="2 次裂变")
    assert (task.goal, list(task.owners.all())) == (followers, [bob])


def test_a_line_leaves_a_locked_plan_with_a_reason(
    alice: Member, livestreams: Task, locked: MonthPlan, signed_in: SignedIn
) -> None:
    address = f"{PAGE}changes/remove/tasks/{livestreams.pk}/"
    assert signed_in(alice).post(address).status_code == 422
    signed_in(alice).post(address, {"reason": "档期没了"})
    assert Task.objects.get().deleted_at is not None


def test_a_closed_plan_takes_no_changes(
    alice: Member, followers: Goal, locked: MonthPlan, signed_in: SignedIn
) -> None:
    MonthPlan.objects.update(state=PlanState.CLOSED)
    assert propose(signed_in(alice), followers).status_code == 422
    assert not PlanChange.objects.exists()


@pytest.mark.parametrize("word", ["agree", "refuse", "withdraw"])
@pytest.mark.parametrize(("person", "status"), [("bob", 403), ("gus", 403), ("charlie", 404)])
def test_only_planners_decide(
    word: str,
    person: str,
    status: int,
    request: pytest.FixtureRequest,
    locked: MonthPlan,
    signed_in: SignedIn,
) -> None:
    PlanChange.objects.create(plan=locked, verb="remove", kind="task", subject=1, label="x")
    client = signed_in(request.getfixturevalue(person))
    assert decide(client, word).status_code == status
