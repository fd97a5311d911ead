"""排一排: what it proposes, writing it, undoing it, and who may."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from tests.cast import AccessOf
from yunce.ground.journal.models import Entry
from yunce.ground.teams.models import Member, User
from yunce.loop.goals.actions import EditConflictError
from yunce.loop.goals.models import Goal, MonthPlan, PlanState
from yunce.loop.plans.actions import Placing, place_tasks
from yunce.loop.plans.arranging import asked_of, propose
from yunce.loop.plans.models import Task

SignedIn = Callable[[User | Member], Client]
PAGE = "/t/content/2025-05/plan/schedule/"
APPLY = f"{PAGE}apply/"
FIRST = date(2025, 5, 1)  # planned before the month begins


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def make(plan: MonthPlan, title: str, *owners: Member, **fields: Any) -> Task:
    task = Task.objects.create(plan=plan, dimension="user", title=title, **fields)
    task.owners.set(owners)
    return task


def days_in(plan: MonthPlan) -> dict[str, str]:
    return {m.task.title: m.becomes for m in propose(plan, today=FIRST, seconds=3).moves}


def test_a_task_goes_on_the_first_working_days(plan: MonthPlan, bob: Member) -> None:
    # 1–5 May are the holiday; 400 minutes take two days of 200.
    make(plan, "写脚本", bob, estimate_minutes=400)
    assert days_in(plan) == {"写脚本": "5/6–5/7"}


def test_what_has_days_stays(plan: MonthPlan, bob: Member, livestreams: Task) -> None:
    assert days_in(plan) == {}


def test_a_task_comes_after_what_it_waits_for(plan: MonthPlan, bob: Member, alice: Member) -> None:
    shoot = make(plan, "拍摄", bob, estimate_minutes=60)
    make(plan, "剪辑", alice, estimate_minutes=60).after.set([shoot])
    assert days_in(plan) == {"拍摄": "5/6", "剪辑": "5/7"}


def test_a_deadline_is_kept(plan: MonthPlan, bob: Member) -> None:
    make(plan, "上线", bob, estimate_minutes=60, ends_on=date(2025, 5, 8), importance=1)
    make(plan, "大事", bob, estimate_minutes=400, importance=5)  # 5/6–5/7 with 200 a day
    assert days_in(plan)["上线"] in ("5/6", "5/7", "5/8")


def test_an_unowned_task_goes_to_the_position_of_the_goals_owner(
    plan: MonthPlan, followers: Goal, alice: Member, bob: Member
) -> None:
    Goal.objects.filter(pk=followers.pk).update(owner=bob)
    make(plan, "写稿", goal=followers, estimate_minutes=60)
    (move,) = propose(plan, today=FIRST, seconds=3).moves
    assert move.owners == (bob,)


def test_a_month_too_full_says_why_and_what_gives(plan: MonthPlan, bob: Member) -> None:
    due = {"ends_on": date(2025, 5, 6), "estimate_minutes": 200}
    for title in ("甲", "乙", "丙"):  # 600 minutes on one day of 432
        make(plan, title, bob, **due)
    found = propose(plan, today=FIRST, seconds=3)
    assert (
        "文案专员 在 5/6–5/6 有 3 件必须做完的事，共 10 小时，只有 7.2 小时可排。" in found.clashes
    )
    assert [move.becomes for move in found.moves if move.is_late] == ["5/7"]


def test_tasks_without_an_estimate_are_listed(plan: MonthPlan, bob: Member) -> None:
    task = make(plan, "想一想", bob)
    assert propose(plan, today=FIRST, seconds=3).unknown == (task,)


def test_the_days_before_today_are_over(plan: MonthPlan, bob: Member) -> None:
    make(plan, "写脚本", bob, estimate_minutes=60)
    (move,) = propose(plan, today=date(2025, 5, 20), seconds=3).moves
    assert move.becomes == "5/20"


def test_reading_asks_as_many_questions_for_300_tasks(
    plan: MonthPlan,
    bob: Member,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(300):
        make(plan, f"任务 {number}", bob, estimate_minutes=60, ends_on=date(2025, 5, 30))
    with django_assert_max_num_queries(14):
        assert len(asked_of(plan, FIRST).problem.jobs) == 300


def test_placing_writes_all_and_gives_back_what_undoes_it(
    alice: Member, bob: Member, plan: MonthPlan, access_of: AccessOf
) -> None:
    task = make(plan, "写稿", estimate_minutes=60)
    access = access_of(alice)
    placing = Placing(task.pk, "5/12–5/13", "", owners=str(bob.pk))
    back = place_tasks(access=access, plan=plan, placings=[placing])
    task.refresh_from_db()
    assert (task.starts_on, task.ends_on) == (date(2025, 5, 12), date(2025, 5, 13))
    assert list(task.owners.all()) == [bob]
    assert Entry.objects.get(verb="plans.place_task").changes["nodes"] == ["", "5/12–5/13"]
    place_tasks(access=access, plan=plan, placings=back)
    task.refresh_from_db()
    assert (task.starts_on, list(task.owners.all())) == (None, [])


def test_a_task_changed_meanwhile_stops_them_all(
    alice: Member, bob: Member, plan: MonthPlan, access_of: AccessOf
) -> None:
    first, second = make(plan, "甲", bob), make(plan, "乙", bob, nodes=["2025-05-20"])
    placings = [Placing(first.pk, "5/12", ""), Placing(second.pk, "5/13", "")]
    with pytest.raises(EditConflictError):
        place_tasks(access=access_of(alice), plan=plan, placings=placings)
    assert Task.objects.get(pk=first.pk).nodes == []


@pytest.mark.parametrize("state", [PlanState.LOCKED, PlanState.CLOSED])
def test_a_month_that_stands_is_not_scheduled(
    state: str, alice: Member, bob: Member, plan: MonthPlan, access_of: AccessOf
) -> None:
    task = make(plan, "甲", bob)
    MonthPlan.objects.update(state=state)
    with pytest.raises(ValidationError):
        place_tasks(access=access_of(alice), plan=plan, placings=[Placing(task.pk, "5/12", "")])


def test_a_member_schedules_nothing(bob: Member, plan: MonthPlan, access_of: AccessOf) -> None:
    task = make(plan, "甲", bob)
    with pytest.raises(PermissionDenied):
        place_tasks(access=access_of(bob), plan=plan, placings=[Placing(task.pk, "5/12", "")])


def test_another_teams_task_is_not_placed(
    alice: Member, charlie: User, plan: MonthPlan, access_of: AccessOf
) -> None:
    other = charlie.memberships.get().team
    theirs = make(MonthPlan.objects.create(team=other, month_start=FIRST), "别人的")
    with pytest.raises(ValidationError, match="没有保存任何改动"):
        place_tasks(access=access_of(alice), plan=plan, placings=[Placing(theirs.pk, "5/12", "")])


def test_the_page_shows_first_and_writes_what_is_ticked(
    alice: Member, bob: Member, plan: MonthPlan, signed_in: SignedIn
) -> None:
    task, other = (make(plan, t, bob, estimate_minutes=60) for t in ("写稿", "配图"))
    client = signed_in(alice)
    assert "等着排：2 项，共 2 小时" in text(client.get(PAGE))
    shown = client.post(PAGE)
    assert "2 项任务都排得下" in text(shown)
    assert Task.objects.get(pk=task.pk).nodes == []
    moves = shown.context["moves"]
    answer = client.post(APPLY, {"moves": moves, "pick": [task.pk]})
    assert "已排 1 项任务" in text(answer)
    assert Task.objects.get(pk=task.pk).nodes
    assert Task.objects.get(pk=other.pk).nodes == []
    undone = client.post(APPLY, {"moves": answer.context["moves"], "undo": "1"})
    assert "已撤销" in text(undone)
    assert Task.objects.get(pk=task.pk).nodes == []


@pytest.mark.parametrize("moves", ["", "[", "[1]", '[{"task": "x"}]', "{}", "[]"])
def test_nonsense_is_refused_in_a_sentence(
    moves: str, alice: Member, plan: MonthPlan, signed_in: SignedIn
) -> None:
    answer = signed_in(alice).post(APPLY, {"moves": moves, "pick": ["1"]})
    assert answer.status_code == 422
    assert "重新排一次" in text(answer) or "至少勾选一项" in text(answer)


def test_days_that_cannot_be_read_are_refused(
    alice: Member, bob: Member, plan: MonthPlan, signed_in: SignedIn
) -> None:
    task = make(plan, "甲", bob)
    moves = json.dumps([{"task": task.pk, "nodes": "某天", "seen": "", "owners": ""}])
    answer = signed_in(alice).post(APPLY, {"moves": moves, "pick": [task.pk]})
    assert "看不懂「某天」" in text(answer)


def test_a_contradiction_is_said(
    alice: Member, bob: Member, plan: MonthPlan, signed_in: SignedIn
) -> None:
    one, two = (make(plan, t, bob, estimate_minutes=60) for t in ("甲", "乙"))
    one.after.set([two])
    two.after.set([one])
    answer = signed_in(alice).post(PAGE)
    assert (answer.status_code, "绕成了圈" in text(answer)) == (422, True)


def test_a_closed_month_says_so(alice: Member, plan: MonthPlan, signed_in: SignedIn) -> None:
    MonthPlan.objects.update(state=PlanState.CLOSED)
    assert "已关账" in text(signed_in(alice).post(PAGE))


def test_a_month_without_a_plan_points_there(
    alice: Member, team: object, signed_in: SignedIn
) -> None:
    assert "还没有计划" in text(signed_in(alice).get(PAGE))
