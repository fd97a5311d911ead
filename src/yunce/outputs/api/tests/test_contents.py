"""Posts compared over the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.published import a_post_a_day, publish
from yunce.ground.channels.models import Account
from yunce.ground.teams.models import Member, User

Program = Callable[[User | Member], Client]
PATH = "/api/v1/teams/content/posts/comparison"


@pytest.fixture(autouse=True)
def _august(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2025, 8, 20))


def test_posts_are_compared(program: Program, vera: Member, account: Account) -> None:
    publish(account, a_post_a_day(21, [100.0] * 20 + [400.0], series=["甲", "乙", "丙"]))
    told = program(vera).get(PATH, {"limit": 1}).json()
    (best,) = told["posts"]
    assert (told["count"], told["start"], told["end"]) == (21, "2025-02-21", "2025-05-21")
    assert (best["title"], best["value"], best["multiple"]) == ("作品 020", 400, 4)
    series = next(each for each in told["groupings"] if each["by"] == "series")
    assert series["no_difference"] and series["best"] is None
    assert {group["group"] for group in series["groups"]} == {"甲", "乙", "丙"}


def test_nothing_is_no_error(program: Program, vera: Member, account: Account) -> None:
    told = program(vera).get(PATH, {"platform": "douyin"}).json()
    assert (told["count"], told["posts"], told["groupings"]) == (0, [], [])


@pytest.mark.parametrize("asked", [{"age": 9}, {"days": 1}, {"metric": "reads"}, {"limit": "x"}])
def test_an_odd_question_is_refused_in_a_sentence(
    program: Program, vera: Member, asked: dict[str, str]
) -> None:
    answer = program(vera).get(PATH, asked)
    assert answer.status_code == 422
    assert next(iter(asked)) in answer.json()["detail"]


def test_a_stranger_finds_nothing(program: Program, charlie: User, account: Account) -> None:
    assert program(charlie).get(PATH).status_code == 404
