"""Posts over the API: listed, described, and what numbers are then split by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import SeenPost, Source, record
from yunce.ground.facts.models import BatchKind, Post
from yunce.ground.teams.models import Member, User

Program = Callable[[User | Member], Client]
POSTS = "/api/v1/teams/content/posts"
JSON = "application/json"
DAY = date(2025, 5, 20)
THAT_DAY = {"from": "2025-05-20", "to": "2025-05-20"}


@pytest.fixture
def posts(account: Account) -> list[int]:
    """Two posts with 100 and 20 views."""
    seen = [SeenPost(account=account, key=key, title=key) for key in ("一", "二")]
    values = {"一": 100.0, "二": 20.0}
    record(
        team=account.team,
        by=None,
        source=Source(kind=BatchKind.FILE, account=account),
        posts=seen,
        rows=lambda numbers: [
            FactRow(account.team_id, account.pk, post, "post_views", DAY, "", values[key])
            for (_account, key), post in numbers.items()
        ],
    )
    return list(Post.objects.order_by("key").values_list("pk", flat=True))


def test_posts_are_listed(program: Program, vera: Member, posts: list[int]) -> None:
    told = program(vera).get(POSTS, {"search": "一"}).json()
    (post,) = told["posts"]
    assert (told["count"], post["title"], post["original"]) == (1, "一", None)


def test_a_described_post_splits_the_numbers(
    program: Program, bob: Member, posts: list[int]
) -> None:
    client = program(bob)
    said = client.patch(f"{POSTS}/{posts[0]}", {"author": " 小林 ", "original": True}, JSON)
    assert (said.json()["author"], said.json()["original"]) == ("小林", True)
    asked = {"metric": "post_views", "by": "author", **THAT_DAY}
    rows = client.get("/api/v1/teams/content/query", asked).json()["rows"]
    assert {row["author"]: row["value"] for row in rows} == {"": 20, "小林": 100}


def test_many_posts_are_described_at_once(program: Program, bob: Member, posts: list[int]) -> None:
    said = program(bob).post(f"{POSTS}/describe", {"posts": posts, "series": "测评"}, JSON)
    assert said.json() == {"changed": 2}
    assert set(Post.objects.values_list("series", flat=True)) == {"测评"}


def test_one_unknown_post_refuses_all(program: Program, bob: Member, posts: list[int]) -> None:
    asked = {"posts": [*posts, 4711], "series": "测评"}
    said = program(bob).post(f"{POSTS}/describe", asked, JSON)
    assert (said.status_code, said.json()["detail"]) == (422, "没有这些作品：4711。")
    assert set(Post.objects.values_list("series", flat=True)) == {""}


def test_too_long_a_word_is_a_sentence(program: Program, bob: Member, posts: list[int]) -> None:
    said = program(bob).patch(f"{POSTS}/{posts[0]}", {"topic": "长" * 61}, JSON)
    assert said.json()["errors"] == [{"field": "topic", "message": "最多 60 个字，请写短些。"}]


def test_a_viewer_describes_nothing(program: Program, vera: Member, posts: list[int]) -> None:
    assert program(vera).patch(f"{POSTS}/{posts[0]}", {"topic": "露营"}, JSON).status_code == 403


def test_a_list_asks_the_database_as_often_however_long_it_is(
    program: Program,
    vera: Member,
    account: Account,
    posts: list[int],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    Post.objects.bulk_create([Post(account=account, key=f"{n}") for n in range(200)])
    client = program(vera)
    with django_assert_max_num_queries(6):
        assert len(client.get(POSTS, {"limit": 200}).json()["posts"]) == 200
