"""Numbers typed over the API: of accounts and of posts, as on the pages of the grids."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import SeenPost, Source, close_month, record
from yunce.ground.facts.models import Batch, BatchKind, Post
from yunce.ground.teams.models import Member, Team, User
from yunce.kit.months import Month

Program = Callable[[User | Member], Client]
Tell = Callable[..., Batch]
Put = Callable[..., Any]
JSON = "application/json"


@pytest.fixture
def values(account: Account) -> str:
    return f"/api/v1/teams/content/accounts/{account.pk}/values/2025-05"


@pytest.fixture
def put(program: Program, bob: Member, values: str) -> Put:
    """`put(("reads", 1, 5))` as Bob's program, days of May 2025."""
    client = program(bob)

    def send(*cells: tuple[Any, ...]) -> Any:
        return client.put(values, {"values": [cell(*each) for each in cells]}, JSON)

    return send


def cell(metric: str, day: int, value: object, *seen: object) -> dict[str, object]:
    told = {"metric": metric, "day": date(2025, 5, day).isoformat(), "value": value}
    return told | ({"seen": seen[0]} if seen else {})


def test_numbers_are_written_in_one_batch_and_told_back(put: Put, bob: Member) -> None:
    answer = put(("reads", 1, "1.2万"), ("reads", 2, 0), ("cover_click_rate", 1, 0.125)).json()
    batch = Batch.objects.get()
    assert (answer["batch"], answer["added"], batch.kind) == (batch.pk, 3, BatchKind.GRID)
    assert [(each["metric"], each["day"], each["value"]) for each in answer["values"]] == [
        ("reads", "2025-05-01", 12000),
        ("reads", "2025-05-02", 0),
        ("cover_click_rate", "2025-05-01", 0.125),
    ]
    assert batch.created_by == bob.user


def test_the_same_numbers_again_write_nothing(put: Put) -> None:
    put(("reads", 1, 5))
    assert put(("reads", 1, 5)).json()["batch"] is None
    assert Batch.objects.count() == 1


def test_null_empties_what_was_typed_and_brings_back_the_file(put: Put, told: Tell) -> None:
    told("reads", {1: 7})
    put(("reads", 1, 5), ("reads", 2, 6))
    answer = put(("reads", 1, None), ("reads", 2, None)).json()
    assert [each["value"] for each in answer["values"]] == [7, None]


def test_a_number_of_a_file_is_not_emptied(put: Put, told: Tell) -> None:
    told("reads", {1: 7})
    answer = put(("reads", 1, None))
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["field"] == "reads.2025-05-01"
    assert "不能在这里清空" in error["message"]


def test_what_somebody_wrote_meanwhile_is_a_conflict(put: Put) -> None:
    put(("reads", 1, 5))
    answer = put(("reads", 1, 9, None), ("reads", 2, 4))
    assert answer.status_code == 409
    (error,) = answer.json()["errors"]
    assert (error["current"], error["wanted"]) == (5, "9")
    assert error["who"].startswith("王文案")
    assert Batch.objects.count() == 1
    assert put(("reads", 1, 9, 5)).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        (("reads", 1, "很多"), "reads.2025-05-01", "看不懂「很多」"),
        (("reads", 1, -5), "reads.2025-05-01", "不会小于 0"),
        (("reads", 1, 1.5), "reads.2025-05-01", "不是整数"),
        (("reads", 1, 1e300), "values.1.value", "太大了"),
        (("reads", 1, []), "values.1.value", "应是数字"),
        (("reads", 1, 5, 1e300), "values.1.seen", "太大了"),
        (("click_rate", 1, 0.5), "values.1.metric", "「click_rate」不是账号上可以手工填的指标"),
        (("post_views", 1, 5), "values.1.metric", "不是账号上可以手工填的指标"),
    ],
)
def test_a_wrong_number_is_named_and_none_is_written(
    put: Put, wrong: tuple[Any, ...], field: str, said: str
) -> None:
    answer = put(("likes", 1, 5), wrong)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["field"] == field
    assert said in error["message"]
    assert not Batch.objects.exists()


def test_another_months_day_is_named(program: Program, bob: Member, values: str) -> None:
    strange = {"metric": "reads", "day": "2025-06-01", "value": 5}
    answer = program(bob).put(values, {"values": [strange]}, JSON)
    assert answer.json()["errors"] == [
        {"field": "values.0.day", "message": "2025-06-01 不在 2025-05 里。"}
    ]


def test_a_closed_month_takes_no_typed_number(put: Put, team: Team) -> None:
    close_month(team=team, month=Month(2025, 5), by=None)
    answer = put(("reads", 1, 5))
    assert answer.status_code == 422
    assert "2025-05 已关账" in answer.json()["detail"]
    assert not Batch.objects.exists()


def test_numbers_are_read_with_who_said_them(
    program: Program, vera: Member, values: str, put: Put, told: Tell
) -> None:
    told("reads", {1: 7})
    put(("reads", 1, 5))
    (known,) = program(vera).get(values).json()
    assert known["value"] == 5
    assert [(each["value"], each["is_typed"]) for each in known["said"]] == [(7, False), (5, True)]
    assert program(vera).get(values, {"metrics": "likes"}).json() == []


def test_typing_is_for_who_records(
    program: Program, vera: Member, charlie: User, values: str
) -> None:
    sheet = {"values": [cell("reads", 1, 5)]}
    assert program(vera).put(values, sheet, JSON).status_code == 403
    assert program(charlie).put(values, sheet, JSON).status_code == 404
    assert program(charlie).get(values).status_code == 404
    assert not Batch.objects.exists()


@pytest.fixture
def posts(account: Account) -> list[Post]:
    """Two posts of the account, one of them with 100 views on 20 May."""
    record(
        team=account.team,
        by=None,
        source=Source(kind=BatchKind.FILE, account=account, file_name="作品.xlsx"),
        posts=[SeenPost(account=account, key=key, title=key) for key in ("甲", "乙")],
        rows=lambda numbers: [
            FactRow(
                account.team_id,
                account.pk,
                numbers[account.pk, "甲"],
                "post_views",
                date(2025, 5, 20),
                "",
                100.0,
            )
        ],
    )
    return list(Post.objects.order_by("pk"))


@pytest.fixture
def post_values(account: Account) -> str:
    return f"/api/v1/teams/content/accounts/{account.pk}/post-values/2025-05-21"


def of_post(post: int, value: object, **seen: object) -> dict[str, Any]:
    return {"values": [{"metric": "post_views", "post": post, "value": value, **seen}]}


def test_posts_get_numbers_of_a_day(
    program: Program, bob: Member, post_values: str, posts: list[Post]
) -> None:
    client = program(bob)
    answer = client.put(post_values, of_post(posts[0].pk, "1,200"), JSON).json()
    (value,) = answer["values"]
    assert (value["post"], value["day"], value["value"]) == (posts[0].pk, "2025-05-21", 1200)
    (known,) = client.get(post_values).json()
    assert (known["post"], known["value"], known["batch"]) == (posts[0].pk, 1200, answer["batch"])
    emptied = client.put(post_values, of_post(posts[0].pk, None), JSON).json()
    assert [each["value"] for each in emptied["values"]] == [None]


def test_a_number_of_a_post_somebody_wrote_is_a_conflict(
    program: Program, bob: Member, post_values: str, posts: list[Post]
) -> None:
    client = program(bob)
    client.put(post_values, of_post(posts[0].pk, 5), JSON)
    answer = client.put(post_values, of_post(posts[0].pk, 9, seen=None), JSON)
    assert answer.status_code == 409
    assert answer.json()["errors"][0]["current"] == 5


def test_a_strange_post_is_named_and_a_closed_month_refuses(
    program: Program,
    bob: Member,
    vera: Member,
    charlie: User,
    team: Team,
    post_values: str,
    posts: list[Post],
) -> None:
    client = program(bob)
    answer = client.put(post_values, of_post(4711, 5), JSON)
    assert answer.json()["errors"] == [
        {"field": "values.0.post", "message": "这个账号没有第 4711 号作品。"}
    ]
    huge = client.put(post_values, of_post(10**30, 5), JSON)
    assert huge.json()["errors"] == [
        {"field": "values.0.post", "message": "参数 values.0.post 太大了。"}
    ]
    sheet = of_post(posts[0].pk, 5)
    assert program(vera).put(post_values, sheet, JSON).status_code == 403
    assert program(charlie).put(post_values, sheet, JSON).status_code == 404
    close_month(team=team, month=Month(2025, 5), by=None)
    closed = client.put(post_values, sheet, JSON)
    assert (closed.status_code, "2025-05 已关账" in closed.json()["detail"]) == (422, True)
    assert Batch.objects.count() == 1
