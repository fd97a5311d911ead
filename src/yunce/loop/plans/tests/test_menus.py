"""A line's menu: fetched when it is opened, a page of its own without script."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from yunce.ground.teams.models import Member, User
from yunce.loop.goals.models import Goal, MonthPlan, PlanState
from yunce.loop.plans.models import Task

SignedIn = Callable[[User | Member], Client]
PLAN = "/t/content/2025-05/plan/"
HTMX = {"HX-Request": "true"}


def acts(response: Any) -> list[str]:
    """What the menu offers."""
    found = re.findall(r"<(?:a|button)\b[^>]*>(?:<i[^>]*></i>)([^<]+)", response.content.decode())
    return [word for word in found if word in OFFERED]


OFFERED = {
    "打开任务",
    "换到别的目标",
    "上移",
    "下移",
    "删除任务",
    "提出删除",
    "加任务",
    "改目标负责人",
    "删除目标",
}


@pytest.fixture
def three(livestreams: Task) -> list[Task]:
    """The first, the middle and the last task of a goal."""
    words = {"plan": livestreams.plan, "goal": livestreams.goal, "dimension": "user"}
    others = [Task.objects.create(**words, title=f"任务 {n}", position=n) for n in (1, 2)]
    return [livestreams, *others]


@pytest.mark.parametrize(("place", "steps"), [(0, ["下移"]), (1, ["上移", "下移"]), (2, ["上移"])])
def test_a_task_moves_only_where_there_is_room(
    place: int, steps: list[str], three: list[Task], alice: Member, signed_in: SignedIn
) -> None:
    answer = signed_in(alice).get(f"{PLAN}tasks/{three[place].pk}/menu/", headers=HTMX)
    assert acts(answer) == ["打开任务", "换到别的目标", *steps, "删除任务"]
    assert answer.content.decode().startswith('<details class="menu line-menu"')


def test_a_goal_has_its_own(
    alice: Member, followers: Goal, articles: Goal, signed_in: SignedIn
) -> None:
    Goal.objects.create(plan=followers.plan, dimension="user", metric="net_followers", must=9)
    answer = signed_in(alice).get(f"{PLAN}goals/{followers.pk}/menu/", headers=HTMX)
    assert acts(answer) == ["加任务", "改目标负责人", "上移", "删除目标"]


def test_a_standing_plan_offers_to_ask(
    alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    MonthPlan.objects.update(state=PlanState.LOCKED)
    client = signed_in(alice)
    task = client.get(f"{PLAN}tasks/{livestreams.pk}/menu/", headers=HTMX)
    goal = client.get(f"{PLAN}goals/{livestreams.goal_id}/menu/", headers=HTMX)
    assert acts(task) == ["打开任务", "换到别的目标", "提出删除"]
    assert acts(goal) == ["加任务", "改目标负责人", "提出删除"]


@pytest.mark.parametrize("state", [PlanState.SUBMITTED, PlanState.CLOSED])
def test_a_plan_nobody_may_change_offers_to_read(
    state: str, alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    MonthPlan.objects.update(state=state)
    answer = signed_in(alice).get(f"{PLAN}tasks/{livestreams.pk}/menu/", headers=HTMX)
    assert acts(answer) == ["打开任务"]


def test_without_script_it_is_a_page_whose_buttons_work(
    alice: Member, three: list[Task], signed_in: SignedIn
) -> None:
    client = signed_in(alice)
    page = client.get(f"{PLAN}tasks/{three[0].pk}/menu/").content.decode()
    assert "「3 场视频直播」的操作</h1>" in page
    assert f'formaction="{PLAN}tasks/{three[0].pk}/down/"' in page
    assert client.post(f"{PLAN}tasks/{three[0].pk}/down/").status_code == 302


@pytest.mark.parametrize(("person", "status"), [("bob", 403), ("gus", 403), ("charlie", 404)])
def test_only_planners_have_menus(
    person: str,
    status: int,
    request: pytest.FixtureRequest,
    livestreams: Task,
    signed_in: SignedIn,
) -> None:
    client = signed_in(request.getfixturevalue(person))
    for address in (f"tasks/{livestreams.pk}", f"goals/{livestreams.goal_id}"):
        assert client.get(f"{PLAN}{address}/menu/").status_code == status


def test_another_months_line_is_not_found(
    alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    address = f"/t/content/2025-06/plan/tasks/{livestreams.pk}/menu/"
    assert signed_in(alice).get(address).status_code == 404
