"""Two exports, one post: found at import, merged and split by hand, undone exactly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django import DjangoAssertNumQueries

from tests.cast import AccessOf
from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts import actions
from yunce.ground.facts.access import fact_store
from yunce.ground.facts.actions import MonthClosedError, SeenPost, Source
from yunce.ground.facts.models import Batch, BatchKind, Post, PostDoubt
from yunce.ground.facts.queries import answer, posts_of, same_posts, titles_of_posts
from yunce.ground.facts.queries.posts import (
    identities_of,
    open_doubts,
    post_of,
    snapshots_of,
    with_numbers,
)
from yunce.ground.facts.queries.spans import span_asked
from yunce.ground.facts.tests.conftest import RoundTrips
from yunce.ground.journal.models import Entry
from yunce.ground.teams.models import Member, Team
from yunce.ground.teams.queries import Access
from yunce.kit.months import Month

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2025, 5, 2, 18, 30, 5, tzinfo=SHANGHAI)
MINUTE = AT.replace(second=0)
TODAY = date(2025, 6, 1)
Tell = Callable[..., Batch]


@pytest.fixture
def access(bob: Member, access_of: AccessOf) -> Access:
    return access_of(bob)


@pytest.fixture
def tell(account: Account) -> Tell:
    """`tell(day, (title, moment, views), …)` is one export taken on a day of May."""

    def record(day: int, *posts: tuple[str, datetime | None, float], of: Any = None) -> Batch:
        owner = of or account
        seen = [SeenPost(owner, f"{at}|{title}", title, at) for title, at, _views in posts]
        on = date(2025, 5, day)

        def rows(numbers: Any) -> list[FactRow]:
            made = []
            for post, (_title, at, views) in zip(seen, posts, strict=True):
                number = numbers[owner.pk, post.key]
                made.append(FactRow(owner.team_id, owner.pk, number, "post_views", on, "", views))
                if at:
                    out = at.date()
                    made.append(FactRow(owner.team_id, owner.pk, number, "pieces", out, "", 1.0))
            return made

        source = Source(kind=BatchKind.FILE, account=owner)
        done = actions.record(team=owner.team, by=None, source=source, posts=seen, rows=rows)
        assert done.batch
        return done.batch

    return record


def total(team: Team, metric: str = "post_views") -> float | None:
    return answer(team, [metric], start=date(2025, 5, 1), end=date(2025, 5, 31)).value(metric)


def test_an_edited_title_is_the_same_post(team: Team, tell: Tell) -> None:
    tell(4, ("五月新品开箱", AT, 100))
    tell(8, ("五月新品开箱（修订）", AT, 300))
    assert posts_of(team).count() == 1
    assert (total(team), total(team, "pieces")) == (300, 1)


def test_the_reason_stays_with_the_post(team: Team, tell: Tell) -> None:
    tell(4, ("五月新品开箱", AT, 100))
    tell(8, ("五月新品开箱", MINUTE, 300))
    second = Post.objects.get(same_as__isnull=False)
    assert "只精确到分" in second.same_reason
    assert second.same_by is None


def test_the_newest_title_is_shown(team: Team, tell: Tell) -> None:
    tell(4, ("五月新品开箱", AT, 100))
    tell(8, ("五月新品开箱（修订）", AT, 300))
    (post,) = posts_of(team)
    assert titles_of_posts(team, [post.pk]) == {post.pk: "五月新品开箱（修订）"}
    assert with_numbers(team, [post], today=TODAY)[0].title == "五月新品开箱（修订）"


def test_any_title_it_had_finds_it(team: Team, tell: Tell) -> None:
    tell(4, ("五月新品开箱", AT, 100))
    tell(8, ("五月新品开箱（修订）", AT, 300))
    assert [post.title for post in posts_of(team, search="修订")] == ["五月新品开箱"]


def test_undoing_the_second_export_leaves_the_first(team: Team, tell: Tell) -> None:
    tell(4, ("五月新品开箱", AT, 100))
    second = tell(8, ("五月新品开箱（修订）", AT, 300))
    actions.undo(batch=second, by=None)
    assert total(team) == 100
    assert same_posts(team) == {}


def test_undoing_the_first_export_leaves_the_second_whole(team: Team, tell: Tell) -> None:
    first = tell(4, ("五月新品开箱", AT, 100))
    tell(8, ("五月新品开箱（修订）", AT, 300))
    actions.undo(batch=first, by=None)
    assert total(team) == 300
    assert [post.title for post in posts_of(team)] == ["五月新品开箱（修订）"]


def test_when_the_first_goes_the_others_stay_together(team: Team, tell: Tell) -> None:
    first = tell(4, ("五月新品开箱", AT, 100))
    tell(8, ("五月新品开箱（修订）", AT, 300))
    tell(9, ("五月新品开箱", MINUTE, 320))
    actions.undo(batch=first, by=None)
    assert (total(team), posts_of(team).count()) == (320, 1)


def test_what_is_doubtful_is_asked_and_counted_apart(team: Team, tell: Tell) -> None:
    tell(4, ("五月新品开箱", AT, 100))
    tell(8, ("全然不同的一篇", AT, 300))
    (doubt,) = open_doubts(team)
    assert "标题不同" in doubt.reason
    assert total(team) == 400


def test_a_title_posted_twice_is_two_posts(team: Team, tell: Tell) -> None:
    tell(4, ("早安", AT, 100), ("早安", AT.replace(day=3), 50))
    assert posts_of(team).count() == 2
    assert not open_doubts(team).exists()


def test_another_accounts_post_is_never_the_same(team: Team, tell: Tell) -> None:
    other = Account.objects.create(team=team, platform="douyin", name="运策抖音")
    tell(4, ("五月新品开箱", AT, 100))
    tell(8, ("五月新品开箱", MINUTE, 300), of=other)
    assert posts_of(team).count() == 2


@pytest.fixture
def pair(team: Team, tell: Tell) -> tuple[Post, Post]:
    tell(4, ("五月新品开箱", AT, 100))
    tell(8, ("全然不同的一篇", AT, 300))
    first, second = Post.objects.order_by("pk")
    return first, second


def test_merged_by_hand_they_are_one(team: Team, access: Access, pair: tuple[Post, Post]) -> None:
    actions.merge_posts(access=access, kept=pair[0], other=pair[1])
    assert (total(team), total(team, "pieces")) == (300, 1)
    assert not open_doubts(team).exists()
    line = Entry.objects.get(verb="facts.merge_posts")
    assert (line.actor_name, line.changes["same"]) == ("王文案", ["", "全然不同的一篇"])


def test_merging_touches_no_fact(access: Access, pair: tuple[Post, Post]) -> None:
    before = fact_store().log(team=access.team.pk, start=date(2025, 5, 1), end=date(2025, 5, 31))
    actions.merge_posts(access=access, kept=pair[0], other=pair[1])
    after = fact_store().log(team=access.team.pk, start=date(2025, 5, 1), end=date(2025, 5, 31))
    assert before == after


def test_split_again_each_has_its_own_numbers(
    team: Team, access: Access, pair: tuple[Post, Post]
) -> None:
    actions.merge_posts(access=access, kept=pair[0], other=pair[1])
    actions.split_post(access=access, post=pair[1])
    assert (total(team), total(team, "pieces")) == (400, 2)
    assert not open_doubts(team).exists()  # whoever split them is not asked again


def test_a_post_taken_for_the_same_at_import_can_be_split(
    team: Team, access: Access, tell: Tell
) -> None:
    tell(4, ("五月新品开箱", AT, 100))
    tell(8, ("五月新品开箱（修订）", AT, 300))
    actions.split_post(access=access, post=Post.objects.get(same_as__isnull=False))
    assert total(team) == 400
    tell(9, ("五月新品开箱（修订）", AT, 310))
    assert total(team) == 410  # 100 + 310: still two


def test_merging_twice_or_with_itself_changes_nothing(
    access: Access, pair: tuple[Post, Post]
) -> None:
    actions.merge_posts(access=access, kept=pair[0], other=pair[1])
    actions.merge_posts(access=access, kept=pair[0], other=pair[1])
    actions.merge_posts(access=access, kept=pair[1], other=pair[0])
    assert Entry.objects.filter(verb="facts.merge_posts").count() == 1


def test_a_third_joins_the_family(
    team: Team, access: Access, pair: tuple[Post, Post], tell: Tell
) -> None:
    tell(9, ("第三篇", AT.replace(hour=20), 500))
    third = Post.objects.latest("pk")
    actions.merge_posts(access=access, kept=pair[0], other=pair[1])
    actions.merge_posts(access=access, kept=third, other=pair[1])  # with all that is one with it
    assert [post.pk for post in posts_of(team)] == [third.pk]
    assert len(identities_of(third)) == 3


def test_posts_of_two_accounts_cannot_be_one(
    team: Team, access: Access, pair: tuple[Post, Post], tell: Tell
) -> None:
    other = Account.objects.create(team=team, platform="douyin", name="运策抖音")
    tell(9, ("第三篇", AT, 500), of=other)
    with pytest.raises(ValidationError, match="不同的账号"):
        actions.merge_posts(access=access, kept=pair[0], other=Post.objects.latest("pk"))


def test_a_closed_months_numbers_do_not_change(
    team: Team, access: Access, pair: tuple[Post, Post]
) -> None:
    actions.close_month(team=team, month=Month(2025, 5), by=None)
    with pytest.raises(MonthClosedError):
        actions.merge_posts(access=access, kept=pair[0], other=pair[1])
    assert total(team) == 400


def test_a_viewer_merges_nothing(
    vera: Member, access_of: AccessOf, pair: tuple[Post, Post]
) -> None:
    viewer = access_of(vera)
    with pytest.raises(PermissionDenied):
        actions.merge_posts(access=viewer, kept=pair[0], other=pair[1])
    with pytest.raises(PermissionDenied):
        actions.split_post(access=viewer, post=pair[0])
    with pytest.raises(PermissionDenied):
        actions.dismiss_doubt(access=viewer, doubt=PostDoubt.objects.get())


def test_another_teams_post_is_not_found(
    charlie: Any, access: Access, pair: tuple[Post, Post]
) -> None:
    other = Team.objects.get(slug="other")
    account = Account.objects.create(team=other, platform="douyin", name="别人的")
    theirs = Post.objects.create(account=account, key="x", title="别人的")
    with pytest.raises(ValidationError, match="没有这条作品"):
        actions.merge_posts(access=access, kept=pair[0], other=theirs)


def test_said_to_be_two_nobody_is_asked_again(
    team: Team, access: Access, pair: tuple[Post, Post]
) -> None:
    actions.dismiss_doubt(access=access, doubt=PostDoubt.objects.get())
    assert not open_doubts(team).exists()
    assert total(team) == 400


def test_snapshots_keep_their_age(team: Team, tell: Tell) -> None:
    tell(4, ("五月新品开箱", AT, 100))
    tell(9, ("五月新品开箱（修订）", AT, 300))
    (post,) = posts_of(team)
    shown = snapshots_of(team, post, today=TODAY)
    assert [(each.age, each.values) for each in shown.rows] == [(7, (300,)), (2, (100,))]


def test_what_is_said_of_a_post_holds_for_all_its_names(
    team: Team, access: Access, tell: Tell
) -> None:
    tell(4, ("五月新品开箱", AT, 100))
    tell(9, ("五月新品开箱（修订）", AT, 300))
    (post,) = posts_of(team)
    actions.describe_post(access=access, post=post, said={"series": "产品测评"})
    found = answer(
        team, ["post_views"], start=date(2025, 5, 1), end=date(2025, 5, 31), by=("series",)
    )
    assert found.value("post_views", "产品测评") == 300


def test_a_crash_between_rows_and_store_is_mended(
    team: Team, access: Access, pair: tuple[Post, Post]
) -> None:
    Post.objects.filter(pk=pair[1].pk).update(same_as=pair[0])
    actions.recover()
    assert total(team) == 300


def test_content_finds_the_post_it_became(account: Account, pair: tuple[Post, Post]) -> None:
    ((post, match),) = post_of(account, title="五月新品开箱", published_at=MINUTE)
    assert (post, match.is_sure) == (pair[0], True)


@pytest.mark.parametrize("names", [1, 4])
def test_more_names_of_a_post_take_no_more_queries(
    team: Team,
    tell: Tell,
    round_trips: RoundTrips,
    django_assert_num_queries: DjangoAssertNumQueries,
    names: int,
) -> None:
    for n in range(names):
        tell(4 + n, (f"五月新品开箱{'（修订）' * n}", AT, 100.0))
    (post,) = posts_of(team)
    assert len(identities_of(post)) == names
    with django_assert_num_queries(5):
        assert len(snapshots_of(team, post, today=TODAY).rows) == names
    assert round_trips(lambda: snapshots_of(team, post, today=TODAY)) == 2  # numbers, batches
    assert round_trips(lambda: span_asked(team, None, None, post=post)) == 1


def test_more_posts_take_no_more_queries(
    team: Team, tell: Tell, django_assert_num_queries: Any
) -> None:
    tell(4, *((f"第 {n} 篇", AT.replace(hour=n), 10.0) for n in range(1, 20)))
    posts = list(posts_of(team))
    with django_assert_num_queries(5):  # accounts twice (two questions), the posts' other titles
        with_numbers(team, posts, today=TODAY)
