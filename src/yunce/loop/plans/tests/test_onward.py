"""移到下月: what goes along, what stays, when it is refused, and how it is taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from tests.cast import AccessOf
from yunce.ground.journal.models import Entry
from yunce.ground.teams.models import Member, User
from yunce.loop.goals.models import ChangeState, Goal, MonthPlan, PlanState
from yunce.loop.plans import actions
from yunce.loop.plans.changing import agree, carry_onward
from yunce.loop.plans.models import DayWork, Task
from yunce.loop.plans.queries import tasks_due
from yunce.loop.plans.today import today_of

SignedIn = Callable[[User | Member], Client]
ONWARD = "/t/content/2025-05/tasks/onward/"


@pytest.fixture
def june(plan: MonthPlan) -> MonthPlan:
    return MonthPlan.objects.create(team=plan.team, month_start=date(2025, 6, 1))


def test_an_unfinished_task_goes_on_with_what_is_open(
    alice: Member, bob: Member, livestreams: Task, access_of: AccessOf
) -> None:
    lead = access_of(alice)
    done = actions.add_subtask(access=lead, task=livestreams, title="预告海报")
    actions.add_subtask(access=lead, task=livestreams, title="写直播脚本")
    actions.set_state(access=lead, task=done, state="done", seen="todo")
    checks = actions.add_checks(access=lead, task=livestreams, text="三场都播\n观看达标")
    actions.tick(access=access_of(bob), item=checks[0], is_done=True)
    livestreams.estimate_minutes = 600
    livestreams.save()

    made = actions.move_onward(access=lead, tasks=[livestreams])[0]

    assert str(made.plan.month) == "2025-06"
    assert (made.title, made.standard, made.estimate_minutes) == (
        "3 场视频直播",
        "每场观看 ≥ 2,000 人",
        600,
    )
    assert list(made.owners.all()) == [bob]
    assert [sub.title for sub in made.subtasks.all()] == ["写直播脚本"]
    assert [(item.text, item.done_by) for item in made.checks.all()] == [
        ("三场都播", bob),
        ("观看达标", None),
    ]
    assert made.nodes == []  # 5/10 is no day of June
    assert made.came_from == livestreams
    assert livestreams.came_from is None


def test_it_serves_the_same_metric_in_the_new_month(
    alice: Member, followers: Goal, livestreams: Task, june: MonthPlan, access_of: AccessOf
) -> None:
    there = Goal.objects.create(plan=june, dimension="user", metric="new_followers", must=10_000)
    access = access_of(alice)
    actions.set_contribution(access=access, task=livestreams, goal=followers, amount=Decimal(9_000))
    made = actions.move_onward(access=access, tasks=[livestreams])[0]
    assert made.goal == there
    assert [(each.goal, each.amount) for each in made.contributions.all()] == [
        (there, Decimal(9_000))
    ]


def test_without_that_goal_it_stands_in_its_dimension(
    alice: Member, livestreams: Task, access_of: AccessOf
) -> None:
    made = actions.move_onward(access=access_of(alice), tasks=[livestreams])[0]
    assert (made.goal, made.dimension) == (None, "user")


def test_what_recurs_gets_the_new_months_days(
    alice: Member, livestreams: Task, access_of: AccessOf
) -> None:
    livestreams.recurrence = "weekly:1"
    livestreams.save()
    made = actions.move_onward(access=access_of(alice), tasks=[livestreams])[0]
    assert made.nodes[:2] == ["2025-06-02", "2025-06-09"]  # Mondays


def test_who_waits_for_whom_goes_along(
    alice: Member, livestreams: Task, followers: Goal, access_of: AccessOf
) -> None:
    access = access_of(alice)
    later = actions.add_task(access=access, plan=followers.plan, title="直播复盘", goal=followers)
    later.after.add(livestreams)
    first, second = actions.move_onward(access=access, tasks=[later, livestreams])
    assert {first.title: list(first.after.all()), second.title: list(second.after.all())} == {
        "3 场视频直播": [],
        "直播复盘": [first],
    }


def test_moved_tasks_leave_the_lists_of_unfinished_work(
    alice: Member, bob: Member, livestreams: Task, access_of: AccessOf
) -> None:
    day = date(2025, 5, 31)
    now = datetime(2025, 5, 31, 2, tzinfo=UTC)
    assert [left.task for left in today_of(access_of(bob), day, now=now).left] == [livestreams]
    actions.move_onward(access=access_of(alice), tasks=[livestreams])
    assert not today_of(access_of(bob), day, now=now).left
    assert not tasks_due(livestreams.plan, date(2025, 5, 30))


def test_it_is_taken_back_and_may_go_again(
    alice: Member, livestreams: Task, access_of: AccessOf
) -> None:
    access = access_of(alice)
    made = actions.move_onward(access=access, tasks=[livestreams])
    with pytest.raises(ValidationError, match="已经移到 2025-06"):
        actions.move_onward(access=access, tasks=[livestreams])
    actions.bring_back(access=access, tasks=made)
    assert [task.title for task in tasks_due(livestreams.plan, date(2025, 5, 30))] == [
        "3 场视频直播"
    ]
    again = actions.move_onward(access=access, tasks=[livestreams])[0]
    assert again.pk != made[0].pk
    verbs = Entry.objects.filter(subject_kind="task", subject_id=livestreams.pk)
    assert [entry.verb for entry in verbs.order_by("pk")] == [
        "plans.move_onward",
        "plans.bring_back",
        "plans.move_onward",
    ]


def test_work_begun_in_the_new_month_is_not_taken_back(
    alice: Member, bob: Member, livestreams: Task, access_of: AccessOf
) -> None:
    made = actions.move_onward(access=access_of(alice), tasks=[livestreams])
    DayWork.objects.create(task=made[0], member=bob, day=date(2025, 6, 3), minutes=30)
    with pytest.raises(ValidationError, match="已有人做"):
        actions.bring_back(access=access_of(alice), tasks=made)


def test_finished_tasks_stay(alice: Member, livestreams: Task, access_of: AccessOf) -> None:
    actions.set_state(access=access_of(alice), task=livestreams, state="done", seen="todo")
    with pytest.raises(ValidationError, match="已完成，不用移到下月"):
        actions.move_onward(access=access_of(alice), tasks=[livestreams])


@pytest.mark.parametrize(
    ("state", "why"),
    [(PlanState.CLOSED, "2025-06 已关账"), (PlanState.SUBMITTED, "正在等审批")],
)
def test_a_closed_or_waiting_next_month_takes_nothing(
    alice: Member, livestreams: Task, june: MonthPlan, access_of: AccessOf, state: str, why: str
) -> None:
    MonthPlan.objects.filter(pk=june.pk).update(state=state)
    with pytest.raises(ValidationError, match=why):
        carry_onward(access=access_of(alice), tasks=[livestreams], reason="没做完")
    assert not june.tasks.exists()


def test_a_closed_month_still_hands_its_tasks_on(
    alice: Member, livestreams: Task, access_of: AccessOf
) -> None:
    MonthPlan.objects.update(state=PlanState.CLOSED)
    livestreams.plan.refresh_from_db()
    made = actions.move_onward(access=access_of(alice), tasks=[livestreams])[0]
    assert str(made.plan.month) == "2025-06"


def test_a_standing_next_month_takes_it_as_a_change_somebody_agrees_to(
    alice: Member, olga: Member, livestreams: Task, june: MonthPlan, access_of: AccessOf
) -> None:
    MonthPlan.objects.filter(pk=june.pk).update(state=PlanState.LOCKED)
    with pytest.raises(ValidationError, match="请写明原因"):
        carry_onward(access=access_of(alice), tasks=[livestreams])
    made, changes = carry_onward(
        access=access_of(alice), tasks=[livestreams], reason="场地 5 月没空"
    )
    assert (made, changes[0].state) == ([], ChangeState.WAITING)
    assert changes[0].wanted_text == "3 场视频直播（来自 2025-05）"
    assert not june.tasks.exists()
    with pytest.raises(ValidationError, match="正等审批"):
        carry_onward(access=access_of(alice), tasks=[livestreams], reason="再提一次")
    agree(access=access_of(olga), change=changes[0])
    assert june.tasks.get().came_from == livestreams


def test_a_member_moves_what_they_jotted_down_and_no_line_of_the_plan(
    bob: Member, livestreams: Task, access_of: AccessOf
) -> None:
    access = access_of(bob)
    jotted = actions.jot(access=access, day=date(2025, 5, 30), title="回复供应商")
    made = actions.move_onward(access=access, tasks=[jotted])[0]
    assert (made.nodes, made.dimension) == (["2025-06-03"], "")  # 6/2 is still 端午
    with pytest.raises(PermissionDenied):
        actions.move_onward(access=access, tasks=[livestreams])


def test_another_teams_task_is_refused(
    charlie: User, livestreams: Task, access_of: AccessOf
) -> None:
    stranger = Member.objects.get(user=charlie)
    with pytest.raises(PermissionDenied):
        actions.move_onward(access=access_of(stranger), tasks=[livestreams])


def test_chosen_lines_go_and_come_back_from_the_list(
    alice: Member, signed_in: SignedIn, livestreams: Task
) -> None:
    client = signed_in(alice)
    words = {"do": "onward", "task": livestreams.pk, "query": "state=todo"}
    answer = client.post("/t/content/2025-05/tasks/bulk/", words, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == "/t/content/2025-05/tasks/?state=todo"
    made = Task.objects.get(came_from=livestreams)
    listed = client.get("/t/content/2025-05/tasks/").content.decode()
    assert "已移到 6 月" in listed
    assert f"onward/back/?made={made.pk}" in listed  # the toast's 撤销
    assert "来自 5 月" in client.get("/t/content/2025-06/tasks/").content.decode()
    page = client.get(f"/t/content/2025-06/tasks/{made.pk}/").content.decode()
    assert "来自 5 月：" in page
    assert "评论 0 条" in page
    client.post(f"{ONWARD}back/?made={made.pk}")
    assert "已移到 6 月" not in client.get("/t/content/2025-05/tasks/").content.decode()


def test_a_standing_month_asks_why_on_the_steps_own_page(
    alice: Member, signed_in: SignedIn, livestreams: Task, june: MonthPlan
) -> None:
    MonthPlan.objects.filter(pk=june.pk).update(state=PlanState.LOCKED)
    client = signed_in(alice)
    refused = client.post(ONWARD, {"task": livestreams.pk, "next": "/t/content/today/"})
    assert refused.status_code == 422
    assert "请写明原因" in refused.content.decode()
    assert 'name="reason"' in refused.content.decode()
    words = {"task": livestreams.pk, "next": "https://elsewhere.example/", "reason": "场地没空"}
    answer = client.post(ONWARD, words)
    assert answer["Location"] == "/t/content/2025-05/tasks/"  # never to another site
    assert june.tasks.get().came_from == livestreams  # alone: applied at once


def test_tasks_that_are_not_there_are_not_found(
    alice: Member, signed_in: SignedIn, livestreams: Task
) -> None:
    client = signed_in(alice)
    assert client.get(ONWARD)["Location"] == "/t/content/2025-05/tasks/"  # nothing chosen
    assert client.get(f"{ONWARD}?task=999999").status_code == 404
    assert client.get(f"{ONWARD}?task=words").status_code == 404
    assert client.get(f"{ONWARD}?task={livestreams.pk}").status_code == 200
