"""The month's tasks: order, filter, state."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from yunce.ground.teams.models import Member, Team, User
from yunce.loop.goals.models import Goal, MonthPlan, PlanState
from yunce.loop.plans.models import Task, TaskState

SignedIn = Callable[[User | Member], Client]
PAGE = "/t/content/2025-05/tasks/"
HTMX = {"HX-Request": "true"}


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_list_tells_task_owner_goal_and_days(
    bob: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    page = text(signed_in(bob).get(PAGE))
    assert "1 项任务，0 项已完成，1 项已过期" in page  # May 2025 is long past
    assert "5/10、5/20、5/30" in page
    assert "文案专员" in page
    assert "新增粉丝" in page


def test_list_filters_by_owner(
    alice: Member, bob: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    client = signed_in(alice)
    assert "3 场视频直播" in text(client.get(PAGE, {"owner": bob.pk}))
    assert "没有符合条件的任务" in text(client.get(PAGE, {"owner": alice.pk}))


def test_finished_tasks_come_last(bob: Member, livestreams: Task, signed_in: SignedIn) -> None:
    Task.objects.update(state=TaskState.DONE)
    Task.objects.create(plan=livestreams.plan, dimension="user", title="没有日期的任务")
    page = text(signed_in(bob).get(PAGE))
    assert page.index("没有日期的任务") < page.index("3 场视频直播")


def test_month_without_tasks_says_where_they_come_from(
    bob: Member, team: Team, signed_in: SignedIn
) -> None:
    assert "这个月还没有任务" in text(signed_in(bob).get(PAGE))


def test_member_moves_a_task_on(bob: Member, livestreams: Task, signed_in: SignedIn) -> None:
    answer = signed_in(bob).post(
        f"{PAGE}{livestreams.pk}/state/", {"state": "done", "seen": "todo"}, headers=HTMX
    )
    html = answer.content.decode()
    assert answer["HX-Retarget"] == f"#task-{livestreams.pk}"
    assert html.startswith(f'<tr id="task-{livestreams.pk}"')
    assert '<input type="hidden" name="state" value="todo">' in html
    assert Task.objects.get().state == TaskState.DONE


def test_state_changes_without_htmx_too(
    bob: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    answer = signed_in(bob).post(
        f"{PAGE}{livestreams.pk}/state/", {"state": "doing", "seen": "todo"}, follow=True
    )
    assert "「3 场视频直播」：进行中" in text(answer)


def test_state_somebody_changed_is_told(
    alice: Member, bob: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    address = f"{PAGE}{livestreams.pk}/state/"
    signed_in(alice).post(address, {"state": "done", "seen": "todo"})
    answer = signed_in(bob).post(address, {"state": "doing", "seen": "todo"}, headers=HTMX)
    assert answer.status_code == 409
    assert "李组长 刚把它改成「已完成」，没有保存你的修改。" in text(answer)
    assert Task.objects.get().state == TaskState.DONE


@pytest.mark.parametrize("state", ["", "dropped"])
def test_unknown_state_is_refused(
    state: str, bob: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    answer = signed_in(bob).post(
        f"{PAGE}{livestreams.pk}/state/", {"state": state, "seen": "todo"}, headers=HTMX
    )
    assert f"没有「{state}」这个状态" in text(answer)


def test_task_of_a_closed_month_stays(bob: Member, livestreams: Task, signed_in: SignedIn) -> None:
    MonthPlan.objects.update(state=PlanState.CLOSED)
    assert "aria-pressed" not in signed_in(bob).get(PAGE).content.decode()
    answer = signed_in(bob).post(
        f"{PAGE}{livestreams.pk}/state/", {"state": "done", "seen": "todo"}, headers=HTMX
    )
    assert "2025-05 已关账" in text(answer)


@pytest.mark.parametrize(("person", "status"), [("vera", 403), ("gus", 403), ("charlie", 404)])
def test_readers_move_nothing(
    person: str,
    status: int,
    request: pytest.FixtureRequest,
    livestreams: Task,
    signed_in: SignedIn,
) -> None:
    client = signed_in(request.getfixturevalue(person))
    values = {"state": "done", "seen": "todo"}
    assert client.post(f"{PAGE}{livestreams.pk}/state/", values).status_code == status


def test_viewer_reads_the_list_without_buttons(
    vera: Member, livestreams: Task, followers: Goal, signed_in: SignedIn
) -> None:
    page = signed_in(vera).get(PAGE)
    assert "未开始" in text(page)
    assert "aria-pressed" not in page.content.decode()
