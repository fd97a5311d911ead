"""Posts at equal age, against their own account, and grouped with chance taken out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.published import FIRST, SHANGHAI, Published, a_post_a_day, publish
from yunce.engines.explain import Status
from yunce.ground.channels.models import Account
from yunce.ground.facts.models import Post
from yunce.ground.facts.queries.contents import Contents, Grouping, compare
from yunce.ground.teams.models import Team

TODAY = date(2025, 9, 1)


def compared(team: Team, **asked: Any) -> Contents:
    usual = {"metric": "post_views", "age": 7, "days": 90, "today": TODAY}
    found = compare(team, **{**usual, **asked})
    assert found is not None
    return found


def grouping(found: Contents, name: str) -> Grouping:
    return next(each for each in found.groupings if each.name == name)


def test_a_late_post_is_compared_at_the_age_of_the_others(account: Account) -> None:
    """The first has 900 views by now and had 100 at seven days, as the younger one has."""
    old = Published("老", FIRST, {7: 100.0, 60: 900.0})
    young = Published("新", FIRST + timedelta(days=50), {7: 100.0})
    publish(account, [old, young])
    assert [each.ranked.value for each in compared(account.team).posts] == [100, 100]


def test_a_number_between_two_looks_is_drawn_in(account: Account) -> None:
    publish(account, [Published("一", FIRST, {5: 99.0, 9: 399.0})])  # √(100 · 400) − 1
    assert compared(account.team).posts[0].ranked.value == pytest.approx(199)


@pytest.mark.parametrize(
    ("views", "age"),
    [({30: 500.0}, 7), ({7: 500.0}, 30), ({7: 500.0}, 1), ({0: 5.0}, 1), ({2: 50.0}, 1)],
)
def test_a_look_at_another_age_does_not_count(
    account: Account, views: dict[int, float], age: int
) -> None:
    publish(account, [Published("一", FIRST, views)])
    found = compared(account.team, age=age)
    assert (found.posts, found.without) == ((), 1)


def test_with_twenty_posts_a_multiple_is_told_and_before_only_a_place(account: Account) -> None:
    publish(account, a_post_a_day(21, [100.0] * 20 + [400.0]))
    found = compared(account.team)
    best = found.posts[0]
    assert (best.post.title, best.ranked.multiple, best.ranked.percentile) == ("作品 020", 4, 100)
    first = next(each for each in found.posts if each.post.title == "作品 000")
    assert first.ranked.multiple is None
    assert (first.place, first.of) == (2, 21)


def test_another_accounts_posts_are_no_measure(account: Account, team: Team) -> None:
    big = Account.objects.create(team=team, platform="douyin", name="大号")
    publish(big, a_post_a_day(25, [100_000.0]))
    publish(account, a_post_a_day(25, [100.0]))
    multiples = {each.ranked.multiple for each in compared(team).posts}
    assert multiples == {None, 1.0}
    assert len(compared(team, accounts=[account.pk]).posts) == 25


def test_a_better_series_is_claimed_at_the_low_end(account: Account) -> None:
    views = [100.0, 130.0, 80.0, 420.0, 110.0, 90.0, 350.0, 95.0]
    series = ["干货", "干货", "测评", "案例", "测评", "干货", "案例", "测评"]
    publish(account, a_post_a_day(80, views, series=series))
    effects = grouping(compared(account.team), "series").effects
    claim = effects.claim
    assert claim is not None and claim.group == "案例"
    assert 0 < claim.lo < claim.effect < claim.hi
    worst = effects.groups[-1]
    assert worst.effect < 0  # against all the posts: not everyone is above the mean


def test_series_that_do_not_differ_are_called_equal(account: Account) -> None:
    publish(account, a_post_a_day(60, [100.0, 200.0, 150.0], series=["甲", "乙", "丙", "丁"]))
    assert grouping(compared(account.team), "series").effects.are_equal


def test_too_few_posts_are_not_grouped_and_a_reason_is_given(account: Account) -> None:
    publish(account, a_post_a_day(6, [100.0, 900.0], series=["甲", "乙"]))
    effects = grouping(compared(account.team), "series").effects
    assert effects.status is Status.INSUFFICIENT and effects.reason


def test_posts_of_which_nothing_is_said_are_counted_apart(account: Account) -> None:
    publish(account, a_post_a_day(30, [100.0], series=["甲", "", "乙"]))
    found = grouping(compared(account.team), "series")
    assert (dict(found.counts), found.unsaid) == ({"甲": 10, "乙": 10}, 10)


def test_midnight_sharp_is_a_day_without_an_hour(account: Account) -> None:
    midnight = datetime(2025, 5, 1, tzinfo=SHANGHAI)
    publish(account, a_post_a_day(30, [100.0], first=midnight))
    found = grouping(compared(account.team), "slot")
    assert (dict(found.counts), found.unsaid) == ({}, 30)


def test_posts_that_are_one_are_compared_once_under_their_newest_title(account: Account) -> None:
    publish(account, [Published("一", FIRST, {7: 100.0})])
    publish(account, [Published("别的名字", FIRST + timedelta(days=30), {7: 50.0})])
    head, other = Post.objects.order_by("pk")
    Post.objects.filter(pk=other.pk).update(same_as=head)
    (only,) = compared(account.team).posts
    assert only.post.title == "别的名字"


@pytest.mark.parametrize(
    "views",
    [
        pytest.param([0.0], id="all zero"),
        pytest.param([5.0], id="constant"),
        pytest.param([100.0] * 29 + [100_000.0], id="one ×1000"),
        pytest.param([-3.0, 100.0], id="negative"),
    ],
)
def test_odd_numbers_have_an_answer_without_nan(account: Account, views: list[float]) -> None:
    publish(account, a_post_a_day(40, views, series=["甲", "乙", "丙"]))
    found = compared(account.team)
    told = [
        number
        for each in found.groupings
        for group in each.effects.groups
        for number in (group.effect, group.lo, group.hi)
    ]
    told += [each.ranked.multiple for each in found.posts if each.ranked.multiple is not None]
    assert all(number == number and abs(number) < 1e9 for number in told)


def test_no_post_at_all_is_none(team: Team, account: Account) -> None:
    assert compare(team, metric="post_views", age=7, days=90, today=TODAY) is None


def test_a_post_of_the_future_is_not_the_newest(account: Account) -> None:
    publish(account, [Published("排好的", FIRST + timedelta(days=400), {7: 1.0})])
    assert compare(account.team, metric="post_views", age=7, days=90, today=TODAY) is None


def test_many_posts_take_as_many_queries_as_few(
    account: Account, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publish(account, a_post_a_day(60, [100.0]))
    with django_assert_num_queries(5):
        compared(account.team)
