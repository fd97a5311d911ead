"""What numbers are missing, over the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import Source, check_data, record
from yunce.ground.facts.models import BatchKind
from yunce.ground.teams.models import Member, User

Program = Callable[[User | Member], Client]
MISSING = "/api/v1/teams/content/missing"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """It is 1 June 2025."""
    day = date(2025, 6, 1)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: day)
    return day


def told(account: Account, *days: date) -> None:
    rows = [FactRow(account.team_id, account.pk, 0, "reads", day, "", 5.0) for day in days]
    source = Source(kind=BatchKind.FILE, account=account)
    record(team=account.team, by=None, source=source, rows=rows)


def test_accounts_without_yesterdays_numbers_are_named(
    program: Program, vera: Member, account: Account, today: date
) -> None:
    told(account, date(2025, 5, 28))
    check_data(team=account.team, today=today)
    client = program(vera)
    found = client.get(MISSING).json()
    assert (found["day"], found["missing"]) == (
        "2025-05-31",
        [{"account_id": account.pk, "account": "运策小红书", "since": "2025-05-29"}],
    )
    told(account, date(2025, 5, 31))
    assert client.get(MISSING).json()["missing"] == []


def test_days_a_platform_soon_forgets_are_told(
    program: Program, vera: Member, account: Account, today: date
) -> None:
    window = account.spec.window_days
    assert window
    told(account, today - timedelta(days=window + 1))
    (closing,) = program(vera).get(MISSING).json()["closing"]
    first = today - timedelta(days=window)  # its numbers can be exported for the last time today
    assert (closing["account_id"], closing["days"][0], closing["until"]) == (
        account.pk,
        first.isoformat(),
        today.isoformat(),
    )


def test_it_is_for_who_sees_numbers(program: Program, gus: Member, charlie: User) -> None:
    assert program(gus).get(MISSING).status_code == 403
    assert program(charlie).get(MISSING).status_code == 404
