"""How a month may end: from the facts, with its reason, and nothing made up."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from yunce.engines.forecasts import Campaign
from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import Source, record
from yunce.ground.facts.models import BatchKind
from yunce.ground.teams.models import Team
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.goals.queries.outlook import Outlook, outlooks_of
from yunce.loop.goals.rules.chances import chance_shown, chance_tone, chance_word

TENTH = date(2025, 5, 10)


def told(account: Account, metric: str, values: dict[date, float]) -> None:
    rows = [
        FactRow(account.team_id, account.pk, 0, metric, day, "", value)
        for day, value in values.items()
    ]
    source = Source(kind=BatchKind.GRID, account=account)
    record(team=account.team, by=None, source=source, rows=rows)


def back(days: int, *, until: date = TENTH) -> list[date]:
    return [until - timedelta(days=n) for n in range(days)]


def goal_on(plan: MonthPlan, metric: str, must: str, stretch: str | None = None) -> Goal:
    return Goal.objects.create(
        plan=plan,
        dimension="user",
        metric=metric,
        must=Decimal(must),
        stretch=Decimal(stretch) if stretch else None,
    )


def outlook(plan: MonthPlan, goal: Goal, *, as_of: date = TENTH) -> Outlook:
    return outlooks_of(plan, [goal], as_of=as_of)[goal.pk]


def test_a_steady_flow_ends_where_it_is_heading(plan: MonthPlan, account: Account) -> None:
    told(account, "new_followers", {day: 100.0 + day.day % 3 for day in back(200)})
    found = outlook(plan, goal_on(plan, "new_followers", "2500", "9000"))
    assert found.middle == pytest.approx(Decimal(3_130), rel=Decimal("0.05"))
    assert found.low < found.middle < found.high  # type: ignore[operator]
    assert found.p_must is not None
    assert found.p_must > 0.9
    assert found.p_stretch is not None
    assert found.p_stretch < 0.01
    assert (found.is_weak, found.reason) == (False, "按近半年的走势")


def test_a_stock_ends_at_its_level_plus_growth(plan: MonthPlan, account: Account) -> None:
    told(
        account, "total_followers", {day: 9_000.0 + day.toordinal() % 1000 * 10 for day in back(60)}
    )
    found = outlook(plan, goal_on(plan, "total_followers", "1"))
    newest = 9_000 + TENTH.toordinal() % 1000 * 10
    assert found.middle == pytest.approx(Decimal(newest + 21 * 10), rel=Decimal("0.02"))


def test_a_rate_is_one_sum_over_another(plan: MonthPlan, account: Account) -> None:
    told(account, "clicks", {day: 30.0 + day.day % 2 for day in back(90)})
    told(account, "exposures", dict.fromkeys(back(90), 1_000.0))
    found = outlook(plan, goal_on(plan, "click_rate", "0.02"))
    assert found.middle == pytest.approx(Decimal("0.0305"), rel=Decimal("0.05"))


def test_a_rate_of_followers_is_over_where_they_will_end(plan: MonthPlan, account: Account) -> None:
    goal = goal_on(plan, "interaction_rate_followers", "0.08")
    if goal.metric not in plan.catalogue:
        pytest.skip("the catalogue names this metric otherwise")
    for metric in ("likes", "comments", "shares"):
        told(account, metric, dict.fromkeys(back(90), 10.0))
    told(account, "total_followers", dict.fromkeys(back(90), 9_300.0))
    # 3 × 10 × 31 = 930 of 9,300
    assert outlook(plan, goal).middle == pytest.approx(Decimal("0.1"), rel=Decimal("0.1"))


def test_little_history_says_it_is_little(plan: MonthPlan, account: Account) -> None:
    told(account, "new_followers", dict.fromkeys(back(20), 100.0))
    found = outlook(plan, goal_on(plan, "new_followers", "2500"))
    assert found.is_weak
    assert "不到 28 天" in found.reason


def test_too_little_says_nothing(plan: MonthPlan, account: Account) -> None:
    told(account, "new_followers", dict.fromkeys(back(9), 100.0))
    found = outlook(plan, goal_on(plan, "new_followers", "2500"))
    assert (found.is_said, found.p_must) == (False, None)
    assert "证据不足" in found.reason


def test_no_data_says_so(plan: MonthPlan) -> None:
    assert outlook(plan, goal_on(plan, "new_followers", "2500")).reason == "还没有数据"


def test_what_has_no_honest_way_is_left_out(plan: MonthPlan, account: Account) -> None:
    told(account, "buyers", dict.fromkeys(back(90), 3.0))
    found = outlook(plan, goal_on(plan, "buyers", "2"))
    assert found.reason == "这类指标还不能预测月末"


def test_an_average_is_weighed_and_lower_is_better(plan: MonthPlan, account: Account) -> None:
    told(account, "landing_seconds", {day: 2.9 + day.day % 2 * 0.2 for day in back(90)})
    told(account, "visits", dict.fromkeys(back(90), 100.0))
    found = outlook(plan, goal_on(plan, "landing_seconds", "4", "2"))
    assert found.middle == pytest.approx(Decimal(3), rel=Decimal("0.05"))
    assert found.p_must is not None
    assert found.p_must > 0.9  # at most 4 seconds
    assert found.p_stretch is not None
    assert found.p_stretch < 0.1


def test_a_rate_with_a_half_told_account_still_answers(
    plan: MonthPlan, account: Account, team: Team
) -> None:
    """One account tells clicks only: it is in the numerator of nobody."""
    other = Account.objects.create(team=team, platform="douyin", name="只有点击")
    told(account, "clicks", dict.fromkeys(back(90), 30.0))
    told(account, "exposures", dict.fromkeys(back(90), 1_000.0))
    told(other, "clicks", dict.fromkeys(back(40), 5.0))
    assert outlook(plan, goal_on(plan, "click_rate", "0.02")).is_said


@pytest.mark.parametrize("day", [date(2025, 4, 30), date(2025, 5, 31), date(2025, 6, 10)])
def test_a_month_over_or_not_begun_has_no_outlook(plan: MonthPlan, day: date) -> None:
    assert outlooks_of(plan, [goal_on(plan, "new_followers", "1")], as_of=day) == {}


def test_planned_events_count(plan: MonthPlan, account: Account) -> None:
    events = {date(2025, 4, 10), date(2025, 4, 20), date(2025, 5, 5)}
    told(
        account,
        "new_followers",
        {day: 1_000.0 if day in events else 100.0 for day in back(200)},
    )
    goal = goal_on(plan, "new_followers", "5000")
    planned = {date(2025, 5, 20), date(2025, 5, 30)}

    def middle(days: set[date]) -> Decimal:
        found = outlooks_of(
            plan, [goal], as_of=TENTH, campaigns={"new_followers": {"直播": Campaign(days)}}
        )[goal.pk].middle
        assert found is not None
        return found

    # three past events brought 900 more than a usual hundred; so do the two to come
    assert middle(events | planned) - middle(events) == pytest.approx(
        Decimal(1_800), rel=Decimal("0.1")
    )


def test_many_goals_are_one_question(
    plan: MonthPlan, account: Account, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    told(account, "reads", dict.fromkeys(back(60), 100.0))
    goals = [goal_on(plan, metric, "1") for metric in ("reads", "likes", "comments", "shares")]
    for goal in goals:
        goal.plan = plan
    with django_assert_num_queries(6):  # journal, catalogue (2), accounts, closings, own days
        outlooks_of(plan, goals, as_of=TENTH)
    with django_assert_num_queries(1):  # has anything been written since?
        outlooks_of(plan, goals, as_of=TENTH)


@pytest.mark.parametrize(
    ("p", "shown", "word", "tone"),
    [
        (0.93, "93%", "把握大", "good"),
        (0.42, "42%", "五五开", "warn"),
        (0.28, "28%", "把握小", "bad"),
        (0.0, "<1%", "把握小", "bad"),
        (1.0, ">99%", "把握大", "good"),
        (None, "—", "", ""),
    ],
)
def test_a_chance_is_a_number_with_a_word(
    p: float | None, shown: str, word: str, tone: str
) -> None:
    assert (chance_shown(p), chance_word(p), chance_tone(p)) == (shown, word, tone)
