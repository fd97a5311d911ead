"""Plan curves: what shares what, what a day should bring, what 本月 expects; by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from tests.cast import AccessOf
from yunce.ground.calendars.models import TeamDay
from yunce.ground.teams.models import Member, User
from yunce.loop.goals.actions import set_curve_day, set_curve_week, shape_curve
from yunce.loop.goals.models import CurveDay, Goal, MonthPlan
from yunce.loop.goals.queries import progress_of
from yunce.loop.goals.queries.curves import curve_of

SignedIn = Callable[[User | Member], Client]


@pytest.fixture
def even(followers: Goal) -> Goal:
    """3,100 in 31 days: 100 a day."""
    Goal.objects.filter(pk=followers.pk).update(must=3_100, stretch=None)
    followers.refresh_from_db()
    return followers


def expected(goal: Goal, day: int) -> Decimal:
    (found,) = progress_of(MonthPlan.objects.get(pk=goal.plan_id), as_of=date(2025, 5, day))
    return found.expected


def test_written_day_stays_and_the_rest_share(
    alice: Member, even: Goal, access_of: AccessOf
) -> None:
    day = date(2025, 5, 10)
    set_curve_day(access=access_of(alice), goal=even, day=day, amount=Decimal(1_600))
    days = curve_of(Goal.objects.get(pk=even.pk)).days(Decimal(1))
    assert (days[day], days[date(2025, 5, 9)]) == (Decimal(1_600), Decimal(50))  # 1,500 ÷ 30
    assert sum(days.values()) == 3_100


def test_the_month_page_expects_what_the_curve_says(
    alice: Member, even: Goal, access_of: AccessOf
) -> None:
    assert expected(even, 9) == 900
    set_curve_day(access=access_of(alice), goal=even, day=date(2025, 5, 10), amount=Decimal(1_600))
    assert expected(even, 9) == 450  # 9 × 50
    assert expected(even, 10) == 2_050
    assert expected(even, 31) == 3_100


def test_written_week_is_shared_by_its_days(alice: Member, even: Goal, access_of: AccessOf) -> None:
    monday = date(2025, 5, 5)
    set_curve_week(access=access_of(alice), goal=even, monday=monday, amount=Decimal(1_400))
    found = curve_of(Goal.objects.get(pk=even.pk)).weeks(Decimal(1))
    assert found[monday] == 1_400
    assert sum(found.values()) == 3_100


def test_calendar_gives_rest_days_half_and_marked_days_more(
    alice: Member, even: Goal, access_of: AccessOf
) -> None:
    TeamDay.objects.create(
        team=even.plan.team, name="大场直播", first=date(2025, 5, 7), last=date(2025, 5, 7)
    )
    shape_curve(access=access_of(alice), goal=even, shape="calendar")
    weights = curve_of(Goal.objects.get(pk=even.pk)).weights
    assert weights[date(2025, 5, 6)] == 1  # Tuesday
    assert weights[date(2025, 5, 7)] == Decimal("1.5")  # the team's own day
    assert weights[date(2025, 5, 10)] == Decimal("0.5")  # Saturday
    assert weights[date(2025, 5, 1)] == Decimal("0.5")  # 劳动节


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [(Decimal(3_101), "超过必达 3,100"), (Decimal(-1), "不能是负数")],
)
def test_impossible_days_are_refused_and_nothing_is_saved(
    alice: Member, even: Goal, access_of: AccessOf, amount: Decimal, sentence: str
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        set_curve_day(access=access_of(alice), goal=even, day=date(2025, 5, 1), amount=amount)
    assert not CurveDay.objects.exists()


def test_member_cannot_shape_a_curve(bob: Member, even: Goal, access_of: AccessOf) -> None:
    with pytest.raises(PermissionDenied):
        shape_curve(access=access_of(bob), goal=even, shape="calendar")


def test_a_rate_has_no_curve(alice: Member, plan: MonthPlan, access_of: AccessOf) -> None:
    rate = Goal.objects.create(
        plan=plan, dimension="interaction", metric="interaction_rate_reads", must=Decimal("0.08")
    )
    with pytest.raises(ValidationError, match="没有曲线可分"):
        shape_curve(access=access_of(alice), goal=rate, shape="calendar")


def test_typing_a_day_on_the_page_saves_it(alice: Member, even: Goal, signed_in: SignedIn) -> None:
    client = signed_in(alice)
    address = f"/t/content/2025-05/targets/{even.pk}/curve/set/"
    client.post(address, {"day": "2025-05-10", "amount": "1.6k"})
    assert not CurveDay.objects.exists()  # 1.6k is no number; the page says so
    client.post(address, {"day": "2025-05-10", "amount": "1,600"})
    assert CurveDay.objects.get().amount == 1_600
