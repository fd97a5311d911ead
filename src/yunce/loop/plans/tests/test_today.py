"""今日: what stands on a day's list, where in the matrix, and what one does with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from tests.cast import AccessOf
from yunce.ground.teams.models import Member, Team, User
from yunce.loop.goals.models import Goal, MonthPlan, PlanState
from yunce.loop.plans import actions
from yunce.loop.plans.calls import calls_for
from yunce.loop.plans.models import Contribution, DayWork, Task, TaskState
from yunce.loop.plans.today import Today, today_of

SignedIn = Callable[[User | Member], Client]
PAGE = "/t/content/today/"
DAY = date(2025, 5, 20)  # a Tuesday, the second livestream
EVENING = datetime(2025, 5, 20, 12, tzinfo=UTC)
HTMX = {"HX-Request": "true"}


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def day_of(access_of: AccessOf) -> Callable[[Member, date], Today]:
    return lambda member, day: today_of(access_of(member), day, now=EVENING)


def titles(today: Today, corner: str) -> list[str]:
    return [item.task.title for item in today.items if item.place.corner == corner]


def test_task_is_on_the_list_of_its_nodes_only(
    bob: Member, livestreams: Task, day_of: Callable[..., Today]
) -> None:
    assert [item.task for item in day_of(bob, DAY).items] == [livestreams]
    assert not day_of(bob, date(2025, 5, 21)).items


def test_task_of_somebody_else_is_not_mine(
    alice: Member, livestreams: Task, day_of: Callable[..., Today]
) -> None:
    assert not day_of(alice, DAY).items


def test_task_at_its_node_that_serves_a_goal_is_done_first(
    bob: Member, livestreams: Task, day_of: Callable[..., Today]
) -> None:
    item = day_of(bob, DAY).items[0]
    assert item.place.corner == "do"
    assert item.place.reasons == ("服务于「新增粉丝」", "今天到节点")


def test_share_of_the_gap_gives_the_importance(
    bob: Member, livestreams: Task, followers: Goal, day_of: Callable[..., Today]
) -> None:
    Contribution.objects.create(task=livestreams, goal=followers, amount=Decimal(9000))
    place = day_of(bob, DAY).items[0].place
    # Nothing has come in yet: 9,000 of the 12,000 that are missing is 75 %.
    assert (place.importance, place.reasons[0]) == (5, "占「新增粉丝」剩余缺口的 75%")


def test_span_is_worked_on_before_its_end_is_urgent(
    bob: Member, plan: MonthPlan, followers: Goal, day_of: Callable[..., Today]
) -> None:
    task = Task.objects.create(
        plan=plan,
        goal=followers,
        dimension="user",
        title="图文",
        starts_on=date(2025, 5, 6),
        ends_on=date(2025, 5, 30),
    )
    task.owners.add(bob)
    place = day_of(bob, DAY).items[0].place
    # 21, 22, 23, 26, 27, 28, 29, 30 May are the workdays after the 20th: 8 are left.
    assert (place.corner, place.reasons[1]) == ("schedule", "5/30 到节点，还余 8 个工作日")


def test_what_holds_up_others_is_urgent(
    alice: Member, bob: Member, livestreams: Task, day_of: Callable[..., Today]
) -> None:
    brief = Task.objects.create(
        plan=livestreams.plan,
        goal=livestreams.goal,
        dimension="user",
        title="写脚本",
        starts_on=date(2025, 5, 19),
        ends_on=date(2025, 5, 30),
    )
    brief.owners.add(alice)
    livestreams.after.add(brief)
    today = day_of(alice, DAY)
    assert today.items[0].place.corner == "do"
    assert today.items[0].place.reasons[1] == "卡住 1 项任务"
    assert today.blocking == 1


def test_people_overrule_the_matrix(
    bob: Member, livestreams: Task, day_of: Callable[..., Today]
) -> None:
    Task.objects.update(quadrant="drop")
    place = day_of(bob, DAY).items[0].place
    assert (place.corner, place.is_by_hand, place.reasons[0]) == ("drop", True, "由人指定")


def test_estimate_is_spread_over_the_nodes(
    bob: Member, livestreams: Task, day_of: Callable[..., Today]
) -> None:
    Task.objects.update(estimate_minutes=270)
    today = day_of(bob, DAY)
    # 270 minutes for three livestreams; 8 hours a day are there.
    assert (today.planned, today.available, today.buffer) == (90, 480, 390)


def test_unknown_estimate_is_said_and_not_zero(
    bob: Member, livestreams: Task, day_of: Callable[..., Today]
) -> None:
    assert (day_of(bob, DAY).unknown, day_of(bob, DAY).items[0].minutes) == (1, None)


def test_what_was_missed_stands_below(
    bob: Member, livestreams: Task, day_of: Callable[..., Today]
) -> None:
    left = day_of(bob, date(2025, 5, 21)).left
    assert [(each.task, each.since) for each in left] == [(livestreams, DAY)]


def test_ticked_day_is_not_missed(
    bob: Member, livestreams: Task, day_of: Callable[..., Today], access_of: AccessOf
) -> None:
    actions.finish_day(access=access_of(bob), task=livestreams, day=DAY)
    assert not day_of(bob, date(2025, 5, 21)).left
    livestreams.refresh_from_db()
    assert livestreams.state == TaskState.DOING  # 5/30 is still to come


def test_last_day_ticked_finishes_the_task_and_takes_it_back(
    bob: Member, livestreams: Task, access_of: AccessOf
) -> None:
    access, last = access_of(bob), date(2025, 5, 30)
    actions.finish_day(access=access, task=livestreams, day=last)
    livestreams.refresh_from_db()
    assert livestreams.is_done
    actions.reopen_day(access=access, task=livestreams, day=last)
    livestreams.refresh_from_db()
    assert livestreams.state == TaskState.TODO


def test_clock_counts_whole_minutes(bob: Member, livestreams: Task, access_of: AccessOf) -> None:
    access = access_of(bob)
    actions.start_work(access=access, task=livestreams, day=DAY)
    DayWork.objects.update(running_since=timezone.now() - timedelta(minutes=38, seconds=20))
    assert actions.stop_work(access=access, task=livestreams, day=DAY).minutes == 38


def test_one_clock_runs_at_a_time(bob: Member, livestreams: Task, access_of: AccessOf) -> None:
    access = access_of(bob)
    other = actions.jot(access=access, day=DAY, title="回复供应商")
    actions.start_work(access=access, task=livestreams, day=DAY)
    actions.start_work(access=access, task=other, day=DAY)
    running = DayWork.objects.get(running_since__isnull=False)
    assert running.task == other


def test_jotted_thing_stands_outside_the_plan(
    bob: Member, plan: MonthPlan, day_of: Callable[..., Today], access_of: AccessOf
) -> None:
    MonthPlan.objects.update(state=PlanState.LOCKED)
    task = actions.jot(access=access_of(bob), day=DAY, title="回复供应商", estimate="15 分")
    assert (task.is_line, task.estimate_minutes) == (False, 15)
    assert titles(day_of(bob, DAY), "delegate") == ["回复供应商"]


@pytest.mark.parametrize(
    ("title", "estimate", "quadrant", "sentence"),
    [
        (" ", "", "", "核心任务不能空着"),
        ("回复", "半天吧", "", "看不懂「半天吧」"),
        ("回复", "", "later", "没有「later」这个象限"),
    ],
)
def test_unfit_notes_are_refused_and_nothing_is_kept(
    title: str,
    estimate: str,
    quadrant: str,
    sentence: str,
    bob: Member,
    plan: MonthPlan,
    signed_in: SignedIn,
) -> None:
    values = {"day": "2025-05-20", "title": title, "estimate": estimate, "quadrant": quadrant}
    answer = signed_in(bob).post(f"{PAGE}jot/", values, headers=HTMX)
    assert (answer.status_code, sentence in text(answer)) == (422, True)
    assert not Task.objects.exists()


def test_place_on_the_axis_is_a_clock(bob: Member, livestreams: Task, access_of: AccessOf) -> None:
    access = access_of(bob)
    work = actions.place_work(access=access, task=livestreams, day=DAY, at="14：30")
    assert work.starts_at is not None and work.starts_at.hour == 14
    with pytest.raises(ValidationError, match="看不懂「下午」"):
        actions.place_work(access=access, task=livestreams, day=DAY, at="下午")


def test_actual_time_may_be_written_down(
    bob: Member, livestreams: Task, access_of: AccessOf
) -> None:
    access = access_of(bob)
    work = actions.note_minutes(access=access, task=livestreams, day=DAY, minutes="1.5 小时")
    assert work.minutes == 90
    with pytest.raises(ValidationError, match="一天只有 24 小时"):
        actions.note_minutes(access=access, task=livestreams, day=DAY, minutes="30 小时")


def test_rest_of_the_day_goes_to_the_next_workday_and_back(
    bob: Member, livestreams: Task, signed_in: SignedIn, day_of: Callable[..., Today]
) -> None:
    client, friday = signed_in(bob), date(2025, 5, 30)
    # Saturday to Monday 2 June are 端午: Tuesday 3 June is the next working day.
    answer = client.post(f"{PAGE}carry/", {"day": "2025-05-30"}, headers=HTMX)
    assert "1 件放到 6/3" in text(answer)
    assert [item.task for item in day_of(bob, date(2025, 6, 3)).items] == [livestreams]
    back = {"day": friday.isoformat(), "numbers": str(livestreams.pk)}
    client.post(f"{PAGE}carry/", back, headers=HTMX)
    assert not DayWork.objects.exists()


def test_team_load_is_hours_against_hours(
    bob: Member, livestreams: Task, day_of: Callable[..., Today]
) -> None:
    Task.objects.update(estimate_minutes=3 * 510)
    load = next(load for load in day_of(bob, DAY).loads if load.member == bob)
    # 8.5 hours asked on this node, 8 there.
    assert (load.hours, load.available, load.tone) == (Decimal("8.5"), Decimal(8), "bad")


def test_page_says_the_day_in_one_sentence(
    bob: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    Task.objects.update(estimate_minutes=270)
    page = text(signed_in(bob).get(PAGE, {"day": "2025-05-20"}))
    assert "5 月 20 日 · 周二" in page
    assert "你有 1 件事，预计 1 小时 30 分 ；可用 8 小时，缓冲 6 小时 30 分 。" in page


@pytest.mark.parametrize("day", ["whenever", "0001-01-01", "9999-12-31"])
def test_day_that_is_none_is_today(bob: Member, team: Team, signed_in: SignedIn, day: str) -> None:
    assert "这一天还没有事" in text(signed_in(bob).get(PAGE, {"day": day}))


def test_steps_answer_with_the_day(bob: Member, livestreams: Task, signed_in: SignedIn) -> None:
    client, address = signed_in(bob), f"{PAGE}{livestreams.pk}/"
    day = {"day": "2025-05-20"}
    for act, value, said in [
        ("start", "", "开始计时"),
        ("stop", "", "停了"),
        ("quadrant", "schedule", "已放到「排进日程」"),
        ("place", "14:30", "已排到 14:30"),
        ("minutes", "45", "实际用时记为 45 分"),
        ("done", "", "做完了"),
        ("undone", "", "取消了完成"),
        ("bring", "", "已放到 5/20"),
    ]:
        answer = client.post(f"{address}{act}/", {**day, "value": value}, headers=HTMX)
        assert (answer["HX-Retarget"], said in text(answer)) == ("#today", True)


def test_steps_work_without_script(bob: Member, livestreams: Task, signed_in: SignedIn) -> None:
    answer = signed_in(bob).post(
        f"{PAGE}{livestreams.pk}/done/", {"day": "2025-05-20"}, follow=True
    )
    assert "做完了：「3 场视频直播」" in text(answer)


def test_closed_month_moves_nothing(bob: Member, livestreams: Task, signed_in: SignedIn) -> None:
    MonthPlan.objects.update(state=PlanState.CLOSED)
    answer = signed_in(bob).post(
        f"{PAGE}{livestreams.pk}/done/", {"day": "2025-05-20"}, headers=HTMX
    )
    assert "已关账" in text(answer)
    assert not DayWork.objects.exists()


def test_viewer_reads_without_buttons(vera: Member, team: Team, signed_in: SignedIn) -> None:
    assert "<form" not in signed_in(vera).get(PAGE).content.decode().split('id="today"')[1]


def test_viewer_jots_nothing(vera: Member, plan: MonthPlan, access_of: AccessOf) -> None:
    with pytest.raises(PermissionDenied):
        actions.jot(access=access_of(vera), day=DAY, title="看看")


def test_stranger_finds_no_page(charlie: User, team: Team, signed_in: SignedIn) -> None:
    assert signed_in(charlie).get(PAGE).status_code == 404


@pytest.mark.parametrize("count", [3, 300])
def test_queries_do_not_grow_with_the_tasks(
    count: int,
    bob: Member,
    livestreams: Task,
    signed_in: SignedIn,
    django_assert_num_queries: Any,
) -> None:
    tasks = Task.objects.bulk_create(
        Task(plan=livestreams.plan, goal=livestreams.goal, dimension="user", title=f"任务 {n}",
             nodes=["2025-05-20"], position=n)
        for n in range(count)
    )  # fmt: skip
    owners = Task.owners.through
    owners.objects.bulk_create(owners(task_id=task.pk, member_id=bob.pk) for task in tasks)
    client = signed_in(bob)
    client.get(PAGE, {"day": "2025-05-20"})
    with django_assert_num_queries(QUERIES):
        client.get(PAGE, {"day": "2025-05-20"})


QUERIES = 27


def test_a_call_stands_on_the_day_until_it_is_answered(
    alice: Member,
    bob: Member,
    livestreams: Task,
    access_of: AccessOf,
    signed_in: SignedIn,
) -> None:
    actions.add_comment(access=access_of(alice), task=livestreams, text="@王文案 预告发了吗？")
    page = text(signed_in(bob).get(PAGE))
    assert "有人叫你" in page
    assert "@王文案 预告发了吗？" in page
    assert "运营组长" in page
    assert "有人叫你" not in text(signed_in(alice).get(PAGE))  # her own words
    long_ago = timezone.localdate() + timedelta(days=20)
    assert "有人叫你" not in text(signed_in(bob).get(PAGE, {"day": long_ago.isoformat()}))
    actions.add_comment(access=access_of(bob), task=livestreams, text="发了。")
    assert "有人叫你" not in text(signed_in(bob).get(PAGE))


def test_a_call_goes_with_its_comment_and_its_task(
    alice: Member, bob: Member, livestreams: Task, access_of: AccessOf
) -> None:
    lead, day = access_of(alice), timezone.localdate()
    said = actions.add_comment(access=lead, task=livestreams, text="@王文案 看一下")
    assert calls_for(bob, day) == [said]
    actions.remove_comment(access=lead, comment=said)
    assert calls_for(bob, day) == []
    actions.restore_comment(access=lead, comment=said)
    actions.remove_task(access=lead, task=livestreams)
    assert calls_for(bob, day) == []
