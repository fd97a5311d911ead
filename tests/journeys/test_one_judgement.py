"""本月, the review and the API say the same of one goal, whatever its plan's even line says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import Source, record
from yunce.ground.facts.models import BatchKind
from yunce.ground.teams.actions import create_api_token
from yunce.ground.teams.models import Member
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.goals.queries import progress_of
from yunce.loop.goals.rules import Pace

HISTORY = 180  # days at ten a day
SPIKE = (date(2025, 5, 1), date(2025, 5, 2), date(2025, 5, 3))


@pytest.fixture
def goal(plan: MonthPlan, account: Account) -> Goal:
    """Ahead of the even line by three good days, and far from must at the usual ten a day."""
    start = date(2025, 5, 12) - timedelta(days=HISTORY)
    days = [start + timedelta(days=n) for n in range(HISTORY + 1)]
    rows = [
        FactRow(
            plan.team_id, account.pk, 0, "new_followers", day, "", 400.0 if day in SPIKE else 10.0
        )
        for day in days
    ]
    record(team=plan.team, by=None, source=Source(kind=BatchKind.GRID), rows=rows)
    return Goal.objects.create(
        plan=plan, dimension="user", metric="new_followers", must=Decimal(3100)
    )


def today_is(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: day)


def api(alice: Member, address: str) -> Any:
    _token, plain = create_api_token(alice.user, "测试")
    program = Client(headers={"Authorization": f"Bearer {plain}"})
    return program.get(f"/api/v1/teams/content/months/2025-05{address}").json()


def said(alice: Member, signed_in: Callable[[Member], Client]) -> tuple[str, str, str]:
    """(本月, the review, the API)."""
    pages = signed_in(alice)
    (row,) = pages.get("/t/content/2025-05/").context["page"].rows
    (result,) = pages.get("/t/content/2025-05/review/").context["review"].results
    (told,) = api(alice, "")["goals"]
    return row.status.value, result.status, told["pace"]


def test_a_running_month_is_judged_by_its_forecast_everywhere(
    goal: Goal,
    alice: Member,
    signed_in: Callable[[Member], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    today_is(monkeypatch, date(2025, 5, 13))
    (progress,) = progress_of(goal.plan, as_of=date(2025, 5, 12))
    assert progress.pace is Pace.STEADY  # 1,290 of 1,200 expected by then
    assert said(alice, signed_in) == ("behind", "behind", "behind")


def test_of_a_month_that_is_over_nothing_is_expected(
    goal: Goal,
    alice: Member,
    signed_in: Callable[[Member], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    today_is(monkeypatch, date(2025, 6, 2))
    assert said(alice, signed_in) == ("short", "short", "unknown")


@pytest.mark.parametrize(
    ("today", "counted"),
    [
        (date(2025, 5, 13), "2025-05-12"),  # today's numbers come tomorrow
        (date(2025, 5, 12), "2025-05-12"),  # unless they are here
        (date(2025, 5, 20), "2025-05-19"),  # a day that should be here and is not
        (date(2025, 6, 2), "2025-05-31"),
    ],
)
def test_pages_and_programs_count_up_to_the_same_day(
    goal: Goal,
    alice: Member,
    signed_in: Callable[[Member], Client],
    monkeypatch: pytest.MonkeyPatch,
    today: date,
    counted: str,
) -> None:
    today_is(monkeypatch, today)
    page = signed_in(alice).get("/t/content/2025-05/").context["page"]
    month, outlook = api(alice, ""), api(alice, f"/goals/{goal.pk}/outlook")
    assert (str(page.as_of), month["as_of"], outlook["as_of"]) == (counted,) * 3
    (row,), (told,) = page.rows, month["goals"]
    assert told["actual"] == float(row.progress.actual)
    assert told["expected"] == pytest.approx(float(row.progress.expected))
