"""有没有用 as people see it: a verdict, its limits, and refusals in sentences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.daily import days_of, uneven
from yunce.engines.explain import Effect, Verdict
from yunce.ground.channels.models import Account
from yunce.ground.teams.models import Member, Team
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.plans.models import Task
from yunce.loop.reviews.models import Improvement
from yunce.outputs.dashboards.effect import wording
from yunce.outputs.dashboards.tests.reading import page_of

PATH = "/t/content/effects/"
SignedIn = Callable[[Any], Client]
FIRST = date(2024, 12, 1)
EVENT = (date(2025, 5, 20) - FIRST).days


@pytest.fixture(autouse=True)
def _june(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2025, 6, 20))


@pytest.fixture
def veras(vera: Member, signed_in: SignedIn) -> Client:
    return signed_in(vera)


@pytest.fixture
def live(plan: MonthPlan) -> Task:
    goal = Goal.objects.create(plan=plan, metric="new_followers", must=100, dimension="user")
    return Task.objects.create(
        plan=plan, title="抖音直播", dimension="user", nodes=["2025-05-20"], goal=goal
    )


@pytest.fixture
def numbers(team: Team, account: Account) -> Account:
    """Six accounts; on 抖音 three days from 5/20 bring twice as much."""
    for n in range(5):
        other = Account.objects.create(team=team, platform="bilibili", name=f"B站 {n}")
        days_of(other, "new_followers", FIRST, uneven(200 + 50 * n, 182, seed=n))
    douyin = Account.objects.create(team=team, platform="douyin", name="直播间")
    values = uneven(300, 182, seed=9)
    lifted = [v * 2 if EVENT <= n < EVENT + 3 else v for n, v in enumerate(values)]
    days_of(douyin, "new_followers", FIRST, lifted)
    return douyin


def text(client: Client, query: str = "", status: int = 200) -> str:
    page = page_of(client, PATH + query, status=status)
    assert "inf" not in page.split("<main", 1)[1].split("effect-chart")[0].replace("info", "")
    return page


def test_the_newest_finished_deed_is_judged_unasked(
    veras: Client, live: Task, numbers: Account
) -> None:
    page = text(veras)
    assert "有效：新增粉丝比没有它时至少多" in page
    assert "5 个账号，同期" in page  # 抖音 is in its title, so the others are controls
    assert "变化在同一时间发生，不等于就是它造成的。" in page


def test_all_accounts_is_only_before_and_after(veras: Client, live: Task, numbers: Account) -> None:
    page = text(veras, "?from=2025-05-20&to=2025-05-22&metric=new_followers")
    assert "没有，只是前后比较" in page


def test_two_things_at_once_get_no_credit(veras: Client, live: Task, numbers: Account) -> None:
    Task.objects.create(
        plan=live.plan, title="裂变", dimension="user", nodes=["2025-05-21"], goal=live.goal
    )
    page = text(veras, f"?what=task:{live.pk}:2025-05-20")
    assert "2 件事同时做，分不开" in page and "同一时间还有 「裂变」" in page
    assert ">有效<" not in page


def test_an_improvement_whose_weeks_are_not_over_is_refused_with_the_day(
    veras: Client, plan: MonthPlan, numbers: Account
) -> None:
    made = Improvement.objects.create(
        plan=plan, dimension="user", measure="换奖品", due_on=date(2025, 6, 15)
    )
    page = text(veras, f"?what=improvement:{made.pk}")
    assert "要到 2025/6/28 才过完" in page


def test_the_review_asks_whether_an_improvement_worked(veras: Client, live: Task) -> None:
    made = Improvement.objects.create(
        plan=live.plan, dimension="user", measure="换奖品", due_on=date(2025, 6, 15)
    )
    page = veras.get("/t/content/2025-05/review/").content.decode()
    assert f'href="{PATH}?what=improvement:{made.pk}"' in page


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("?what=task:1:x", 422, "没有这件事"),
        ("?what=improvement:99999999999999999999", 422, "没有这件事"),
        ("?from=2025-05-20&to=2025-05-01&metric=new_followers", 200, "开始日期晚于结束日期"),
        ("?from=2025-05-20&to=2025-05-22&metric=nonsense", 422, "没有这个选择"),
        ("?from=x&to=2025-05-22", 422, "看不懂这个日期"),
        ("?from=2025-05-20&to=2025-05-22&account=x", 422, "没有这个选择"),
        ("?from=0001-01-01&to=0001-01-02&metric=new_followers", 200, "2009 年以前没有数据"),
        ("?from=9999-12-01&to=9999-12-31&metric=new_followers", 200, "才过完"),
        ("?from=2024-12-05&to=2024-12-08&metric=new_followers", 200, "至少要 28 天"),
        ("?from=2025-01-05&to=2025-06-08&metric=new_followers", 200, "一次最多看 62 天"),
    ],
)
def test_odd_questions_get_a_sentence(
    veras: Client, numbers: Account, query: str, status: int, said: str
) -> None:
    assert said in text(veras, query, status=status)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([0.0] * 182, id="all zero"),
        pytest.param([7.0] * 182, id="constant"),
        pytest.param([7.0] * 100 + [7000.0] + [7.0] * 81, id="one day ×1000"),
        pytest.param([None if n % 5 == 0 else 9.0 for n in range(182)], id="a fifth missing"),
        pytest.param([-3.0] * 182, id="negative"),
    ],
)
def test_odd_numbers_make_a_page(
    veras: Client, account: Account, values: list[float | None]
) -> None:
    days_of(account, "new_followers", FIRST, values)
    text(veras, "?from=2025-05-20&to=2025-05-22&metric=new_followers")


def test_a_team_without_numbers_is_told_what_is_needed(veras: Client, live: Task) -> None:
    page = text(veras)
    assert "还没有数据" in page and "至少四周" in page


def test_a_stranger_finds_nothing(charlie: Any, team: Team, signed_in: SignedIn) -> None:
    assert signed_in(charlie).get(PATH).status_code == 404


def test_the_page_takes_few_queries(
    veras: Client,
    live: Task,
    numbers: Account,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(20):
        Task.objects.create(
            plan=live.plan, title=f"直播 {n}", dimension="user", nodes=["2025-05-01"]
        )
    with django_assert_max_num_queries(29):
        text(veras)


@pytest.mark.parametrize(
    ("effect", "sentence"),
    [
        (Effect(0.3, 0.12, 0.5, Verdict.WORKED, 0.1), "有效：粉丝比没有它时至少多 12%"),
        (Effect(70, 60, 80, Verdict.WORKED, 0.1), "有效：粉丝至少是没有它时的 61 倍"),
        (Effect(0.1, 0.001, 0.5, Verdict.WORKED, 0.1), "有效：粉丝比没有它时至少多 一点"),
        (Effect(-0.3, -0.5, -0.1, Verdict.HARMED, 0.1), "反效果：粉丝比没有它时至少少 10%"),
        (
            Effect(0.02, -0.1, 0.15, Verdict.UNCLEAR, 0.2),
            "看不出：粉丝的变化在 −10% 到 +15% 之间，含 0",
        ),
        (Effect(reason="太短"), "还不能说有没有用"),
    ],
)
def test_a_verdict_never_says_more_than_the_near_end(effect: Effect, sentence: str) -> None:
    assert wording.verdict(effect, "粉丝", []) == sentence
