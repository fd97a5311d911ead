"""The table's rows from stencils look exactly as each cell does by itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from yunce.ground.teams.models import Member, User
from yunce.loop.goals.models import ChangeState, Goal, MonthPlan, PlanChange, PlanState
from yunce.loop.plans.models import Task

SignedIn = Callable[[User | Member], Client]
PAGE = "/t/content/2025-05/plan/"
HTMX = {"HX-Request": "true"}
FIELDS = ("title", "owners", "nodes", "standard", "note")


def cells_of(html: str) -> dict[str, str]:
    """id → the whole <td>"""
    return {found[1]: found[0] for found in re.finditer(r'<td id="([^"]+)".*?</td>', html, re.S)}


@pytest.fixture
def awkward(followers: Goal, alice: Member, bob: Member) -> Task:
    task = Task.objects.create(
        plan=followers.plan,
        goal=followers,
        dimension="user",
        title='<b>「裂变」& 100%d</b> "二" 一个很长很长很长的名字要截断',
        starts_on=date(2025, 5, 6),
        ends_on=date(2025, 5, 9),
        standard="第一行 <i>\n第二行 & %(text)s",
    )
    task.owners.set([alice, bob])
    return task


@pytest.mark.parametrize("subject", ["livestreams", "awkward"])
def test_a_row_is_what_its_cells_are_when_closed(
    subject: str, request: pytest.FixtureRequest, alice: Member, signed_in: SignedIn
) -> None:
    task, client = request.getfixturevalue(subject), signed_in(alice)
    table = cells_of(client.get(PAGE).content.decode())
    for field in FIELDS:
        alone = client.get(f"{PAGE}tasks/{task.pk}/cell/{field}/?closed=1", headers=HTMX)
        assert table[f"task-{task.pk}-{field}"] == alone.content.decode().strip()


def test_goals_cells_too(
    alice: Member, awkward: Task, livestreams: Task, articles: Goal, signed_in: SignedIn
) -> None:
    client = signed_in(alice)
    table = cells_of(client.get(PAGE).content.decode())
    for goal, field in ((awkward.goal, "targets"), (articles, "task"), (articles, "owner")):
        assert goal is not None
        alone = client.get(f"{PAGE}goals/{goal.pk}/cell/{field}/?closed=1", headers=HTMX)
        assert table[f"goal-{goal.pk}-{field}"] == alone.content.decode().strip()
    assert 'rowspan="2"' in table[f"goal-{livestreams.goal_id}-targets"]


def test_what_people_write_is_never_markup(
    alice: Member, awkward: Task, signed_in: SignedIn
) -> None:
    page = signed_in(alice).get(PAGE).content.decode()
    assert "<b>「裂变」" not in page
    assert "&lt;b&gt;「裂变」&amp; 100%d&lt;/b&gt;" in page
    assert "第一行 &lt;i&gt;<br>第二行 &amp; %(text)s" in page


def test_a_changed_and_a_proposed_cell_stand_beside_plain_ones(
    alice: Member, livestreams: Task, awkward: Task, signed_in: SignedIn
) -> None:
    plan = livestreams.plan
    MonthPlan.objects.update(state=PlanState.LOCKED)
    told = {"plan": plan, "verb": "edit", "kind": "task", "subject": livestreams.pk, "reason": "因"}
    PlanChange.objects.create(
        **told, field="title", was_text="<旧>", state=ChangeState.APPLIED, decided_at=timezone.now()
    )
    PlanChange.objects.create(**told, field="note", wanted_text="提前 <5> 天")
    table = cells_of(signed_in(alice).get(PAGE).content.decode())
    title, note = (table[f"task-{livestreams.pk}-{field}"] for field in ("title", "note"))
    assert '<del class="was">&lt;旧&gt;</del>3 场视频直播' in title
    assert "待审批：提前 &lt;5&gt; 天" in note
    assert "提出变更：备注" in note
    assert "<del" not in table[f"task-{awkward.pk}-title"]
    assert "待审批" not in table[f"task-{awkward.pk}-note"]


def test_the_page_holds_links_to_menus_not_the_menus(
    alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    page = signed_in(alice).get(PAGE).content.decode()
    assert f'href="{PAGE}tasks/{livestreams.pk}/menu/" data-menu' in page
    assert f'href="{PAGE}goals/{livestreams.goal_id}/menu/" data-menu' in page
    assert "删除任务" not in page


def add_tasks(goal: Goal, owner: Member, *, count: int) -> None:
    for number in range(count):
        task = Task.objects.create(
            plan=goal.plan, goal=goal, dimension="user", title=f"任务 {number}", note="备注"
        )
        task.owners.add(owner)


def test_sixty_rows_of_a_standing_plan_ask_no_more_than_two(
    alice: Member,
    followers: Goal,
    signed_in: SignedIn,
    django_assert_num_queries: Any,
    django_assert_max_num_queries: Any,
) -> None:
    MonthPlan.objects.update(state=PlanState.LOCKED)
    client = signed_in(alice)
    add_tasks(followers, alice, count=2)
    client.get(PAGE)
    with django_assert_max_num_queries(30) as few:
        client.get(PAGE)
    add_tasks(followers, alice, count=58)
    with django_assert_num_queries(len(few)):
        client.get(PAGE)
