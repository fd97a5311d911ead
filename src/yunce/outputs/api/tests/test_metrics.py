"""The catalogue and metric queries over the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.test import Client

from yunce.engines.metrics import FactRow, catalogue
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import Source, record
from yunce.ground.facts.models import BatchKind
from yunce.ground.teams.models import Member, User

Program = Callable[[User | Member], Client]
QUERY = "/api/v1/teams/content/query"
MAY = {"from": "2025-05-01", "to": "2025-05-31"}


def test_every_metric_is_in_the_catalogue(program: Program, alice: Member) -> None:
    listed = program(alice).get("/api/v1/metrics").json()
    assert [metric["code"] for metric in listed] == list(catalogue())


def test_values_are_split_as_asked(program: Program, vera: Member, account: Account) -> None:
    row = FactRow(account.team_id, account.pk, 0, "new_followers", date(2025, 5, 2), "", 25.0)
    record(team=account.team, by=None, source=Source(kind=BatchKind.GRID), rows=[row])
    asked = {"metric": "new_followers", "by": "day,account", **MAY}
    answered = program(vera).get(QUERY, asked).json()
    assert [(row["day"], row["account"], row["value"]) for row in answered["rows"]] == [
        ("2025-05-02", "运策小红书", 25.0)
    ]


def test_an_unknown_metric_is_a_sentence(program: Program, vera: Member) -> None:
    response = program(vera).get(QUERY, {"metric": "newfollowers", **MAY})
    assert response.status_code == 422
    assert "new_followers" in response.json()["detail"]


def test_a_day_that_is_none_is_a_sentence(program: Program, vera: Member) -> None:
    response = program(vera).get(QUERY, {"metric": "reads", "from": "May", "to": "2025-05-31"})
    assert response.status_code == 422
    assert response.json()["errors"] == [
        {"field": "from", "message": "参数 from 应是日期，如 2025-05-01。"}
    ]


def test_days_the_wrong_way_round_are_a_sentence(program: Program, vera: Member) -> None:
    asked = {"metric": "reads", "from": "2025-05-31", "to": "2025-05-01"}
    response = program(vera).get(QUERY, asked)
    assert response.status_code == 422
    assert "晚于" in response.json()["detail"]


def test_a_guest_sees_no_numbers(program: Program, gus: Member) -> None:
    assert program(gus).get(QUERY, {"metric": "reads", **MAY}).status_code == 403
