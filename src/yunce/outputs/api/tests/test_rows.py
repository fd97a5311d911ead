"""From a number to its rows, and from a row to who told it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import SeenPost, Source, close_month, record
from yunce.ground.facts.models import Batch, BatchKind, Post
from yunce.ground.teams.models import Member, Team, User
from yunce.kit.months import Month

Program = Callable[[User | Member], Client]
Tell = Callable[..., Batch]
METRICS = "/api/v1/teams/content/metrics"
MAY: dict[str, Any] = {"from": "2025-05-01", "to": "2025-05-31"}


def test_a_ratio_opens_to_its_parts_and_their_rows(
    program: Program, vera: Member, told: Tell
) -> None:
    told("clicks", {1: 30, 2: 5})
    told("exposures", {1: 600, 2: 400})
    client = program(vera)
    found = client.get(f"{METRICS}/click_rate/rows", MAY).json()
    assert found["value"] == 0.035  # 35 of 1,000
    assert [(part["metric"], part["value"]) for part in found["parts"]] == [
        ("clicks", 35),
        ("exposures", 1000),
    ]
    assert [(row["day"], row["value"]) for row in found["rows"]] == [
        ("2025-05-02", 5),
        ("2025-05-01", 30),
    ]
    other = client.get(f"{METRICS}/click_rate/rows", {**MAY, "part": "exposures"}).json()
    assert [row["value"] for row in other["rows"]] == [400, 600]


def test_every_row_names_who_brought_which_file_when(
    program: Program, vera: Member, told: Tell
) -> None:
    first, second = told("likes", {1: 100}), told("likes", {1: 120})
    found = program(vera).get(f"{METRICS}/likes/rows", MAY).json()
    (row,) = found["rows"]
    assert (row["value"], row["batch"]) == (120, second.pk)
    assert row["before"] == [{"batch": first.pk, "value": 100}]
    assert [
        (batch["id"], batch["file_name"], batch["created_by"]) for batch in found["batches"]
    ] == [(first.pk, "日报.xlsx", "王文案"), (second.pk, "日报.xlsx", "王文案")]


def test_rows_that_do_not_count_say_why(program: Program, vera: Member, told: Tell) -> None:
    told("total_followers", {1: 500, 9: 800})
    client = program(vera)
    found = client.get(f"{METRICS}/total_followers/rows", MAY).json()
    assert (found["counted"], found["apart"], len(found["rows"])) == (1, 1, 1)
    found = client.get(f"{METRICS}/total_followers/rows", {**MAY, "all": "true"}).json()
    assert [(row["value"], row["apart"], row["why"]) for row in found["rows"]] == [
        (800, "", ""),
        (500, "earlier", "不是最后一天"),
    ]


def test_a_closed_month_is_read_as_it_was_closed(
    program: Program, vera: Member, team: Team, told: Tell
) -> None:
    told("likes", {1: 100})
    close_month(team=team, month=Month(2025, 5), by=None)
    later = told("likes", {1: 90})
    found = program(vera).get(f"{METRICS}/likes/rows", MAY).json()
    (row,) = found["rows"]
    assert (found["value"], row["value"]) == (100, 100)
    assert row["since"] == {"batch": later.pk, "value": 90}
    assert [(each["month"], each["changed_since"]) for each in found["changed"]] == [("2025-05", 1)]


def test_rows_are_paged_and_narrowed_to_an_account(
    program: Program, vera: Member, account: Account, told: Tell
) -> None:
    told("likes", dict.fromkeys(range(1, 32), 1.0))
    other = Account.objects.create(team=account.team, platform="douyin", name="运策抖音")
    client = program(vera)
    found = client.get(f"{METRICS}/likes/rows", {**MAY, "page": 7}).json()
    assert (found["page"], found["pages"], len(found["rows"])) == (1, 1, 31)
    found = client.get(f"{METRICS}/likes/rows", {**MAY, "account_id": other.pk}).json()
    assert (found["rows"], found["value"], found["account_id"]) == ([], None, other.pk)


def test_of_one_post_all_its_days_are_told(
    program: Program, vera: Member, account: Account
) -> None:
    days = (date(2024, 1, 1), date(2025, 5, 20))
    record(
        team=account.team,
        by=None,
        source=Source(kind=BatchKind.FILE, account=account),
        posts=[SeenPost(account=account, key=key, title=key) for key in ("甲", "乙")],
        rows=lambda numbers: [
            FactRow(account.team_id, account.pk, post, "post_views", day, "", 5.0)
            for post in numbers.values()
            for day in days
        ],
    )
    post = Post.objects.get(title="甲")
    asked: dict[str, Any] = {"post": post.pk, "all": "true"}
    found = program(vera).get(f"{METRICS}/post_views/rows", asked).json()
    assert (found["post"], found["start"], found["end"]) == (post.pk, "2024-01-01", "2025-05-20")
    assert {row["title"] for row in found["rows"]} == {"甲"}


def test_more_rows_and_batches_take_no_more_queries(
    program: Program,
    vera: Member,
    told: Tell,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for day in range(1, 21):
        told("likes", {day: 1.0, 31: float(day)})
    client = program(vera)
    with django_assert_max_num_queries(15):
        found = client.get(f"{METRICS}/likes/rows", MAY).json()
    assert (len(found["rows"]), len(found["batches"])) == (21, 20)


@pytest.mark.parametrize(
    ("asked", "field", "why"),
    [
        ({"from": "2025-06-01", "to": "2025-05-01"}, "from", "开始日期晚于结束日期"),
        ({"from": "2001-01-01", "to": "2025-05-01"}, "from", "最多看三年"),
        ({"to": "0001-01-01"}, "from", "年份不对"),
        ({"from": "May"}, "from", "应是日期"),
        ({"part": "reads"}, "part", "由 likes 组成"),
    ],
)
def test_a_question_that_makes_no_sense_is_a_sentence(
    program: Program, vera: Member, asked: dict[str, str], field: str, why: str
) -> None:
    answer = program(vera).get(f"{METRICS}/likes/rows", asked)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["field"] == field
    assert why in error["message"]


def test_rows_are_for_who_sees_numbers(
    program: Program, vera: Member, gus: Member, charlie: User, account: Account
) -> None:
    assert program(gus).get(f"{METRICS}/likes/rows").status_code == 403
    assert program(charlie).get(f"{METRICS}/likes/rows").status_code == 404
    elsewhere = {"account_id": account.pk + 1}
    assert program(vera).get(f"{METRICS}/likes/rows", elsewhere).status_code == 404
    assert program(vera).get(f"{METRICS}/lykes/rows").json()["detail"].endswith("是否想写：likes？")
