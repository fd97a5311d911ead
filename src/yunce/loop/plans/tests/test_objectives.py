"""目标树: objectives with their months, how much is planned, how much is reached."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from yunce.ground.journal.models import Entry
from yunce.ground.teams.models import Member, Team, User
from yunce.loop.goals.models import Goal, MonthPlan, Objective
from yunce.loop.goals.queries.objectives import objective_trees
from yunce.loop.goals.rules.alignment import lies_in, period_words
from yunce.loop.plans.models import Task

SignedIn = Callable[[User | Member], Client]
PAGE = "/t/content/objectives/"
TODAY = date(2025, 5, 20)


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def quarter(team: Team) -> Objective:
    return Objective.objects.create(
        team=team,
        title="二季度新增 3 万",
        period="quarter",
        starts_on=date(2025, 4, 1),
        metric="new_followers",
        target=Decimal(30_000),
    )


@pytest.fixture
def year(team: Team, quarter: Objective) -> Objective:
    whole = Objective.objects.create(
        team=team,
        title="全年新增 12 万",
        period="year",
        starts_on=date(2025, 1, 1),
        metric="new_followers",
        target=Decimal(120_000),
    )
    Objective.objects.filter(pk=quarter.pk).update(parent=whole)
    return whole


def goal_in(team: Team, month: int, must: int, objective: Objective, metric: str) -> Goal:
    plan = MonthPlan.objects.create(team=team, month_start=date(2025, month, 1))
    return Goal.objects.create(
        plan=plan, dimension="user", metric=metric, must=Decimal(must), objective=objective
    )


def test_months_of_a_flow_add_up_to_quarter_and_year(
    team: Team, quarter: Objective, year: Objective
) -> None:
    goal_in(team, 4, 9_000, quarter, "new_followers")
    goal_in(team, 5, 12_000, quarter, "new_followers")
    (tree,) = objective_trees(team, today=TODAY)
    # 9,000 + 12,000 = 21,000: 70 % of the quarter's 30,000, 17.5 % of the year's 120,000
    assert (tree.planned, tree.covered) == (Decimal(21_000), Decimal("0.175"))
    assert tree.branches[0].covered == Decimal("0.7")
    assert tree.actual is None


def test_a_stock_takes_the_last_month(team: Team) -> None:
    level = Objective.objects.create(
        team=team, title="到 6 万", period="open", metric="total_followers", target=60_000
    )
    goal_in(team, 4, 40_000, level, "total_followers")
    goal_in(team, 5, 45_000, level, "total_followers")
    assert objective_trees(team, today=TODAY)[0].planned == Decimal(45_000)


def test_a_ratio_is_not_added(team: Team) -> None:
    rate = Objective.objects.create(
        team=team, title="互动率", period="open", metric="interaction_rate_reads", target="0.08"
    )
    goal_in(team, 4, 0, rate, "interaction_rate_reads")
    tree = objective_trees(team, today=TODAY)[0]
    assert (tree.planned, tree.adds_up) == (None, False)


@pytest.mark.parametrize(
    ("period", "start", "words"),
    [
        ("quarter", date(2025, 4, 1), "2025 年二季度"),
        ("year", date(2025, 1, 1), "2025 年"),
        ("open", None, "不限期"),
    ],
)
def test_periods_in_words(period: str, start: date | None, words: str) -> None:
    assert period_words(period, start) == words


def test_july_is_not_in_the_second_quarter() -> None:
    start = date(2025, 4, 1)
    assert lies_in(date(2025, 6, 1), period="quarter", starts_on=start)
    assert not lies_in(date(2025, 7, 1), period="quarter", starts_on=start)


def test_an_objective_is_added_with_a_typed_target(
    alice: Member, team: Team, signed_in: SignedIn
) -> None:
    values = {
        "title": "全年新增 12 万",
        "horizon": "long",
        "period": "year",
        "starts_on": "2025-05-09",
        "metric": "new_followers",
        "target": "12万",
    }
    answer = signed_in(alice).post(PAGE + "new/", values, follow=True)
    made = Objective.objects.get()
    assert (made.target, made.starts_on) == (Decimal(120_000), date(2025, 1, 1))
    assert "全年新增 12 万" in text(answer)
    assert Entry.objects.filter(verb="goals.add_objective").exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"period": "year"}, "季度和年度目标要写从哪天开始"),
        ({"period": "open", "target": "5"}, "写了目标值，要选是哪个指标的。"),
        ({"period": "open", "metric": "likes", "target": "-5"}, "目标值不能是负数。"),
        ({"period": "open", "metric": "likes", "target": "很多"}, "看不懂「很多」"),
    ],
)
def test_a_bad_objective_is_refused_in_a_sentence(
    values: dict[str, str], sentence: str, alice: Member, team: Team, signed_in: SignedIn
) -> None:
    answer = signed_in(alice).post(PAGE + "new/", {"title": "x", "horizon": "short", **values})
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not Objective.objects.exists()


def test_nothing_stands_under_itself(
    alice: Member, quarter: Objective, year: Objective, signed_in: SignedIn
) -> None:
    values = {
        "title": "全年",
        "horizon": "long",
        "period": "year",
        "starts_on": "2025-01-01",
        "parent": quarter.pk,
    }
    answer = signed_in(alice).post(f"{PAGE}{year.pk}/", values)
    assert answer.status_code == 422
    assert "不能放到自己或自己的下级下面" in text(answer)


def test_a_goal_is_aligned_and_shown_with_its_tasks(
    alice: Member, livestreams: Task, followers: Goal, quarter: Objective, signed_in: SignedIn
) -> None:
    client = signed_in(alice)
    assert "还没有对齐的月度目标" in text(client.get(PAGE))
    client.post(f"{PAGE}align/{followers.pk}/", {"objective": quarter.pk})
    page = text(client.get(PAGE))
    assert "还没有对齐的月度目标" not in page
    assert "3 场视频直播" in page
    assert "40%" in page  # 12,000 of 30,000


def test_an_archived_objective_comes_back(
    alice: Member, quarter: Objective, signed_in: SignedIn
) -> None:
    client = signed_in(alice)
    client.post(f"{PAGE}{quarter.pk}/archive/")
    assert "已归档" in text(client.get(PAGE))
    client.post(f"{PAGE}{quarter.pk}/restore/")
    quarter.refresh_from_db()
    assert quarter.archived_at is None


@pytest.mark.parametrize("address", ["new/", "{own}/", "{own}/archive/", "align/{goal}/"])
@pytest.mark.parametrize(("person", "status"), [("bob", 403), ("gus", 403), ("charlie", 404)])
def test_only_planners_write(
    address: str,
    person: str,
    status: int,
    request: pytest.FixtureRequest,
    quarter: Objective,
    followers: Goal,
    signed_in: SignedIn,
) -> None:
    client = signed_in(request.getfixturevalue(person))
    where = PAGE + address.format(own=quarter.pk, goal=followers.pk)
    assert client.post(where).status_code == status


def test_more_objectives_ask_no_more(
    alice: Member,
    team: Team,
    quarter: Objective,
    signed_in: SignedIn,
    django_assert_num_queries: Any,
    django_assert_max_num_queries: Any,
) -> None:
    client = signed_in(alice)
    goal_in(team, 3, 5, quarter, "new_followers")
    with django_assert_max_num_queries(30) as few:
        client.get(PAGE)
    for month in (4, 5, 6):
        goal_in(team, month, 5, quarter, "new_followers")
        Objective.objects.create(team=team, title=f"目标 {month}", period="open")
    with django_assert_num_queries(len(few)):
        client.get(PAGE)
