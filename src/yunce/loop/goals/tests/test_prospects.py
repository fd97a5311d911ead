"""Alert levels, months not begun, and histories that are bad in every way known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from yunce.engines.forecasts import Campaign, Flag, Level
from yunce.engines.forecasts import pace as pace_of
from yunce.ground.channels.models import Account
from yunce.kit.months import Month
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.goals.queries import endings, progress_of
from yunce.loop.goals.queries.outlook import outlook_of
from yunce.loop.goals.queries.prospects import Prospect, metric_prospects, prospects_of
from yunce.loop.goals.queries.so_far import so_far
from yunce.loop.goals.rules.chances import as_told
from yunce.loop.goals.tests.test_outlook import back, goal_on, told

TENTH = date(2025, 5, 10)
JUNE = Month(2025, 6)


def prospect(plan: MonthPlan, goal: Goal, *, as_of: date = TENTH) -> Prospect:
    return prospects_of(plan, [goal], as_of=as_of)[goal.pk]


def june(account: Account, plan: MonthPlan, metric: str = "new_followers") -> Prospect:
    found = metric_prospects(
        account.team, [metric], JUNE, as_of=TENTH, known=plan.catalogue, campaigns={}
    )
    return found[metric]


def test_next_month_is_forecast_while_this_one_runs(plan: MonthPlan, account: Account) -> None:
    told(account, "new_followers", {day: 100.0 + day.day % 3 for day in back(200)})
    ending = june(account, plan).ending
    assert ending is not None
    assert ending.q(0.5) == pytest.approx(30 * 101, rel=0.05)
    assert ending.known == 0


def test_a_stock_grows_until_next_months_end(plan: MonthPlan, account: Account) -> None:
    told(account, "total_followers", {day: 10.0 * day.toordinal() for day in back(120)})
    newest = 10 * TENTH.toordinal()
    ending = june(account, plan, "total_followers").ending
    assert ending is not None
    # 21 days of May and 30 of June bring 10 each
    assert (ending.q(0.5) or 0) - newest == pytest.approx(510, rel=0.08)


def test_a_month_far_ahead_is_not_forecast(plan: MonthPlan, account: Account) -> None:
    told(account, "new_followers", dict.fromkeys(back(200), 100.0))
    found = metric_prospects(
        account.team, ["new_followers"], Month(2025, 9), as_of=TENTH, known=plan.catalogue
    )["new_followers"]
    assert "两个月" in found.problem
    assert found.ending is None


@pytest.mark.parametrize(
    "daily",
    [
        lambda day: 100.0 if day < date(2025, 5, 3) else 10.0,  # falls, an alert stands
        lambda day: 100.0 + day.day % 5,  # as ever
        lambda day: 100.0 if day < date(2025, 5, 3) else 100.0 + 40 * day.day,  # recovers
    ],
)
def test_the_short_way_back_finds_the_level_of_the_whole_way(
    plan: MonthPlan, account: Account, daily: Callable[[date], float]
) -> None:
    told(account, "new_followers", {day: daily(day) for day in back(200)})
    goal = goal_on(plan, "new_followers", "3150")
    found = prospect(plan, goal)
    whole = pace_of([p for _day, p in found.chances(goal.must)])
    assert found.pace(goal.must).level is whole.level


def test_a_collapse_is_red(plan: MonthPlan, account: Account) -> None:
    told(account, "new_followers", {d: 100.0 if d < date(2025, 5, 1) else 5.0 for d in back(200)})
    goal = goal_on(plan, "new_followers", "3000")
    assert outlook_of(goal, prospect(plan, goal)).level is Level.RED


def test_what_was_worked_out_is_kept(
    plan: MonthPlan, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(account, "new_followers", {day: 90.0 + day.day % 7 for day in back(200)})
    goal = goal_on(plan, "new_followers", "2800")
    before = prospect(plan, goal).chances(goal.must)

    def again(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("worked out twice")

    monkeypatch.setattr(endings, "_worked_out", again)
    assert prospect(plan, goal).chances(goal.must) == before


def test_a_new_day_costs_one_forecast_and_leaves_the_days_before(
    plan: MonthPlan, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(account, "new_followers", {day: 90.0 + day.day % 7 for day in back(200)})
    goal = goal_on(plan, "new_followers", "2800")
    before = prospect(plan, goal).chances(goal.must)
    told(account, "new_followers", {date(2025, 5, 11): 4_000.0})
    asked: list[object] = []
    work = endings._worked_out

    def counted(*args: Any, **words: Any) -> endings.Ending:
        asked.append(words["as_of"])
        return work(*args, **words)

    monkeypatch.setattr(endings, "_worked_out", counted)
    assert prospect(plan, goal, as_of=date(2025, 5, 11)).chances(goal.must)[:10] == before
    assert asked == [date(2025, 5, 11)]


def test_numbers_that_change_are_seen(plan: MonthPlan, account: Account) -> None:
    told(account, "new_followers", {day: 90.0 + day.day % 7 for day in back(200)})
    goal = goal_on(plan, "new_followers", "2800")
    before = prospect(plan, goal).chance(goal.must)
    told(account, "new_followers", {date(2025, 5, 9): 0.0, TENTH: 0.0, date(2025, 5, 8): 0.0})
    assert prospect(plan, goal).chance(goal.must) != before


def test_the_fan_opens_towards_the_months_end(plan: MonthPlan, account: Account) -> None:
    told(account, "new_followers", {day: 90.0 + day.day * 13 % 40 for day in back(200)})
    fan = prospect(plan, goal_on(plan, "new_followers", "2800")).fan()
    assert [fan[0].day > TENTH, fan[-1].day] == [True, date(2025, 5, 31)]
    assert all(d.lowest <= d.low <= d.middle <= d.high <= d.highest for d in fan)
    assert fan[-1].high - fan[-1].low > fan[0].high - fan[0].low


def test_proposals_are_round_and_as_likely_as_they_say(plan: MonthPlan, account: Account) -> None:
    told(account, "new_followers", {day: 60.0 + day.toordinal() * 37 % 80 for day in back(200)})
    found = june(account, plan).proposal()
    assert found.must is not None
    assert found.stretch is not None
    assert found.must == round(found.must, -1)
    assert found.p_must == pytest.approx(0.7, abs=0.06)
    assert found.p_stretch == pytest.approx(0.25, abs=0.06)


def test_a_stocks_proposal_keeps_the_figures_that_count(plan: MonthPlan, account: Account) -> None:
    """123,456 followers growing by ten a day: 120,000 would be reached already."""
    levels = {day: 123_456.0 - 10 * n - n % 3 for n, day in enumerate(back(200))}
    told(account, "total_followers", levels)
    found = june(account, plan, "total_followers").proposal()
    assert found.must is not None
    assert found.must > 123_456


def test_lower_is_better_proposes_the_other_way_round(plan: MonthPlan, account: Account) -> None:
    told(account, "refund_amount", {day: 60.0 + day.toordinal() * 37 % 80 for day in back(200)})
    told(account, "cost", {day: 900.0 + day.toordinal() * 53 % 300 for day in back(200)})
    told(account, "new_followers", dict.fromkeys(back(200), 100.0))
    found = june(account, plan, "cost_per_follower").proposal()
    assert found.must is not None
    assert found.stretch is not None
    assert found.stretch < found.must


@pytest.mark.parametrize(
    ("daily", "says"),
    [
        (lambda n: 0.0, ""),
        (lambda n: 7.0, ""),
        (lambda n: 100_000.0 if n == 20 else 100.0, "爆款"),
        (lambda n: None if n % 5 == 0 else 100.0, "缺数"),
        (lambda n: 0.0 if n < 16 else 100.0, "最近两周没有新增"),
        (lambda n: 100.0 if n < 5 else None, "不到 14 天"),
        (lambda n: -3.0 if n % 2 else 5.0, "负数"),
        (lambda n: 1_000.0 if n < 14 else 100.0, "水平"),
    ],
)
def test_bad_histories_have_an_answer_or_a_reason(
    plan: MonthPlan, account: Account, daily: Callable[[int], float | None], says: str
) -> None:
    values = {day: daily(n) for n, day in enumerate(back(200))}
    told(account, "new_followers", {d: v for d, v in values.items() if v is not None})
    goal = goal_on(plan, "new_followers", "3000", "4000")
    found = outlook_of(goal, prospect(plan, goal))
    assert says in found.reason
    known = [found.low, found.middle, found.high]
    assert all(value is None or value.is_finite() for value in known)
    assert found.is_said or found.p_must is None


def test_a_target_of_nothing_has_no_chance(plan: MonthPlan, account: Account) -> None:
    told(account, "new_followers", dict.fromkeys(back(200), 100.0))
    goal = goal_on(plan, "new_followers", "0")
    found = outlook_of(goal, prospect(plan, goal))
    assert (found.p_must, found.level, found.is_said) == (None, Level.UNKNOWN, True)


def test_a_year_without_announced_holidays_says_so(account: Account, plan: MonthPlan) -> None:
    last = date(2035, 5, 10)
    told(account, "new_followers", dict.fromkeys(back(200, until=last), 100.0))
    found = metric_prospects(
        account.team, ["new_followers"], Month(2035, 5), as_of=last, known=plan.catalogue
    )["new_followers"]
    assert not found.is_announced
    assert found.ending is not None
    assert found.ending.is_said


@pytest.mark.parametrize(
    ("low", "middle", "high", "said"),
    [
        ("10412", "11518", "12633", ("10400", "11500", "12600")),
        ("123456", "123460", "123471", ("123456", "123460", "123471")),
        ("0.0128", "0.0147", "0.0166", ("0.0128", "0.0147", "0.0166")),
        ("5", "5", "5", ("5", "5", "5")),
    ],
)
def test_a_range_is_told_no_finer_than_it_is_wide(
    low: str, middle: str, high: str, said: tuple[str, str, str]
) -> None:
    found = as_told((Decimal(low), Decimal(middle), Decimal(high)))
    assert tuple(map(str, found)) == said


def test_before_the_first_day_nothing_is_past(plan: MonthPlan, account: Account) -> None:
    told(account, "new_followers", dict.fromkeys(back(200), 100.0))
    found = june(account, plan)
    assert (found.past, found.pace(Decimal(1)).level) == ([], Level.UNKNOWN)
    assert found.fan()[0].day > JUNE.first - timedelta(days=1)


def test_an_event_nobody_has_tried_counts_as_planned(plan: MonthPlan, account: Account) -> None:
    told(account, "new_followers", {day: 100.0 + day.day % 3 for day in back(200)})
    goal = goal_on(plan, "new_followers", "8000")
    live = Campaign({date(2025, 5, 20)}, expected=5_000)
    plain = prospect(plan, goal)
    found = prospects_of(plan, [goal], as_of=TENTH, campaigns={"new_followers": {"直播": live}})[
        goal.pk
    ]
    assert plain.ending is not None
    assert found.ending is not None
    more = (found.ending.q(0.5) or 0) - (plain.ending.q(0.5) or 0)
    assert more == pytest.approx(5_000, rel=0.01)
    assert Flag.UNTRIED in found.ending.flags
    without, with_it = (each.chance(Decimal(8_000)) or 0 for each in (plain, found))
    assert without < 0.01
    assert 0.25 < with_it < 0.75


def test_the_fan_climbs_on_the_day_of_the_event(plan: MonthPlan, account: Account) -> None:
    told(account, "new_followers", {day: 100.0 + day.day % 3 for day in back(200)})
    goal = goal_on(plan, "new_followers", "8000")
    live = Campaign({date(2025, 5, 20)}, expected=5_000)
    kinds = {"new_followers": {"直播": live}}
    fan = {
        each.day: each
        for each in prospects_of(plan, [goal], as_of=TENTH, campaigns=kinds)[goal.pk].fan()
    }
    before, after = fan[date(2025, 5, 19)], fan[date(2025, 5, 20)]
    assert after.middle - before.middle == pytest.approx(Decimal(5_100), rel=Decimal("0.03"))


def test_a_day_without_works_is_none_made(plan: MonthPlan, account: Account) -> None:
    """Every third day one article: 31 days of a month bring about ten."""
    told(account, "pieces_article", {day: 1.0 for day in back(200) if day.toordinal() % 3 == 0})
    told(account, "reads", dict.fromkeys(back(200), 100.0))
    goals = [goal_on(plan, "pieces_article", "9"), goal_on(plan, "reads", "3000")]
    ending = prospects_of(plan, goals, as_of=TENTH)[goals[0].pk].ending
    assert ending is not None
    assert ending.q(0.1) < 10.3 < ending.q(0.9)  # type: ignore[operator]
    assert ending.q(0.5) == pytest.approx(10.3, rel=0.25)


@pytest.mark.parametrize("day_lacking", [None, date(2025, 5, 3)])
def test_a_rate_of_a_sum_is_forecast(
    plan: MonthPlan, account: Account, day_lacking: date | None
) -> None:
    """(30 + 15 + 5) ÷ 1,000 every day; a day that lacks a part is left out."""
    parts = {"likes": 30.0, "comments": 15.0, "shares": 5.0, "reads": 1_000.0}
    for metric, value in parts.items():
        days = [day for day in back(100) if (metric, day) != ("likes", day_lacking)]
        told(account, metric, dict.fromkeys(days, value))
    ending = prospect(plan, goal_on(plan, "interaction_rate_reads", "0.08")).ending
    assert ending is not None
    assert ending.q(0.5) == pytest.approx(0.05)


def test_a_rate_so_far_is_what_the_answer_says(plan: MonthPlan, account: Account) -> None:
    """Clicks are told on every second day only; Σ ÷ Σ leaves the other days' exposures out."""
    told(account, "clicks", {day: 60.0 for day in back(100) if day.day % 2 == 0})
    told(account, "exposures", dict.fromkeys(back(100), 1_000.0))
    goal = goal_on(plan, "click_rate", "0.03")
    series = prospect(plan, goal).series
    assert series is not None
    track = so_far(series, plan.month, until=TENTH)
    # 5 × 60 of 5 × 1,000
    assert track[TENTH] == Decimal("0.06")
    assert progress_of(plan, as_of=TENTH)[0].actual == Decimal("0.06")
