"""The Gantt chart, the tasks' calendar, the strip, the workload, and moving days on them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from yunce.ground.calendars.models import WorkingTime
from yunce.ground.teams.models import Member, Team, User
from yunce.loop.goals.models import MonthPlan, PlanState
from yunce.loop.plans.daygrid import chips_of
from yunce.loop.plans.gantt import Bar, bars_of, gantt_of
from yunce.loop.plans.models import Task
from yunce.loop.plans.queries import month_tasks
from yunce.loop.plans.workload import month_load, workload_of

SignedIn = Callable[[User | Member], Client]
TASKS = "/t/content/2025-05/tasks/"
GANTT, DAYS, WORKLOAD = f"{TASKS}gantt/", f"{TASKS}days/", f"{TASKS}workload/"
HTMX = {"HX-Request": "true"}


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def move_url(task: Task) -> str:
    return f"/t/content/2025-05/plan/tasks/{task.pk}/move/"


@pytest.fixture
def filming(plan: MonthPlan, bob: Member) -> Task:
    """Monday 12 to Friday 16 May, ten hours."""
    task = Task.objects.create(
        plan=plan,
        dimension="content",
        title="拍摄",
        starts_on=date(2025, 5, 12),
        ends_on=date(2025, 5, 16),
        estimate_minutes=600,
    )
    task.owners.add(bob)
    return task


@pytest.fixture
def cutting(plan: MonthPlan, bob: Member, filming: Task) -> Task:
    """Waits for the filming; 21 May."""
    task = Task.objects.create(plan=plan, dimension="content", title="剪辑", nodes=["2025-05-21"])
    task.owners.add(bob)
    task.after.add(filming)
    return task


def test_bars_are_cut_to_the_month(filming: Task) -> None:
    filming.starts_on, filming.nodes = date(2025, 4, 28), ["2025-05-20", "2025-06-02"]
    bars = bars_of(7, filming.timing, filming.plan.month)
    assert bars == (Bar("7-span", 1, 16), Bar("7-20", 20, 1, date(2025, 5, 20)))


def test_the_chart_knows_the_path_and_the_room(cutting: Task) -> None:
    chart = gantt_of(cutting.plan)
    film, cut = chart.rows
    assert (film.is_critical, cut.is_critical, chart.critical_days) == (True, True, 6)
    # 19 and 20 May lie between; after 21 May come 22, 23 and 26 to 30 May.
    assert (film.room, cut.room) == (2, 7)
    assert cut.waits_for == ("拍摄",)
    assert chart.links == (("M160 16H163V48H200", True),)


def test_the_chart_asks_as_much_for_300_tasks(
    cutting: Task,
    bob: Member,
    alice: Member,
    signed_in: SignedIn,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(300):
        task = Task.objects.create(
            plan=cutting.plan, dimension="user", title=f"任务 {number}", nodes=["2025-05-20"]
        )
        task.owners.add(bob)
    client = signed_in(alice)
    for page in (GANTT, DAYS, WORKLOAD):
        with django_assert_max_num_queries(20):
            assert client.get(page).status_code == 200


def test_a_task_is_moved_and_moved_back(alice: Member, filming: Task, signed_in: SignedIn) -> None:
    client = signed_in(alice)
    values = {"by": 2, "grow": 0, "seen": "5/12–5/16", "on": "gantt"}
    answer = client.post(move_url(filming), values, headers=HTMX)
    assert answer["HX-Retarget"] == "#gantt"
    assert "已改到 5/14–5/18" in text(answer)
    undo = {"to": "5/12–5/16", "seen": "5/14–5/18", "on": "gantt"}
    client.post(move_url(filming), undo, headers=HTMX)
    filming.refresh_from_db()
    assert filming.starts_on == date(2025, 5, 12)


def test_one_node_is_moved_on_the_calendar(
    alice: Member, cutting: Task, signed_in: SignedIn
) -> None:
    values = {"by": 1, "node": "2025-05-21", "seen": "5/21", "on": "days"}
    answer = signed_in(alice).post(move_url(cutting), values, headers=HTMX)
    assert answer["HX-Retarget"] == "#days"
    assert Task.objects.get(pk=cutting.pk).nodes == ["2025-05-22"]


def test_it_moves_without_htmx_too(alice: Member, filming: Task, signed_in: SignedIn) -> None:
    values = {"by": 1, "seen": "5/12–5/16"}
    answer = signed_in(alice).post(move_url(filming), values, follow=True)
    assert "已改到 5/13–5/17" in text(answer)


def test_of_two_people_the_second_is_told(
    alice: Member, olga: Member, filming: Task, signed_in: SignedIn
) -> None:
    values = {"by": 1, "seen": "5/12–5/16"}
    signed_in(alice).post(move_url(filming), values, headers=HTMX)
    answer = signed_in(olga).post(move_url(filming), {**values, "by": 3}, headers=HTMX)
    assert answer.status_code == 409
    assert "李组长 刚把「拍摄」改成「5/13–5/17」，没有移动。" in text(answer)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"by": "x"}, "看不懂要移动几天"),
        ({"by": "99"}, "最多移动 62 天"),
        ({"by": "1", "node": "2025-05-13"}, "已没有 5/13 这个节点"),
        ({"to": "哪天"}, "看不懂「哪天」"),
        ({"by": "60"}, "太远"),
    ],
)
def test_a_move_that_cannot_be_is_refused(
    values: dict[str, str], said: str, alice: Member, filming: Task, signed_in: SignedIn
) -> None:
    seen = {"seen": "5/12–5/16"}
    answer = signed_in(alice).post(move_url(filming), {**seen, **values}, headers=HTMX)
    assert (answer.status_code, said in text(answer)) == (409, True)
    assert Task.objects.get(pk=filming.pk).starts_on == date(2025, 5, 12)


@pytest.mark.parametrize(
    ("state", "said"), [(PlanState.LOCKED, "已定稿"), (PlanState.CLOSED, "已关账")]
)
def test_a_month_that_stands_is_not_moved(
    state: str, said: str, alice: Member, filming: Task, signed_in: SignedIn
) -> None:
    MonthPlan.objects.update(state=state)
    values = {"by": 1, "seen": "5/12–5/16"}
    assert said in text(signed_in(alice).post(move_url(filming), values, headers=HTMX))
    assert 'data-island="shift"' not in signed_in(alice).get(GANTT).content.decode()


@pytest.mark.parametrize(("person", "status"), [("bob", 403), ("vera", 403), ("charlie", 404)])
def test_only_planners_move(
    person: str,
    status: int,
    request: pytest.FixtureRequest,
    filming: Task,
    signed_in: SignedIn,
) -> None:
    client = signed_in(request.getfixturevalue(person))
    assert client.post(move_url(filming), {"by": 1}).status_code == status


def test_a_span_stands_where_it_begins_and_ends(filming: Task) -> None:
    assert [(chip.day.day, chip.mark) for chip in chips_of(filming)] == [
        (12, "begins"),
        (16, "ends"),
    ]


def test_the_calendar_shows_tasks_and_holidays(
    bob: Member, filming: Task, cutting: Task, signed_in: SignedIn
) -> None:
    page = text(signed_in(bob).get(DAYS))
    assert "2025 年 5 月有 2 项任务" in page
    assert "起 拍摄" in page
    assert "劳动节" in page


def test_workload_is_worked_out_by_hand(
    alice: Member, bob: Member, olga: Member, filming: Task
) -> None:
    # Bob alone works on the plan: 8 hours × 60 %, 19 working days = 91.2 hours; 10 are planned.
    for member, share in ((alice, 0), (olga, 0), (bob, "0.6")):
        WorkingTime.objects.create(member=member, hours=8, share=share)
    load = workload_of(filming.plan)
    assert (float(load.total.hours), float(load.total.available)) == (10, 91.2)
    assert load.total.percent == 89  # 1 − 10 ÷ 91.2 = 89.04 %
    mine = next(row for row in load.people if row.member == bob)
    assert [float(week.filled.hours) for week in mine.weeks] == [0, 0, 10, 0, 0]
    assert (mine.weeks[2].filled.percent, mine.days[11].filled.percent) == (58, 58)  # 1 − 10 ÷ 24


def test_subtasks_stand_for_their_task(plan: MonthPlan, filming: Task, bob: Member) -> None:
    part = Task.objects.create(
        plan=plan, parent=filming, title="外景", nodes=["2025-05-12"], estimate_minutes=120
    )
    part.owners.add(bob)
    assert workload_of(plan).total.planned == 2


def test_viewers_and_guests_give_no_hours(
    plan: MonthPlan, bob: Member, vera: Member, gus: Member, filming: Task
) -> None:
    assert {row.member for row in workload_of(plan).people} == {bob}


def test_the_plans_total_is_the_workloads(
    plan: MonthPlan, filming: Task, cutting: Task, bob: Member, olga: Member
) -> None:
    Task.objects.filter(pk=cutting.pk).update(estimate_minutes=95)
    over_the_end = {"starts_on": date(2025, 5, 28), "ends_on": date(2025, 6, 4)}
    for days in (over_the_end, {"nodes": ["2025-05-03", "2025-06-03"]}, {}):
        task = Task.objects.create(
            plan=plan, dimension="user", title="跨月", estimate_minutes=200, **days
        )
        task.owners.set([bob, olga])
    Task.objects.create(
        plan=plan, dimension="user", title="没人", estimate_minutes=70, nodes=["2025-05-07"]
    )
    whole, total = workload_of(plan), month_load(plan, month_tasks(plan))
    assert total.total == whole.total
    assert total.unplaced_hours == whole.unplaced_hours
    assert [task.pk for task in total.unplaced] == [task.pk for task in whole.unplaced]
    assert total.days == whole.days


def test_work_nobody_owns_has_a_row(plan: MonthPlan, filming: Task, bob: Member) -> None:
    filming.owners.clear()
    assert workload_of(plan).people[-1].total.planned == 10


def test_what_has_no_estimate_or_no_days_is_said(
    bob: Member, alice: Member, cutting: Task, signed_in: SignedIn
) -> None:
    Task.objects.create(plan=cutting.plan, dimension="user", title="想法", estimate_minutes=90)
    page = text(signed_in(alice).get(WORKLOAD))
    assert "没有预计用时，没算在内：1 项" in page
    assert "还没排日期：1 项，1.5 小时" in page


def test_the_plan_page_shows_buffer_and_strip(
    alice: Member, bob: Member, filming: Task, signed_in: SignedIn
) -> None:
    page = text(signed_in(alice).get("/t/content/2025-05/plan/"))
    assert "已排 10 / 可用 304 小时" in page  # two people, 19 days, 8 hours
    assert "96% 还能再排" in page
    assert "执行时间轴" in page
    assert "5/1–5/5 劳动节" in page


def test_without_estimates_the_buffer_says_why(
    alice: Member, cutting: Task, signed_in: SignedIn
) -> None:
    Task.objects.update(estimate_minutes=None)
    assert "填了预计用时才能算" in text(signed_in(alice).get("/t/content/2025-05/plan/"))


@pytest.mark.parametrize("page", [GANTT, DAYS, WORKLOAD])
def test_a_month_without_a_plan_has_its_pages(
    page: str, bob: Member, team: Team, signed_in: SignedIn
) -> None:
    assert signed_in(bob).get(page).status_code == 200


@pytest.mark.parametrize("page", [GANTT, DAYS, WORKLOAD])
def test_a_stranger_finds_nothing(
    page: str, charlie: User, team: Team, signed_in: SignedIn
) -> None:
    assert signed_in(charlie).get(page).status_code == 404
