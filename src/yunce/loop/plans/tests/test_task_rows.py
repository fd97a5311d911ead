"""A line of the list drawn among others is the line a moved task is answered with."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from yunce.ground.teams.models import Member, User
from yunce.loop.goals.models import Goal
from yunce.loop.plans.models import Contribution, Task

SignedIn = Callable[[User | Member], Client]
TASKS = "/t/content/2025-05/tasks/"
HTMX = {"HX-Request": "true"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def lines_of(page: str) -> dict[str, str]:
    """id → the whole row, without the token of its form"""
    plain = TOKEN.sub("", page)
    return {found[1]: found[0] for found in re.finditer(r'<tr id="([^"]+)".*?</tr>', plain, re.S)}


@pytest.fixture
def awkward(followers: Goal, alice: Member, bob: Member) -> Task:
    task = Task.objects.create(
        plan=followers.plan,
        dimension="user",
        title="<b>裂变</b> & 100%d 一个很长很长很长的名字要截断",
        starts_on=date(2025, 5, 6),
        ends_on=date(2025, 5, 9),
        standard="第一行 <i>\n第二行",
        note='"备注" <s>',
        estimate_minutes=90,
    )
    task.owners.set([alice, bob])
    return task


@pytest.mark.parametrize("subject", ["livestreams", "awkward"])
def test_a_line_is_the_same_alone(
    subject: str,
    request: pytest.FixtureRequest,
    alice: Member,
    livestreams: Task,
    signed_in: SignedIn,
) -> None:
    task, client = request.getfixturevalue(subject), signed_in(alice)
    moved = client.post(
        f"{TASKS}{task.pk}/state/", {"state": "doing", "seen": "todo"}, headers=HTMX
    )
    listed = lines_of(client.get(TASKS).content.decode())
    assert lines_of(moved.content.decode())[f"task-{task.pk}"] == listed[f"task-{task.pk}"]
    assert 'value="doing" aria-pressed="true"' in listed[f"task-{task.pk}"]


@pytest.mark.parametrize("page", [TASKS, f"{TASKS}board/", "/t/content/2025-05/contributions/"])
def test_what_people_write_is_never_markup(
    page: str, alice: Member, awkward: Task, signed_in: SignedIn
) -> None:
    html = signed_in(alice).get(page).content.decode()
    assert "<b>裂变" not in html
    assert "&lt;b&gt;裂变&lt;/b&gt; &amp; 100%d" in html


@pytest.mark.parametrize("page", [TASKS, f"{TASKS}board/", "/t/content/2025-05/contributions/"])
def test_every_form_without_script_has_its_token(
    page: str, alice: Member, livestreams: Task, awkward: Task, signed_in: SignedIn
) -> None:
    html = signed_in(alice).get(page).content.decode()
    forms = re.findall(r'<form[^>]*method="post".*?</form>', html, re.S)
    assert len(forms) >= 3
    assert all(TOKEN.search(form) for form in forms)


def test_a_card_moves_without_script(alice: Member, livestreams: Task, signed_in: SignedIn) -> None:
    client = signed_in(alice)
    page = client.get(f"{TASKS}board/").content.decode()
    assert f'action="{TASKS}{livestreams.pk}/state/"' in page
    assert f'<a class="tt-a" href="{TASKS}{livestreams.pk}/">3 场视频直播</a>' in page
    answer = client.post(f"{TASKS}{livestreams.pk}/state/", {"state": "done", "seen": "todo"})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    "page",
    [
        TASKS,
        f"{TASKS}board/",
        f"{TASKS}gantt/",
        f"{TASKS}days/",
        f"{TASKS}workload/",
        "/t/content/2025-05/contributions/",
    ],
)
def test_many_goals_and_tasks_ask_no_more_than_few(
    page: str,
    alice: Member,
    bob: Member,
    livestreams: Task,
    signed_in: SignedIn,
    django_assert_num_queries: Any,
    django_assert_max_num_queries: Any,
) -> None:
    client, plan = signed_in(alice), livestreams.plan
    Task.objects.create(plan=plan, dimension="user", title="没有目标的一项", estimate_minutes=60)
    client.get(page)
    with django_assert_max_num_queries(27) as few:
        client.get(page)
    for metric in ("likes", "comments", "shares", "orders"):
        goal = Goal.objects.create(plan=plan, dimension="user", metric=metric, must=5, owner=alice)
        for number in range(8):
            task = Task.objects.create(
                plan=plan,
                goal=goal,
                dimension="user",
                title=f"{metric} {number}",
                nodes=["2025-05-20"],
                estimate_minutes=60,
            )
            task.owners.set([alice, bob])
            Contribution.objects.create(task=task, goal=goal, amount=1)
    with django_assert_num_queries(len(few)):
        client.get(page)
