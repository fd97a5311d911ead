"""Cells of the plan table edited in place: saved, refused, in conflict, undone."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from yunce.ground.teams.models import Member, User
from yunce.loop.goals.models import Goal, MonthPlan, PlanState
from yunce.loop.plans.models import Task
from yunce.loop.plans.queries import cell_text
from yunce.loop.plans.rules import TaskField

SignedIn = Callable[[User | Member], Client]
PLAN = "/t/content/2025-05/plan/"
HTMX = {"HX-Request": "true"}
NODES = "5/10、5/20、5/30"


def task_cell(task: Task, field: str) -> str:
    return f"{PLAN}tasks/{task.pk}/cell/{field}/"


def goal_cell(goal: Goal, field: str) -> str:
    return f"{PLAN}goals/{goal.pk}/cell/{field}/"


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_cell_opens_as_the_same_cell_with_a_form(
    alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    html = signed_in(alice).get(task_cell(livestreams, "nodes"), headers=HTMX).content.decode()
    assert html.startswith(f'<td id="task-{livestreams.pk}-nodes"')
    assert f'name="value" value="{NODES}"' in html
    assert f'name="seen_value" value="{NODES}"' in html


def test_cell_opens_as_a_page_without_htmx(
    alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    page = signed_in(alice).get(task_cell(livestreams, "nodes"))
    assert "编辑时间节点" in text(page)
    assert "3 场视频直播" in text(page)


def test_saved_cell_closes_in_the_house_style_with_an_undo(
    alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    answer = signed_in(alice).post(
        task_cell(livestreams, "nodes"),
        {"value": "5/9,5/16, 5/28", "seen_value": NODES},
        headers=HTMX,
    )
    html = answer.content.decode()
    assert (answer.status_code, answer["HX-Retarget"]) == (200, f"#task-{livestreams.pk}-nodes")
    assert html.startswith(f'<td id="task-{livestreams.pk}-nodes"')
    assert "已保存时间节点：5/9、5/16、5/28" in text(answer)
    assert f'<input type="hidden" name="value" value="{NODES}">' in html
    assert '<input type="hidden" name="seen_value" value="5/9、5/16、5/28">' in html


def test_undo_puts_the_old_value_back(
    alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    client, address = signed_in(alice), task_cell(livestreams, "note")
    client.post(address, {"value": "改过", "seen_value": "提前 3 天预热"})
    undo = {"value": "提前 3 天预热", "seen_value": "改过", "undo": "1"}
    answer = client.post(address, undo, headers=HTMX)
    assert "已撤销。" in text(answer)
    assert Task.objects.get().note == "提前 3 天预热"


def test_saving_without_htmx_returns_to_the_plan(
    alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    answer = signed_in(alice).post(
        task_cell(livestreams, "title"), {"value": "4 场直播", "seen_value": "3 场视频直播"}
    )
    assert (answer.status_code, answer["Location"]) == (302, PLAN)
    assert Task.objects.get().title == "4 场直播"


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_refused_text_stays_typed(
    headers: dict[str, str], alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    answer = signed_in(alice).post(
        task_cell(livestreams, "nodes"), {"value": "月底", "seen_value": NODES}, headers=headers
    )
    assert answer.status_code == 422
    assert "看不懂「月底」。请写日期，例如 5/10、5/20 或 5/1–5/28" in text(answer)
    assert 'name="value" value="月底"' in answer.content.decode()
    assert cell_text(Task.objects.get(), TaskField.NODES) == NODES


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_conflict_shows_both_values_and_overwrites_nothing(
    headers: dict[str, str], alice: Member, olga: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    address = task_cell(livestreams, "nodes")
    signed_in(olga).post(address, {"value": "5/31", "seen_value": NODES})
    mine = {"value": "5/26前上线", "seen_value": NODES}
    answer = signed_in(alice).post(address, mine, headers=headers)
    said = text(answer)
    assert answer.status_code == 409
    assert re.search(r"欧管理 \d\d:\d\d 已把它改成「5/31」", said)
    assert "你的「5/26前上线」还没有保存。" in said
    assert "用我的" in said
    assert "保留对方的" in said
    assert cell_text(Task.objects.get(), TaskField.NODES) == "5/31"


def test_using_mine_after_a_conflict_saves_it(
    alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    client, address = signed_in(alice), task_cell(livestreams, "nodes")
    client.post(address, {"value": "5/31", "seen_value": NODES})
    conflict = client.post(address, {"value": "5/9", "seen_value": NODES}).content.decode()
    assert 'name="seen_value" value="5/31"' in conflict
    client.post(address, {"value": "5/9", "seen_value": "5/31"})
    assert cell_text(Task.objects.get(), TaskField.NODES) == "5/9"


def test_keeping_theirs_closes_the_cell(
    alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    answer = signed_in(alice).get(task_cell(livestreams, "nodes") + "?closed=1", headers=HTMX)
    assert "<form" not in answer.content.decode()
    assert NODES in text(answer)


def test_owners_are_ticked(
    alice: Member, bob: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    client, address = signed_in(alice), task_cell(livestreams, "owners")
    form = client.get(address, headers=HTMX).content.decode()
    assert re.findall(r'value="(\d+)" checked', form) == [str(bob.pk)]
    answer = client.post(
        address, {"value": [alice.pk, bob.pk], "seen_value": str(bob.pk)}, headers=HTMX
    )
    assert "已保存负责人：运营组长 · 李组长、文案专员 · 王文案" in text(answer)
    assert set(livestreams.owners.all()) == {alice, bob}


def test_targets_are_typed_as_people_write_them(
    alice: Member, followers: Goal, signed_in: SignedIn
) -> None:
    values = {
        "must": "1.4万",
        "stretch": "15,000",
        "label": "涨粉",
        "seen_must": "12,000",
        "seen_stretch": "",
        "seen_label": "",
    }
    answer = signed_in(alice).post(goal_cell(followers, "targets"), values, headers=HTMX)
    assert "涨粉 14,000 人" in text(answer)
    assert Goal.objects.get().stretch == Decimal(15_000)


def test_refused_targets_change_nothing_at_all(
    alice: Member, followers: Goal, signed_in: SignedIn
) -> None:
    values = {
        "must": "1.4万",
        "stretch": "100",
        "label": "涨粉",
        "seen_must": "12,000",
        "seen_stretch": "",
        "seen_label": "",
    }
    answer = signed_in(alice).post(goal_cell(followers, "targets"), values, headers=HTMX)
    assert answer.status_code == 422
    assert "挑战目标应不低于必达目标。" in text(answer)
    assert (Goal.objects.get().label, Goal.objects.get().must) == ("", Decimal(12_000))


def test_targets_conflict_names_both(
    alice: Member, olga: Member, followers: Goal, signed_in: SignedIn
) -> None:
    address = goal_cell(followers, "targets")
    seen = {"seen_must": "12,000", "seen_stretch": "", "seen_label": ""}
    signed_in(olga).post(address, {"must": "13000", "stretch": "", "label": "", **seen})
    answer = signed_in(alice).post(address, {"must": "14000", "stretch": "", "label": "", **seen})
    assert answer.status_code == 409
    assert "欧管理" in text(answer)
    assert "已把它改成「13,000」" in text(answer)
    assert "你的「14000」还没有保存。" in text(answer)


def test_unreadable_seen_values_are_no_server_error(
    alice: Member, followers: Goal, signed_in: SignedIn
) -> None:
    answer = signed_in(alice).post(goal_cell(followers, "targets"), {"must": "13000"})
    assert answer.status_code == 422


def test_goal_is_handed_to_somebody(
    alice: Member, bob: Member, followers: Goal, signed_in: SignedIn
) -> None:
    values = {"value": bob.pk, "seen_value": ""}
    signed_in(alice).post(goal_cell(followers, "owner"), values)
    assert Goal.objects.get().owner == bob


def test_goal_is_not_handed_to_a_stranger(
    alice: Member, charlie: User, followers: Goal, signed_in: SignedIn
) -> None:
    values = {"value": charlie.memberships.get().pk, "seen_value": ""}
    assert signed_in(alice).post(goal_cell(followers, "owner"), values).status_code == 422


def test_first_task_is_typed_into_the_empty_cell(
    alice: Member, followers: Goal, signed_in: SignedIn
) -> None:
    answer = signed_in(alice).post(
        goal_cell(followers, "task"), {"value": "3 场直播", "seen_value": ""}, headers=HTMX
    )
    assert answer["HX-Retarget"] == "#plan-table"
    assert (Task.objects.get().title, Task.objects.get().goal) == ("3 场直播", followers)


def test_task_changes_its_goal(
    alice: Member, livestreams: Task, articles: Goal, followers: Goal, signed_in: SignedIn
) -> None:
    values = {"value": articles.pk, "seen_value": followers.pk}
    signed_in(alice).post(task_cell(livestreams, "goal"), values)
    assert Task.objects.get().goal == articles


def test_cell_of_a_finalised_plan_asks_why(
    alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    MonthPlan.objects.update(state=PlanState.LOCKED)
    client, address = signed_in(alice), task_cell(livestreams, "note")
    assert "为什么改" in text(client.get(address, headers=HTMX))
    answer = client.post(address, {"value": "x", "seen_value": "提前 3 天预热"}, headers=HTMX)
    assert answer.status_code == 422
    assert "请写明原因" in text(answer)


@pytest.mark.parametrize(("person", "status"), [("bob", 403), ("gus", 403), ("charlie", 404)])
def test_only_planners_open_cells(
    person: str,
    status: int,
    request: pytest.FixtureRequest,
    livestreams: Task,
    followers: Goal,
    signed_in: SignedIn,
) -> None:
    client = signed_in(request.getfixturevalue(person))
    assert client.get(task_cell(livestreams, "note")).status_code == status
    assert client.post(goal_cell(followers, "targets")).status_code == status


def test_unknown_cell_is_not_found(alice: Member, livestreams: Task, signed_in: SignedIn) -> None:
    assert signed_in(alice).get(task_cell(livestreams, "state")).status_code == 404
    assert signed_in(alice).get(goal_cell(livestreams.goal, "note")).status_code == 404  # type: ignore[arg-type]
