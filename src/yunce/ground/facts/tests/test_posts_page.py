"""作品: the list, bulk description, one post, merging and splitting on the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import SeenPost, record
from yunce.ground.facts.models import Post, PostDoubt
from yunce.ground.facts.tests.rows import a_file, views
from yunce.ground.teams.models import Member, Team, User

AT = datetime(2025, 5, 2, 18, 30, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
PATH = "/t/content/posts/"


@pytest.fixture(autouse=True)
def _june(today: None) -> None: ...


@pytest.fixture
def two(team: Team, account: Account) -> list[Post]:
    """Two posts of one second with different titles: perhaps one."""
    for sha, title, count in (("1", "五月新品开箱", 100), ("2", "全然不同的一篇", 300)):
        seen = SeenPost(account, title, title, AT, form="图文")
        made = views(account, {title: count})
        source = a_file(account, sha * 64)
        record(team=team, by=None, source=source, posts=[seen], rows=made)
    return list(Post.objects.order_by("pk"))


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_posts_are_listed_with_their_newest_numbers(veras: Client, two: list[Post]) -> None:
    page = text(veras, PATH)
    assert "共 2 条作品" in page
    assert "五月新品开箱" in page
    assert ">300<" in page
    assert "发布后 18 天" in page  # taken on 5/20


def test_a_posts_number_opens_to_its_rows(veras: Client, two: list[Post]) -> None:
    rows = f"/t/content/metrics/post_views/rows/?post={two[0].pk}"
    assert rows in text(veras, PATH)


def test_a_post_names_the_files_of_each_day_and_who_brought_them(
    veras: Client, bob: Member, account: Account, two: list[Post]
) -> None:
    seen = [SeenPost(account, "五月新品开箱", "五月新品开箱", AT)]
    made = views(account, {"五月新品开箱": 150})
    source = a_file(account, "3" * 64)
    told = record(team=account.team, by=bob.user, source=source, rows=made, posts=seen)
    batch = told.batch
    assert batch is not None
    page = text(veras, f"{PATH}{two[0].pk}/")
    assert f"?batch={batch.pk}#batch-{batch.pk}" in page
    assert "王文案 ·" in page
    day = "?from=2025-05-20&amp;to=2025-05-20"
    assert f"/metrics/post_views/rows/{day}&amp;post={two[0].pk}" in page


def test_a_viewer_sees_no_controls(veras: Client, two: list[Post]) -> None:
    page = text(veras, PATH)
    assert "一起说明" not in page
    assert "是同一条</button>" not in page


def test_an_empty_team_is_told_where_posts_come_from(bobs: Client) -> None:
    assert "去导入" in text(bobs, PATH)


@pytest.mark.parametrize(
    ("query", "count"),
    [("q=开箱", 1), ("q=没有这个", 0), ("form=图文", 2), ("form=-", 0), ("series=-", 2)],
)
def test_posts_are_found_by_words_and_by_what_is_said(
    veras: Client, two: list[Post], query: str, count: int
) -> None:
    assert f"找到 {count} 条作品" in text(veras, f"{PATH}?{query}")


def test_many_posts_are_described_at_once(bobs: Client, two: list[Post]) -> None:
    values = {"posts": [post.pk for post in two], "series": "产品测评", "original": "yes"}
    answer = bobs.post(f"{PATH}describe/?q=", values)
    assert answer["Location"] == f"{PATH}?q="
    assert list(Post.objects.values_list("form", "series", "original")) == [
        ("图文", "产品测评", True),
        ("图文", "产品测评", True),
    ]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [({"series": "x"}, "还没有勾选"), ({"posts": ["1"]}, "至少填一项")],
)
def test_a_description_without_posts_or_words_is_refused(
    bobs: Client, two: list[Post], values: dict[str, Any], sentence: str
) -> None:
    answer = bobs.post(f"{PATH}describe/", values)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_another_teams_posts_are_not_described(
    bobs: Client, two: list[Post], charlie: User
) -> None:
    other = Team.objects.get(slug="other")
    theirs = Account.objects.create(team=other, platform="douyin", name="别人的")
    post = Post.objects.create(account=theirs, key="x")
    answer = bobs.post(f"{PATH}describe/", {"posts": [post.pk], "series": "x"})
    assert "没有这些作品" in answer.content.decode()


def test_one_post_shows_its_numbers_by_age(veras: Client, two: list[Post]) -> None:
    page = text(veras, f"{PATH}{two[0].pk}/")
    assert "18 天" in page
    assert "2025/5/20" in page


def test_one_posts_description_is_saved_and_taken_back(bobs: Client, two: list[Post]) -> None:
    path = f"{PATH}{two[0].pk}/"
    bobs.post(path, {"form": "图文", "series": "产品测评", "author": "王文案"})
    two[0].refresh_from_db()
    assert (two[0].series, two[0].author) == ("产品测评", "王文案")
    bobs.post(path, {"form": "图文", "series": "", "author": "王文案"})
    two[0].refresh_from_db()
    assert two[0].series == ""


def test_too_long_a_word_is_refused_in_place(bobs: Client, two: list[Post]) -> None:
    answer = bobs.post(f"{PATH}{two[0].pk}/", {"series": "长" * 61})
    assert answer.status_code == 422


def test_a_doubt_is_answered_with_yes(bobs: Client, two: list[Post]) -> None:
    doubt = PostDoubt.objects.get()
    assert "可能是同一条" in text(bobs, PATH)
    bobs.post(f"{PATH}doubts/{doubt.pk}/", {"answer": "same"})
    page = text(bobs, PATH)
    assert "共 1 条作品" in page
    assert "2 个名字算一条" in page
    assert "可能是同一条" not in page


def test_a_doubt_is_answered_with_no(bobs: Client, two: list[Post]) -> None:
    bobs.post(f"{PATH}doubts/{PostDoubt.objects.get().pk}/", {"answer": "different"})
    page = text(bobs, PATH)
    assert "可能是同一条" not in page
    assert "共 2 条作品" in page


def test_posts_are_merged_and_split_on_the_page_of_one(bobs: Client, two: list[Post]) -> None:
    first, second = (post.pk for post in two)
    assert "全然不同的一篇" in text(bobs, f"{PATH}{first}/?q=")
    bobs.post(f"{PATH}{first}/merge/", {"other": second})
    assert bobs.get(f"{PATH}{second}/")["Location"] == f"{PATH}{first}/"
    assert "手工合并" in text(bobs, f"{PATH}{first}/")
    bobs.post(f"{PATH}{first}/split/", {"other": second})
    assert Post.objects.filter(same_as=None).count() == 2


@pytest.mark.parametrize("other", ["", "nonsense"])
def test_merging_with_nothing_says_so(bobs: Client, two: list[Post], other: str) -> None:
    answer = bobs.post(f"{PATH}{two[0].pk}/merge/", {"other": other}, follow=True)
    assert "还没有选另一条作品" in answer.content.decode()


def test_merging_with_an_unknown_post_is_not_found(bobs: Client, two: list[Post]) -> None:
    assert bobs.post(f"{PATH}{two[0].pk}/merge/", {"other": "999999"}).status_code == 404


def test_strangers_find_no_posts(
    charlie: User, signed_in: Callable[..., Client], two: list[Post]
) -> None:
    stranger = signed_in(charlie)
    for path in (PATH, f"{PATH}{two[0].pk}/", f"/t/other/posts/{two[0].pk}/"):
        assert stranger.get(path).status_code == 404
    assert stranger.post(f"/t/other/posts/{two[0].pk}/merge/", {"other": 1}).status_code == 404
    doubt = PostDoubt.objects.get().pk
    assert stranger.post(f"/t/other/posts/doubts/{doubt}/").status_code == 404


def test_a_viewer_changes_nothing(veras: Client, two: list[Post]) -> None:
    first, second = (post.pk for post in two)
    assert veras.post(f"{PATH}{first}/merge/", {"other": second}).status_code == 403
    assert veras.post(f"{PATH}describe/", {"posts": [first]}).status_code == 403


def test_more_posts_take_no_more_queries(
    team: Team, account: Account, veras: Client, django_assert_max_num_queries: Any
) -> None:
    titles = {f"第 {n} 篇": float(n) for n in range(40)}
    seen = [SeenPost(account, title, title, AT.replace(minute=n)) for n, title in enumerate(titles)]
    source = a_file(account, "3" * 64)
    record(team=team, by=None, source=source, posts=seen, rows=views(account, titles))
    with django_assert_max_num_queries(28):
        veras.get(PATH)
