"""Posts × metrics typed by hand: one batch or nothing, and every number's origin kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import MonthClosedError, Source, close_month, record
from yunce.ground.facts.models import Batch, BatchKind, Post
from yunce.ground.facts.queries import answer, post_values
from yunce.ground.imports.actions import PostGridSaved, save_post_grid, undo
from yunce.ground.imports.gridding import Typed
from yunce.ground.teams.models import Member, User
from yunce.ground.teams.queries import Access
from yunce.kit.months import Month

SignIn = Callable[..., Client]
DAY = date(2025, 5, 20)
TODAY = date(2025, 5, 21)
PAGE = "/t/content/grid/posts/"


@pytest.fixture
def posts(account: Account) -> list[Post]:
    return [
        Post.objects.create(
            account=account,
            key=f"k{n}",
            title=f"第 {n} 篇",
            published_at=datetime(2025, 5, n, 9, tzinfo=ZoneInfo("Asia/Shanghai")),
        )
        for n in (1, 2)
    ]


def save(
    access: Access, account: Account, *cells: tuple[str, Post, str, str], day: date = DAY
) -> PostGridSaved:
    typed = {(metric, post.pk): Typed(text, seen) for metric, post, text, seen in cells}
    return save_post_grid(access=access, account=account, day=day, typed=typed, today=TODAY)


def views(account: Account) -> dict[str, float]:
    stored = post_values(account, ["post_views"], day=DAY)
    titles = {post.pk: post.title for post in Post.objects.all()}
    return {titles[post]: row.value for (_metric, post), row in stored.items()}


def from_file(account: Account, post: Post, value: float) -> None:
    row = FactRow(account.team_id, account.pk, post.pk, "post_views", DAY, "", value)
    source = Source(kind=BatchKind.FILE, account=account, file_name="作品.csv")
    record(team=account.team, by=None, source=source, rows=[row])


def test_typed_numbers_are_snapshots_of_the_day(
    access: Access, account: Account, posts: list[Post]
) -> None:
    one, two = posts
    done = save(access, account, ("post_views", one, "1.2万", ""), ("post_likes", two, "3,456", ""))
    assert done.wrong == {}
    assert views(account) == {"第 1 篇": 12_000}
    batch = Batch.objects.get()
    assert (batch.kind, batch.added) == (BatchKind.GRID, 2)
    found = answer(account.team, ["post_views"], start=DAY, end=DAY, by=("post",))
    assert found.value("post_views", one.pk) == 12_000


def test_undo_leaves_nothing(access: Access, account: Account, posts: list[Post]) -> None:
    save(access, account, ("post_views", posts[0], "5", ""))
    undo(access=access, batch=Batch.objects.get())
    assert views(account) == {}


@pytest.mark.parametrize(
    ("text", "words"), [("很多", "看不懂"), ("-5", "不会小于 0"), ("1.5", "不是整数")]
)
def test_one_wrong_cell_and_nothing_is_written(
    access: Access, account: Account, posts: list[Post], text: str, words: str
) -> None:
    one, two = posts
    done = save(access, account, ("post_views", one, "5", ""), ("post_views", two, text, ""))
    assert [words in cell.error for cell in done.wrong.values()] == [True]
    assert not Batch.objects.exists()


def test_a_day_not_come_yet_is_refused(access: Access, account: Account, posts: list[Post]) -> None:
    done = save(access, account, ("post_views", posts[0], "5", ""), day=date(2025, 5, 22))
    assert "还没有到" in next(iter(done.wrong.values())).error


def test_two_people_see_both_values(access: Access, account: Account, posts: list[Post]) -> None:
    save(access, account, ("post_views", posts[0], "5", ""))
    done = save(access, account, ("post_views", posts[0], "7", ""))
    (cell,) = done.wrong.values()
    assert (cell.text, cell.theirs, cell.seen) == ("7", "5", "5.0")
    assert views(account) == {"第 1 篇": 5}
    save(access, account, ("post_views", posts[0], "7", cell.seen))
    assert views(account) == {"第 1 篇": 7}


def test_emptying_takes_back_what_was_typed(
    access: Access, account: Account, posts: list[Post]
) -> None:
    from_file(account, posts[0], 100)
    save(
        access, account, ("post_views", posts[0], "120", "100.0"), ("post_views", posts[1], "9", "")
    )
    save(
        access, account, ("post_views", posts[0], "", "120.0"), ("post_views", posts[1], "", "9.0")
    )
    assert views(account) == {"第 1 篇": 100}  # the file's number is back; the other is unknown


def test_a_files_number_is_not_emptied(access: Access, account: Account, posts: list[Post]) -> None:
    from_file(account, posts[0], 100)
    done = save(access, account, ("post_views", posts[0], "", "100.0"))
    assert "文件里的" in next(iter(done.wrong.values())).error
    assert views(account) == {"第 1 篇": 100}


def test_a_closed_month_is_refused(access: Access, account: Account, posts: list[Post]) -> None:
    close_month(team=account.team, month=Month(2025, 5), by=access.user)
    with pytest.raises(MonthClosedError):
        save(access, account, ("post_views", posts[0], "5", ""))
    assert views(account) == {}


def test_anothers_post_is_refused(
    access: Access, account: Account, posts: list[Post], charlie: User
) -> None:
    other = Member.objects.get(user=charlie).team
    theirs = Account.objects.create(team=other, platform="douyin", name="别人")
    stranger = Post.objects.create(account=theirs, key="x", title="别人的")
    with pytest.raises(ValidationError, match="不属于这个账号"):
        save(access, account, ("post_views", stranger, "5", ""))


def test_who_only_reads_cannot_write(
    vera: Member, account: Account, posts: list[Post], access_of: Callable[[Member], Access]
) -> None:
    with pytest.raises(PermissionDenied):
        save(access_of(vera), account, ("post_views", posts[0], "5", ""))


def test_the_page_types_and_shows_what_was_typed(
    bob: Member, account: Account, posts: list[Post], signed_in: SignIn
) -> None:
    client = signed_in(bob)
    address = f"{PAGE}?account={account.pk}&day=2025-05-20&metrics=post_views"
    assert "第 1 篇" in client.get(address).text
    name = f"post_views.{posts[0].pk}"
    saved = client.post(address, {f"v.{name}": "1.2万", f"s.{name}": ""}, follow=True)
    assert "已保存 1 个数" in saved.text
    assert 'value="12,000"' in saved.text
    wrong = client.post(address, {f"v.{name}": "很多", f"s.{name}": "12000.0"})
    assert (wrong.status_code, "很多" in wrong.text) == (422, True)


def test_a_stranger_does_not_know_of_it(
    charlie: User, account: Account, posts: list[Post], signed_in: SignIn
) -> None:
    assert signed_in(charlie).get(PAGE).status_code == 404


def test_an_account_without_posts_says_where_they_come_from(
    bob: Member, account: Account, signed_in: SignIn
) -> None:
    assert "先导入一次平台的作品列表" in signed_in(bob).get(PAGE).text


def test_more_posts_take_no_more_queries(
    bob: Member,
    account: Account,
    posts: list[Post],
    signed_in: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(3, 30):
        Post.objects.create(account=account, key=f"k{n}", title=f"第 {n} 篇")
    client = signed_in(bob)
    with django_assert_max_num_queries(20):
        client.get(f"{PAGE}?day=2025-05-20")
