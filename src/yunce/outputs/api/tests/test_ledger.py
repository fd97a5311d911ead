"""Coverage, restatements and single imports over the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import Source, close_month, record
from yunce.ground.facts.models import Batch, BatchKind
from yunce.ground.teams.models import Member, Team, User
from yunce.kit.months import Month

Program = Callable[[User | Member], Client]
TEAM = "/api/v1/teams/content"
MAY = {"from": "2025-05-01", "to": "2025-05-31"}


@pytest.fixture
def batches(account: Account) -> list[Batch]:
    """Two days told, then one of them told differently."""
    made = []
    for values in ({1: 10.0, 2: 20.0}, {2: 22.0}):
        rows = [
            FactRow(account.team_id, account.pk, 0, "reads", date(2025, 5, day), "", value)
            for day, value in values.items()
        ]
        source = Source(kind=BatchKind.FILE, account=account, file_name="阅读.xlsx")
        batch = record(team=account.team, by=None, source=source, rows=rows).batch
        assert batch is not None
        made.append(batch)
    return made


@pytest.mark.usefixtures("batches")
def test_coverage_names_the_days(program: Program, vera: Member, account: Account) -> None:
    assert program(vera).get(f"{TEAM}/coverage/2025-05").json() == {
        "month": "2025-05",
        "days": 31,
        "is_closed": False,
        "accounts": [
            {
                "account_id": account.pk,
                "account": "运策小红书",
                "days": ["2025-05-01", "2025-05-02"],
                "covered_days": 2,
            }
        ],
    }


def test_coverage_says_when_a_month_is_closed(program: Program, vera: Member, team: Team) -> None:
    close_month(team=team, month=Month(2025, 5), by=None)
    assert program(vera).get(f"{TEAM}/coverage/2025-05").json()["is_closed"] is True


def test_coverage_of_no_month_is_not_found(program: Program, vera: Member) -> None:
    assert program(vera).get(f"{TEAM}/coverage/2025-13").status_code == 404


def test_restatements_tell_every_value_and_its_import(
    program: Program, vera: Member, account: Account, batches: list[Batch]
) -> None:
    first, second = batches
    assert program(vera).get(f"{TEAM}/restatements", MAY).json() == [
        {
            "metric": "reads",
            "account_id": account.pk,
            "post": None,
            "day": "2025-05-02",
            "segment": "",
            "stated": [
                {"batch": first.pk, "value": 20.0},
                {"batch": second.pk, "value": 22.0},
            ],
            "counts": second.pk,
        }
    ]
    assert program(vera).get(f"{TEAM}/restatements", {**MAY, "metric": "likes"}).json() == []


def test_the_import_behind_a_value_can_be_looked_at_and_undone(
    program: Program, bob: Member, batches: list[Batch]
) -> None:
    client = program(bob)
    told = client.get(f"{TEAM}/imports/{batches[1].pk}").json()
    assert (told["file_name"], told["updated"], told["state"]) == ("阅读.xlsx", 1, "committed")
    undone = client.post(f"{TEAM}/imports/{batches[1].pk}/undo").json()
    assert undone["state"] == "undone"
    assert client.get(f"{TEAM}/restatements", MAY).json() == []


@pytest.mark.parametrize("page", ["coverage/2025-05", "metrics", "metrics/reads"])
def test_a_guest_sees_no_numbers(program: Program, gus: Member, page: str) -> None:
    assert program(gus).get(f"{TEAM}/{page}").status_code == 403


def test_every_operation_is_described(program: Program, vera: Member) -> None:
    paths = program(vera).get("/api/v1/openapi.json").json()["paths"]
    operations = [each for path in paths.values() for each in path.values()]
    named = {each["operationId"] for each in operations}
    assert {"get_metric", "get_coverage", "list_restatements", "get_import", "undo_import"} <= named
    assert all(each["description"] for each in operations)


def test_restatements_of_strange_years_are_refused(program: Program, vera: Member) -> None:
    response = program(vera).get(f"{TEAM}/restatements", {"from": "0001-01-01", "to": "9999-12-31"})
    assert response.status_code == 422
    assert "日期 0001-01-01 不对" in response.json()["detail"]
