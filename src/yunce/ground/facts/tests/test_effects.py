"""An effect over the team's own facts: found, not found, and refused with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.daily import days_of, uneven
from yunce.engines.explain import Verdict
from yunce.engines.metrics import UnknownMetricError
from yunce.ground.channels.models import Account
from yunce.ground.facts.queries import catalogue_of
from yunce.ground.facts.queries.effects import Trial, judgeable, trial
from yunce.ground.teams.models import Team

FIRST = date(2025, 1, 1)
START, END = date(2025, 6, 2), date(2025, 6, 8)
AT = (START - FIRST).days
TODAY = date(2025, 6, 20)


def asked(team: Team, metric: str = "new_followers", accounts: Sequence[int] = ()) -> Trial:
    return trial(team, metric, start=START, end=END, today=TODAY, accounts=accounts)


@pytest.fixture
def others(team: Team, account: Account) -> list[Account]:
    """Five more accounts in which nothing happens."""
    made = [
        Account.objects.create(team=team, platform="douyin", name=f"抖音 {n}") for n in range(5)
    ]
    for n, each in enumerate(made):
        days_of(each, "new_followers", FIRST, uneven(200 + 60 * n, 165, seed=n))
    return made


def lifted(by: float, *, days: int = 165, metric_level: float = 300) -> list[float]:
    values = uneven(metric_level, days, seed=99)
    return [round(v * (by if AT <= n <= AT + 6 else 1)) for n, v in enumerate(values)]


def test_a_campaign_of_one_account_is_seen_against_the_others(
    account: Account, others: list[Account]
) -> None:
    days_of(account, "new_followers", FIRST, lifted(1.6))
    found = asked(account.team, accounts=[account.pk])
    effect = found.effect
    assert effect.verdict is Verdict.WORKED and effect.has_controls
    assert effect.lo is not None and effect.hi is not None
    assert effect.lo < 0.6 < effect.hi
    assert (found.treated, len(found.controls)) == ((account.pk,), 5)


def test_nothing_is_called_unclear_and_says_what_would_have_been_seen(
    account: Account, others: list[Account]
) -> None:
    days_of(account, "new_followers", FIRST, lifted(1.0))
    effect = asked(account.team, accounts=[account.pk]).effect
    assert effect.verdict is Verdict.UNCLEAR
    assert effect.mde is not None and 0 < effect.mde < 1


def test_all_accounts_at_once_are_only_compared_before_and_after(
    account: Account, others: list[Account]
) -> None:
    days_of(account, "new_followers", FIRST, lifted(1.6))
    found = asked(account.team)
    assert len(found.treated) == 6 and not found.effect.has_controls
    assert "没有对照" in found.effect.assumptions[0]


def test_a_rate_is_judged_by_its_two_sums(account: Account, others: list[Account]) -> None:
    """Twice the exposures bring twice the clicks: more clicks, and no better a rate."""
    for n, each in enumerate([account, *others]):
        grows = 2 if each == account else 1
        seen = uneven(5000, 165, seed=n)
        seen = [v * (grows if AT <= d <= AT + 6 else 1) for d, v in enumerate(seen)]
        days_of(each, "exposures", FIRST, seen)
        clicked = zip(seen, uneven(30, 165, seed=50 + n), strict=True)
        days_of(each, "clicks", FIRST, [round(v * rate / 1000) for v, rate in clicked])
    team = account.team
    assert asked(team, "clicks", [account.pk]).effect.verdict is Verdict.WORKED
    rate = asked(team, "click_rate", [account.pk])
    assert rate.effect.verdict is Verdict.UNCLEAR
    inside = [each for each in rate.days if each.is_inside]
    assert all(each.actual == pytest.approx(0.03, rel=0.5) for each in inside)


def test_a_rate_of_a_sum_is_judged(account: Account) -> None:
    """Comments nobody tells count as nothing beside likes and shares."""
    days_of(account, "likes", FIRST, lifted(1.6))
    days_of(account, "shares", FIRST, [10.0] * 165)
    days_of(account, "reads", FIRST, uneven(20_000, 165, seed=3))
    found = asked(account.team, "interaction_rate_reads")
    assert found.effect.lift is not None and found.effect.lift > 0.3
    seen = found.days[-1].actual
    assert seen is not None and 0.02 < float(seen) < 0.04  # (300 × 1.6 + 10) ÷ 20,000


def test_the_days_of_the_chart_are_four_weeks_and_the_window(
    account: Account, others: list[Account]
) -> None:
    days_of(account, "new_followers", FIRST, lifted(2.0))
    days = asked(account.team, accounts=[account.pk]).days
    assert (len(days), days[0].day, days[-1].day) == (35, START - timedelta(days=28), END)
    assert next(each.day for each in days if each.is_inside) == START
    assert all(each.expected == pytest.approx(300, rel=0.25) for each in days)


@pytest.mark.parametrize(
    ("start", "end", "today", "reason"),
    [
        (END, START, TODAY, "晚于结束日期"),
        (START, END, END, "要到 2025/6/8 才过完"),
        (START, START + timedelta(days=80), date(2026, 1, 1), "一次最多看 62 天"),
        (START, date(2025, 6, 19), TODAY, "数据只到 2025/6/14"),
        (FIRST + timedelta(days=10), FIRST + timedelta(days=12), TODAY, "至少要 28 天"),
        (FIRST + timedelta(days=40), FIRST + timedelta(days=46), TODAY, "没有足够的平常时段"),
        (date(1, 1, 5), date(1, 1, 8), TODAY, "2009 年以前"),
    ],
)
def test_what_cannot_be_told_is_refused_in_a_sentence(
    account: Account, start: date, end: date, today: date, reason: str
) -> None:
    days_of(account, "new_followers", FIRST, lifted(1.6))
    found = trial(account.team, "new_followers", start=start, end=end, today=today)
    assert found.effect.verdict is None
    assert reason in found.effect.reason


@pytest.mark.parametrize("metric", ["total_followers", "landing_seconds", "post_views", "wci"])
def test_what_does_not_add_up_by_day_is_refused(account: Account, metric: str) -> None:
    assert "不能这样检验" in asked(account.team, metric).effect.reason


def test_a_metric_there_is_not_is_an_error_with_a_name(account: Account) -> None:
    with pytest.raises(UnknownMetricError):
        asked(account.team, "new_folowers")


def test_an_account_without_numbers_is_told_apart(account: Account, others: list[Account]) -> None:
    found = asked(account.team, accounts=[account.pk])
    assert found.missing == (account.pk,) and "没有「新增粉丝」的数据" in found.effect.reason
    both = asked(account.team, accounts=[account.pk, others[0].pk])
    assert (both.missing, both.treated) == ((account.pk,), (others[0].pk,))


def test_a_team_without_any_number_is_refused(team: Team) -> None:
    assert asked(team).effect.reason


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([0.0] * 165, id="all zero"),
        pytest.param([7.0] * 165, id="constant"),
        pytest.param([7.0] * 100 + [7000.0] + [7.0] * 64, id="one day ×1000"),
        pytest.param([None if n % 5 == 0 else 9.0 for n in range(165)], id="a fifth missing"),
        pytest.param([-3.0] * 165, id="negative"),
        pytest.param([1e300] * 165, id="huge"),
        pytest.param([None] * 140 + [5.0] * 25, id="begins late"),
        pytest.param([5.0] * 153 + [None] * 4 + [5.0] * 8, id="stops inside"),
    ],
)
def test_odd_numbers_get_an_answer_or_a_reason(
    account: Account, others: list[Account], values: list[float | None]
) -> None:
    days_of(account, "new_followers", FIRST, values)
    found = asked(account.team, accounts=[account.pk])
    effect = found.effect
    assert (effect.verdict is None) == bool(effect.reason)
    told = [effect.lift, effect.lo, effect.hi, effect.mde, effect.drift]
    told += [each.expected for each in found.days] + [each.actual for each in found.days]
    assert all(number == number and abs(number) < float("inf") for number in told if number)


def test_metrics_that_can_be_judged_have_numbers(account: Account) -> None:
    days_of(account, "clicks", START, [5.0, 6.0])
    days_of(account, "exposures", START, [50.0, 60.0])
    days_of(account, "total_followers", START, [50.0, 60.0])
    team = account.team
    found = {each.code for each in judgeable(team, catalogue_of(team), start=START, end=END)}
    assert {"clicks", "exposures", "click_rate"} <= found
    assert not found & {"total_followers", "new_followers", "post_views"}


def test_many_accounts_take_as_many_queries_as_one(
    account: Account, others: list[Account], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    days_of(account, "new_followers", FIRST, lifted(1.6))
    with django_assert_num_queries(4):
        asked(account.team, accounts=[account.pk])
