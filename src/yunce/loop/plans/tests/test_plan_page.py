"""The plan page: who sees what, its states, and how many questions it asks the database."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from yunce.ground.teams.models import Member, Team, User
from yunce.loop.goals.models import Goal, MonthPlan, PlanState
from yunce.loop.plans.models import Task
from yunce.loop.plans.queries import plan_rows

SignedIn = Callable[[User | Member], Client]
PAGE = "/t/content/2025-05/plan/"
HEADERS = [
    "目标维度",
    "具体指标（计划值）",
    "核心任务",
    "负责人",
    "时间节点",
    "完成标准",
    "备注",
]


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_table_has_exactly_the_seven_columns(
    alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    page = signed_in(alice).get(PAGE).content.decode()
    assert re.findall(r'<th scope="col">(.*?)</th>', page) == HEADERS


def test_page_opens_with_month_and_state(
    alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    page = text(signed_in(alice).get(PAGE))
    assert "2025 年 5 月月度计划" in page
    assert "草稿" in page
    assert "5/10、5/20、5/30" in page
    assert "12,000 人" in page


@pytest.mark.parametrize("person", ["bob", "vera", "gus"])
def test_readers_see_the_plan_without_controls(
    person: str, request: pytest.FixtureRequest, livestreams: Task, signed_in: SignedIn
) -> None:
    page = signed_in(request.getfixturevalue(person)).get(PAGE)
    assert "3 场视频直播" in text(page)
    assert "data-cell" not in page.content.decode()
    assert "加指标" not in text(page)
    assert "定稿前" in text(page)


def test_stranger_gets_404(charlie: User, livestreams: Task, signed_in: SignedIn) -> None:
    assert signed_in(charlie).get(PAGE).status_code == 404


def test_empty_month_offers_the_previous_one(
    alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    page = text(signed_in(alice).get("/t/content/2025-06/plan/"))
    assert "2025 年 6 月还没有计划" in page
    assert "从上月复制" in page
    assert not MonthPlan.objects.filter(month_start=date(2025, 6, 1)).exists()


def test_empty_month_without_a_previous_one_begins_with_a_goal(
    alice: Member, team: Team, signed_in: SignedIn
) -> None:
    page = text(signed_in(alice).get(PAGE))
    assert "从上月复制" not in page
    assert "加指标" in page


def test_copying_fills_the_month(alice: Member, livestreams: Task, signed_in: SignedIn) -> None:
    answer = signed_in(alice).post("/t/content/2025-06/plan/copy/", follow=True)
    assert "3 场视频直播" in text(answer)
    assert "已从上月复制目标和任务" in text(answer)


def test_copying_into_a_full_month_is_refused(
    alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    answer = signed_in(alice).post(PAGE + "copy/")
    assert answer.status_code == 422
    assert "不能再从上月复制" in text(answer)


def test_month_goes_through_its_states(
    alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    client, plan = signed_in(alice), livestreams.plan
    assert "已定稿" in text(client.post(PAGE + "finalise/", follow=True))
    assert "关账后，本月的计划" in text(client.get(PAGE))
    assert "已关账" in text(client.post(PAGE + "close/", follow=True))
    assert client.post(PAGE + "take-back/").status_code == 422
    assert "已重新开账" in text(client.post(PAGE + "reopen/", follow=True))
    assert "草稿" in text(client.post(PAGE + "take-back/", follow=True))
    plan.refresh_from_db()
    assert plan.state == PlanState.DRAFT


@pytest.mark.parametrize(
    "address",
    [
        "finalise/",
        "take-back/",
        "close/",
        "reopen/",
        "copy/",
        "direction/",
        "goals/new/",
        "tasks/new/",
    ],
)
@pytest.mark.parametrize(("person", "status"), [("bob", 403), ("gus", 403), ("charlie", 404)])
def test_only_planners_write(
    address: str,
    person: str,
    status: int,
    request: pytest.FixtureRequest,
    livestreams: Task,
    signed_in: SignedIn,
) -> None:
    client = signed_in(request.getfixturevalue(person))
    assert client.post(PAGE + address).status_code == status


def test_direction_is_saved_with_and_without_htmx(
    alice: Member, plan: MonthPlan, signed_in: SignedIn
) -> None:
    client = signed_in(alice)
    plain = client.post(PAGE + "direction/", {"direction": "新品推广", "seen": ""}, follow=True)
    assert "新品推广" in text(plain)
    piece = client.post(
        PAGE + "direction/",
        {"direction": "用户增长", "seen": "新品推广"},
        headers={"HX-Request": "true"},
    )
    assert piece["HX-Retarget"] == "#direction"
    assert "已保存核心方向：用户增长 撤销" in text(piece)


def test_direction_conflict_shows_both(alice: Member, plan: MonthPlan, signed_in: SignedIn) -> None:
    client = signed_in(alice)
    client.post(PAGE + "direction/", {"direction": "对方的", "seen": ""})
    answer = client.post(PAGE + "direction/", {"direction": "我的", "seen": ""})
    assert answer.status_code == 409
    assert "李组长" in text(answer)
    assert "已把它改成「对方的」" in text(answer)
    assert "你的「我的」还没有保存" in text(answer)


def test_first_direction_opens_the_month(alice: Member, team: Team, signed_in: SignedIn) -> None:
    signed_in(alice).post(PAGE + "direction/", {"direction": "新品推广", "seen": ""})
    assert MonthPlan.objects.get().direction == "新品推广"


def test_goal_is_added_with_typed_targets(
    alice: Member, bob: Member, team: Team, signed_in: SignedIn
) -> None:
    values = {"metric": "new_followers", "must": "1.2万", "stretch": "13,000", "owner": bob.pk}
    answer = signed_in(alice).post(PAGE + "goals/new/", values, follow=True)
    assert "已加指标：新增粉丝" in text(answer)
    goal = Goal.objects.get()
    assert (str(goal.must), goal.owner) == ("12000.000000", bob)


@pytest.mark.parametrize(
    ("must", "stretch", "sentence"),
    [
        ("很多", "", "看不懂「很多」。可以写 8% 或 8。"),
        ("8%", "7%", "挑战目标应不低于必达目标。"),
        ("", "8%", "这个字段是必填项。"),
    ],
)
def test_bad_targets_stay_typed_beside_the_sentence(
    must: str, stretch: str, sentence: str, alice: Member, plan: MonthPlan, signed_in: SignedIn
) -> None:
    values = {"metric": "interaction_rate_reads", "must": must, "stretch": stretch}
    answer = signed_in(alice).post(PAGE + "goals/new/", values)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert f'value="{stretch or must}"' in answer.content.decode()
    assert not Goal.objects.exists()


def test_metric_the_month_has_is_not_offered_again(
    alice: Member, followers: Goal, signed_in: SignedIn
) -> None:
    page = signed_in(alice).get(PAGE + "goals/new/").content.decode()
    assert 'value="new_followers"' not in page
    assert 'value="pieces_article"' in page
    assert '<optgroup label="转化优化">' in page


def test_task_is_added_under_the_goal_asked_for(
    alice: Member, bob: Member, followers: Goal, signed_in: SignedIn
) -> None:
    client = signed_in(alice)
    form = client.get(PAGE + f"tasks/new/?goal={followers.pk}").content.decode()
    assert f'<option value="{followers.pk}" selected>' in form
    values = {"title": "2 次裂变", "goal": followers.pk, "nodes": "5/15,5/25", "owners": [bob.pk]}
    assert "5/15、5/25" in text(client.post(PAGE + "tasks/new/", values, follow=True))


def test_unclear_days_of_a_new_task_are_refused(
    alice: Member, followers: Goal, signed_in: SignedIn
) -> None:
    values = {"title": "2 次裂变", "goal": followers.pk, "nodes": "月底"}
    answer = signed_in(alice).post(PAGE + "tasks/new/", values)
    assert answer.status_code == 422
    assert "看不懂「月底」" in text(answer)
    assert 'value="月底"' in answer.content.decode()


def test_removed_line_comes_back_by_the_toast(
    alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    client = signed_in(alice)
    where = PAGE + f"tasks/{livestreams.pk}/"
    removed = client.post(where + "remove/", headers={"HX-Request": "true"})
    assert removed["HX-Retarget"] == "#plan-table"
    assert f'hx-post="{where}restore/"' in removed.content.decode()
    assert Task.objects.get().deleted_at is not None
    client.post(where + "restore/", headers={"HX-Request": "true"})
    assert Task.objects.get().deleted_at is None


def test_removed_goal_comes_back_by_the_toast(
    alice: Member, livestreams: Task, followers: Goal, signed_in: SignedIn
) -> None:
    client = signed_in(alice)
    where = PAGE + f"goals/{followers.pk}/"
    assert "已删除「新增粉丝」" in text(client.post(where + "remove/", follow=True))
    assert plan_rows(followers.plan)[0].goal is None
    client.post(where + "restore/")
    assert plan_rows(followers.plan)[0].goal == followers


def test_lines_move_inside_their_group(
    alice: Member, livestreams: Task, followers: Goal, signed_in: SignedIn
) -> None:
    other = Task.objects.create(
        plan=followers.plan, goal=followers, dimension="user", title="2 次裂变", position=1
    )
    signed_in(alice).post(PAGE + f"tasks/{other.pk}/up/")
    assert [row.title for row in plan_rows(followers.plan)] == ["2 次裂变", "3 场视频直播"]


def test_line_of_a_finalised_plan_is_kept(
    alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    MonthPlan.objects.update(state=PlanState.LOCKED)
    answer = signed_in(alice).post(PAGE + f"tasks/{livestreams.pk}/remove/")
    assert answer.status_code == 422
    assert "计划已定稿。要改请提出变更，写明原因。" in text(answer)


def test_line_of_another_month_is_not_found(
    alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    address = f"/t/content/2025-06/plan/tasks/{livestreams.pk}/remove/"
    assert signed_in(alice).post(address).status_code == 404


def add_tasks(plan: MonthPlan, goal: Goal, owner: Member, *, count: int) -> None:
    for number in range(count):
        task = Task.objects.create(
            plan=plan, goal=goal, dimension="user", title=f"任务 {number}", nodes=["2025-05-10"]
        )
        task.owners.add(owner)


@pytest.mark.parametrize("page", ["plans:plan", "plans:tasks"])
def test_fifty_tasks_ask_no_more_than_five(
    page: str,
    alice: Member,
    followers: Goal,
    signed_in: SignedIn,
    django_assert_num_queries: Any,
    django_assert_max_num_queries: Any,
) -> None:
    client, address = signed_in(alice), reverse(page, args=["content", "2025-05"])
    add_tasks(followers.plan, followers, alice, count=5)
    with django_assert_max_num_queries(30) as few:
        client.get(address)
    add_tasks(followers.plan, followers, alice, count=45)
    with django_assert_num_queries(len(few)):
        client.get(address)


def test_many_goals_ask_no_more_than_one(
    alice: Member,
    followers: Goal,
    signed_in: SignedIn,
    django_assert_num_queries: Any,
    django_assert_max_num_queries: Any,
) -> None:
    client = signed_in(alice)
    with django_assert_max_num_queries(30) as few:
        client.get(PAGE)
    for metric in ("likes", "comments", "shares", "orders"):
        Goal.objects.create(
            plan=followers.plan, dimension="user", metric=metric, must=Decimal(5), owner=alice
        )
    with django_assert_num_queries(len(few)):
        client.get(PAGE)


def test_a_guest_takes_the_plan_away_but_does_not_finalise_it(
    gus: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    page = signed_in(gus).get(PAGE).content.decode()
    assert "/t/content/2025-05/reports/plan.docx" in page
    assert "/t/content/2025-05/plan/finalise/" not in page


def test_no_goal_is_offered_that_has_no_month(
    alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    page = signed_in(alice).get(f"{PAGE}goals/new/").content.decode()
    assert 'value="post_views"' in page
    assert 'value="readers"' not in page


def test_one_line_after_another_without_opening_the_form_again(
    alice: Member, followers: Goal, signed_in: SignedIn
) -> None:
    client = signed_in(alice)
    words = {"title": "3 场视频直播", "goal": followers.pk, "dimension": "user", "more": "1"}
    answer = client.post(
        f"{PAGE}tasks/new/", words, headers={"HX-Request": "true"}
    ).content.decode()
    form = answer.partition('<div id="plan-form" hx-swap-oob="innerHTML">')[2]
    assert 'name="title"' in form  # empty, for the next one
    assert "3 场视频直播" in answer.partition("plan-form")[0]
    assert f'value="{followers.pk}" selected' in form  # under the same goal
    goal = {"metric": "pieces_article", "must": "20", "more": "1"}
    answer = client.post(f"{PAGE}goals/new/", goal, headers={"HX-Request": "true"}).content.decode()
    assert 'name="must"' in answer.partition('<div id="plan-form" hx-swap-oob="innerHTML">')[2]
    del words["more"]
    answer = client.post(
        f"{PAGE}tasks/new/", words, headers={"HX-Request": "true"}
    ).content.decode()
    assert '<div id="plan-form" hx-swap-oob="innerHTML"></div>' in answer
