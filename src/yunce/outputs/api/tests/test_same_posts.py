"""Which posts are one, over the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import SeenPost, Source, close_month, record
from yunce.ground.facts.models import BatchKind, Post, PostDoubt
from yunce.ground.teams.models import Member, Team, User
from yunce.kit.months import Month

Program = Callable[[User | Member], Client]
POSTS = "/api/v1/teams/content/posts"
JSON = "application/json"


@pytest.fixture
def posts(account: Account) -> tuple[Post, Post]:
    """Two posts, with 100 views on 20 May and 300 on 21 May."""
    record(
        team=account.team,
        by=None,
        source=Source(kind=BatchKind.FILE, account=account),
        posts=[SeenPost(account=account, key=key, title=key) for key in ("甲", "乙")],
        rows=lambda numbers: [
            FactRow(account.team_id, account.pk, numbers[account.pk, key], "post_views", *told)
            for key, told in (
                ("甲", (date(2025, 5, 20), "", 100.0)),
                ("乙", (date(2025, 5, 21), "", 300.0)),
            )
        ],
    )
    first, second = Post.objects.order_by("pk")
    return first, second


@pytest.fixture
def doubt(posts: tuple[Post, Post]) -> PostDoubt:
    older, newer = posts
    return PostDoubt.objects.create(post=newer, other=older, reason="标题相近")


def test_a_merged_post_has_both_names_and_all_days(
    program: Program, bob: Member, posts: tuple[Post, Post]
) -> None:
    client, (kept, other) = program(bob), posts
    told = client.post(f"{POSTS}/{kept.pk}/merge", {"other": other.pk}, JSON).json()
    assert [(each["id"], each["by"]) for each in told["identities"]] == [
        (kept.pk, ""),
        (other.pk, "王文案"),
    ]
    assert [(each["day"], each["values"]["post_views"]) for each in told["snapshots"]] == [
        ("2025-05-21", 300),
        ("2025-05-20", 100),
    ]
    assert client.get(f"{POSTS}/{other.pk}").json()["post"]["id"] == kept.pk


def test_a_split_post_is_its_own_again(
    program: Program, bob: Member, posts: tuple[Post, Post]
) -> None:
    client, (kept, other) = program(bob), posts
    client.post(f"{POSTS}/{kept.pk}/merge", {"other": other.pk}, JSON)
    told = client.post(f"{POSTS}/{other.pk}/split").json()
    assert (told["post"]["id"], len(told["identities"])) == (other.pk, 1)
    assert not Post.objects.filter(same_as__isnull=False).exists()


def test_a_closed_month_refuses_in_words(
    program: Program, bob: Member, team: Team, posts: tuple[Post, Post]
) -> None:
    close_month(team=team, month=Month(2025, 5), by=None)
    kept, other = posts
    answer = program(bob).post(f"{POSTS}/{kept.pk}/merge", {"other": other.pk}, JSON)
    assert answer.status_code == 422
    assert answer.json()["detail"] == "2025-05 已关账，数据不能再改。请先重新开账。"
    assert not Post.objects.filter(same_as__isnull=False).exists()


def test_posts_of_two_accounts_are_not_one(
    program: Program, bob: Member, account: Account, posts: tuple[Post, Post]
) -> None:
    elsewhere = Account.objects.create(team=account.team, platform="douyin", name="运策抖音")
    strange = Post.objects.create(account=elsewhere, key="丙")
    answer = program(bob).post(f"{POSTS}/{posts[0].pk}/merge", {"other": strange.pk}, JSON)
    assert answer.status_code == 422
    assert "属于不同的账号" in answer.json()["detail"]


@pytest.mark.parametrize(("answer", "left"), [("same", 1), ("different", 2)])
def test_a_doubt_is_answered_once(
    program: Program, bob: Member, doubt: PostDoubt, answer: str, left: int
) -> None:
    client = program(bob)
    (listed,) = client.get(f"{POSTS}/doubts").json()
    assert (listed["reason"], listed["other"]["title"]) == ("标题相近", "甲")
    assert client.post(f"{POSTS}/doubts/{doubt.pk}", {"answer": answer}, JSON).status_code == 200
    assert Post.objects.filter(same_as=None).count() == left
    assert client.get(f"{POSTS}/doubts").json() == []


def test_an_answer_that_is_none_is_a_sentence(
    program: Program, bob: Member, doubt: PostDoubt
) -> None:
    answer = program(bob).post(f"{POSTS}/doubts/{doubt.pk}", {"answer": "maybe"}, JSON)
    assert answer.json()["errors"] == [
        {"field": "answer", "message": "参数 answer 应是其中之一：same、different。"}
    ]


def test_what_might_be_the_same_is_suggested(
    program: Program, vera: Member, posts: tuple[Post, Post]
) -> None:
    told = program(vera).get(f"{POSTS}/{posts[0].pk}/candidates").json()
    assert [each["id"] for each in told] == [posts[1].pk]


def test_more_doubts_take_no_more_queries(
    program: Program,
    vera: Member,
    account: Account,
    doubt: PostDoubt,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(20):
        post = Post.objects.create(account=account, key=f"{number}")
        PostDoubt.objects.create(post=post, other=doubt.other, reason="标题相近")
    client = program(vera)
    with django_assert_max_num_queries(5):
        assert len(client.get(f"{POSTS}/doubts").json()) == 21


def test_joining_is_for_who_records(
    program: Program, vera: Member, charlie: User, doubt: PostDoubt
) -> None:
    post = doubt.post_id
    for person, status in ((vera, 403), (charlie, 404)):
        client = program(person)
        asked = [
            client.post(f"{POSTS}/{post}/merge", {"other": doubt.other_id}, JSON),
            client.post(f"{POSTS}/{post}/split"),
            client.post(f"{POSTS}/doubts/{doubt.pk}", {"answer": "same"}, JSON),
        ]
        assert [each.status_code for each in asked] == [status] * 3
    for address in (f"{POSTS}/{post}", f"{POSTS}/{post}/candidates", f"{POSTS}/doubts"):
        assert program(charlie).get(address).status_code == 404
    assert not Post.objects.filter(same_as__isnull=False).exists()
