"""What people say of posts: kept, journalled, and what questions are split by."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.cast import AccessOf
from yunce.engines.metrics import StoreError
from yunce.ground.channels.models import Account
from yunce.ground.facts.access import fact_store
from yunce.ground.facts.actions import (
    describe_post,
    describe_posts,
    record,
    recover,
    undo,
)
from yunce.ground.facts.models import Batch, Post
from yunce.ground.facts.queries import answer, posts_of, words_in_use
from yunce.ground.facts.tests.rows import a_file, views
from yunce.ground.facts.tests.rows import posts_of as seen
from yunce.ground.journal.models import Entry
from yunce.ground.teams.models import Member, Team, User

DAY = date(2025, 5, 20)


@pytest.fixture
def batch(team: Team, account: Account) -> Batch:
    """Three posts with 100, 20 and 3 views."""
    told = record(
        team=team,
        by=None,
        source=a_file(account),
        posts=seen(account, "一", "二", "三"),
        rows=views(account, {"一": 100, "二": 20, "三": 3}),
    ).batch
    assert told is not None
    return told


def numbers(*keys: str) -> list[int]:
    return list(Post.objects.filter(key__in=keys).values_list("pk", flat=True))


def by(team: Team, word: str) -> dict[object, float | None]:
    answered = answer(team, ["post_views"], start=DAY, end=DAY, by=[word])
    return {row.group[0]: row.value for row in answered.rows}


@pytest.mark.usefixtures("batch")
@pytest.mark.parametrize("word", ["form", "series", "topic", "author"])
def test_numbers_are_split_by_what_is_said(
    team: Team, bob: Member, access_of: AccessOf, word: str
) -> None:
    describe_posts(access=access_of(bob), numbers=numbers("一", "二"), said={word: "产品 测评"})
    assert by(team, word) == {"": 3, "产品 测评": 120}


@pytest.mark.usefixtures("batch")
def test_numbers_are_split_by_being_original(team: Team, bob: Member, access_of: AccessOf) -> None:
    describe_posts(access=access_of(bob), numbers=numbers("一"), said={"original": True})
    describe_posts(access=access_of(bob), numbers=numbers("二"), said={"original": False})
    assert by(team, "original") == {"": 3, "no": 20, "yes": 100}


@pytest.mark.usefixtures("batch")
def test_what_is_not_named_stays(bob: Member, access_of: AccessOf) -> None:
    post = Post.objects.get(key="一")
    describe_post(access=access_of(bob), post=post, said={"series": "测评", "author": "小林"})
    describe_post(access=access_of(bob), post=post, said={"series": ""})
    assert (post.series, post.author) == ("", "小林")


@pytest.mark.usefixtures("batch")
def test_many_posts_make_one_line_with_every_old_value(bob: Member, access_of: AccessOf) -> None:
    access = access_of(bob)
    describe_posts(access=access, numbers=numbers("一"), said={"series": "旧"})
    describe_posts(access=access, numbers=numbers("一", "二", "三"), said={"series": "新"})
    line = Entry.objects.filter(verb="facts.describe_posts").latest("pk")
    assert line.changes == {"series": [["", "旧"], "新"], "posts": [0, 3]}
    assert line.actor_id == bob.user_id


@pytest.mark.usefixtures("batch")
def test_saying_the_same_again_changes_nothing(bob: Member, access_of: AccessOf) -> None:
    access, said = access_of(bob), {"topic": "露营"}
    assert describe_posts(access=access, numbers=numbers("一", "二"), said=said) == 2
    assert describe_posts(access=access, numbers=numbers("一", "二"), said=said) == 0
    assert Entry.objects.filter(verb="facts.describe_posts").count() == 1


@pytest.mark.usefixtures("batch")
def test_a_viewer_says_nothing(vera: Member, access_of: AccessOf) -> None:
    with pytest.raises(PermissionDenied):
        describe_posts(access=access_of(vera), numbers=numbers("一"), said={"topic": "露营"})


@pytest.mark.usefixtures("batch")
def test_another_teams_posts_are_not_found(charlie: User, access_of: AccessOf) -> None:
    access = access_of(charlie.memberships.get())
    with pytest.raises(ValidationError, match="没有这些作品"):
        describe_posts(access=access, numbers=numbers("一"), said={"topic": "露营"})
    assert not Post.objects.exclude(topic="").exists()


@pytest.mark.usefixtures("batch")
@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"series": "长" * 61}, "最多 60 个字"),
        ({"title": "别的"}, "作品没有「title」可以说明"),
        ({"original": "也许"}, "是否原创只能是"),
    ],
)
def test_what_cannot_be_said_is_refused(
    bob: Member, access_of: AccessOf, said: dict[str, object], sentence: str
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        describe_posts(access=access_of(bob), numbers=numbers("一"), said=said)
    assert not Entry.objects.filter(verb__startswith="facts.describe").exists()


@pytest.mark.usefixtures("batch")
def test_a_store_that_is_away_leaves_everything_as_it_was(
    bob: Member, access_of: AccessOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_arguments: object) -> None:
        raise StoreError("连不上")

    monkeypatch.setattr(fact_store(), "remember_posts", away)
    with pytest.raises(StoreError):
        describe_posts(access=access_of(bob), numbers=numbers("一"), said={"topic": "露营"})
    assert Post.objects.get(key="一").topic == ""
    assert not Entry.objects.filter(verb__startswith="facts.describe").exists()


def test_what_was_said_outlives_an_undo(
    team: Team, account: Account, bob: Member, access_of: AccessOf, batch: Batch
) -> None:
    describe_posts(access=access_of(bob), numbers=numbers("一"), said={"series": "测评"})
    undo(batch=batch, by=None)
    recover()
    assert [post.key for post in Post.objects.all()] == ["一"]
    record(
        team=team,
        by=None,
        source=a_file(account),
        posts=seen(account, "一", "二"),
        rows=views(account, {"一": 7, "二": 5}),
    )
    assert by(team, "series") == {"": 5, "测评": 7}


@pytest.mark.usefixtures("batch")
def test_the_next_start_tells_a_store_that_knows_nothing(
    team: Team, bob: Member, access_of: AccessOf
) -> None:
    describe_posts(access=access_of(bob), numbers=numbers("一"), said={"author": "小林"})
    fact_store().remember_posts(team.pk, {number: {} for number in numbers("一")})
    recover()
    assert by(team, "author") == {"": 23, "小林": 100}


@pytest.mark.usefixtures("batch")
def test_words_in_use_come_most_used_first(team: Team, bob: Member, access_of: AccessOf) -> None:
    describe_posts(access=access_of(bob), numbers=numbers("一"), said={"topic": "露营"})
    describe_posts(access=access_of(bob), numbers=numbers("二", "三"), said={"topic": "晒单"})
    assert words_in_use(team, "topic") == ["晒单", "露营"]


@pytest.mark.usefixtures("batch")
def test_posts_are_found_by_every_word_of_the_title(team: Team, account: Account) -> None:
    Post.objects.filter(key="一").update(title="直播预告：520 专场")
    assert [post.key for post in posts_of(team, account=account, search="520 直播")] == ["一"]
