"""The rows behind a number: what counts adds up to it, with the file and the value before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from yunce.engines.metrics import Apart, FactRow, catalogue
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import Source, record
from yunce.ground.facts.models import BatchKind, Post
from yunce.ground.facts.queries import answer
from yunce.ground.facts.queries.behind import Asked, Behind, behind
from yunce.ground.facts.queries.defining import Span
from yunce.ground.facts.tests.conftest import RoundTrips, State
from yunce.ground.facts.tests.rows import a_file, posts_of, views
from yunce.ground.teams.models import Member, Team, User

MAY = Span(date(2025, 5, 1), date(2025, 5, 31))
ROWS = "/t/content/metrics/{}/rows/?from=2025-05-01&to=2025-05-31"

pytestmark = pytest.mark.usefixtures("today")


def opened(team: Team, code: str, **asked: object) -> Behind:
    return behind(team, catalogue()[code], catalogue(), Asked(MAY, **asked))  # type: ignore[arg-type]


def counted(page: Behind) -> list[float]:
    return [each.row.value for each in page.rows if each.apart is None]


def total(team: Team, code: str) -> float | None:
    return answer(team, [code], start=MAY.start, end=MAY.end).value(code)


def test_a_flow_is_the_sum_of_its_rows(team: Team, state: State, douyin: Account) -> None:
    state("likes", {1: 10, 2: 20})
    state("likes", {1: 5}, of=douyin)
    page = opened(team, "likes")
    assert sorted(counted(page)) == [5, 10, 20]
    assert page.value == total(team, "likes") == 35


def test_of_a_stock_only_each_accounts_last_day_counts(
    team: Team, state: State, douyin: Account
) -> None:
    state("total_followers", {1: 500, 9: 800})
    state("total_followers", {5: 60}, of=douyin)
    page = opened(team, "total_followers", shows_all=True)
    assert sorted(counted(page)) == [60, 800]
    assert page.value == total(team, "total_followers") == 860
    assert [each.apart for each in page.rows if each.apart] == [Apart.EARLIER]


def test_segments_and_days_the_account_tells_itself_do_not_count(
    team: Team, account: Account
) -> None:
    may = date(2025, 5, 3)
    rows = [
        FactRow(team.pk, account.pk, 0, "pieces_article", may, "", 3),
        FactRow(team.pk, account.pk, 7, "pieces_article", may, "", 1),
        FactRow(team.pk, account.pk, 8, "pieces_article", date(2025, 5, 4), "", 1),
        FactRow(team.pk, account.pk, 0, "pieces_article", may, "channel=朋友圈", 2),
    ]
    record(team=team, by=None, source=Source(kind=BatchKind.GRID), rows=rows)
    page = opened(team, "pieces_article", shows_all=True)
    assert sorted(counted(page)) == [1, 3]
    assert page.value == total(team, "pieces_article") == 4
    assert {each.apart for each in page.rows} == {None, Apart.SEGMENT, Apart.ACCOUNT_SAYS}
    assert (page.counted, page.apart) == (2, 2)


def test_posts_are_named_and_counted_at_their_last_snapshot(team: Team, account: Account) -> None:
    seen = posts_of(account, "甲", "乙")
    record(
        team=team,
        by=None,
        source=a_file(account),
        rows=views(account, {"甲": 1, "乙": 2}),
        posts=seen,
    )
    page = opened(team, "post_views")
    assert {str(each.post) for each in page.rows} == {"甲", "乙"}
    assert page.value == 3


def test_a_mean_shows_the_weight_of_each_row(team: Team, state: State) -> None:
    state("watch_seconds", {1: 10, 2: 20})
    state("reads", {1: 300, 2: 100})
    page = opened(team, "watch_seconds")
    assert [(each.row.value, each.weight) for each in page.rows] == [(20, 100), (10, 300)]
    assert page.value == 12.5  # (10 × 300 + 20 × 100) ÷ 400


def test_a_ratio_opens_to_numerator_and_denominator(veras: Client, state: State) -> None:
    state("clicks", {1: 30, 2: 5})
    state("exposures", {1: 600, 2: 400})
    page = veras.get(ROWS.format("click_rate")).content.decode()
    assert '商品点击率 <span class="num">3.5%' in page
    assert "Σ = 35" in page
    other = veras.get(ROWS.format("click_rate") + "&part=exposures").content.decode()
    assert "Σ = 1,000" in other


def test_a_row_names_who_brought_which_file_when(veras: Client, state: State) -> None:
    batch = state("likes", {1: 10})
    page = veras.get(ROWS.format("likes")).content.decode()
    assert "数据.xlsx" in page
    assert f"王文案 · {timezone.localtime(batch.created_at):%Y/%-m/%-d}" in page
    assert f"?batch={batch.pk}#batch-{batch.pk}" in page


def test_only_who_records_may_take_the_raw_file_away(
    veras: Client, bobs: Client, state: State
) -> None:
    batch = state("likes", {1: 10})
    link = f"/t/content/imports/batches/{batch.pk}/file/"
    assert link in bobs.get(ROWS.format("likes")).content.decode()
    assert link not in veras.get(ROWS.format("likes")).content.decode()


def test_a_restated_value_stands_struck_beside_the_new_one(veras: Client, state: State) -> None:
    first = state("likes", {1: 100, 2: 50})
    second = state("likes", {1: 120, 2: 50})
    page = veras.get(ROWS.format("likes")).content.decode()
    assert page.count("<s ") == 1
    assert "100</s> <b>120</b>" in page
    assert f"?batch={first.pk}#" in page
    assert f"?batch={second.pk}#" in page


def test_people_are_listed_without_a_total(veras: Client, state: State) -> None:
    state("readers", {1: 100, 2: 120})
    page = veras.get(ROWS.format("readers")).content.decode()
    assert "同一个人算多次" in page
    assert "Σ = —" in page
    assert "<b>120</b>" in page


def test_one_account_can_be_looked_at(
    veras: Client, state: State, account: Account, douyin: Account
) -> None:
    state("likes", {1: 10})
    state("likes", {1: 7}, of=douyin)
    page = veras.get(f"{ROWS.format('likes')}&account={douyin.pk}").content.decode()
    assert "Σ = 7" in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=2025-05-31&to=2025-05-01", "开始日期晚于结束日期"),
        ("from=gestern", "看不懂这个日期"),
        ("from=2001-01-01&to=2025-05-01", "最多看三年"),
        ("from=0001-01-01", "没有这么早的数据"),
        ("from=9999-12-31", "这个日期太远了"),
        ("account=999999", "没有这个账号"),
        ("post=999999", "没有这条作品"),
    ],
)
def test_a_question_that_makes_no_sense_is_told_what_to_change(
    veras: Client, query: str, said: str
) -> None:
    answer = veras.get(f"/t/content/metrics/likes/rows/?{query}")
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.fixture
def seen(team: Team, account: Account, bob: Member) -> dict[str, Post]:
    """Two posts with numbers of 20 May 2025."""
    record(
        team=team,
        by=bob.user,
        source=a_file(account),
        rows=views(account, {"甲": 100, "乙": 30}),
        posts=posts_of(account, "甲", "乙"),
    )
    return {post.key: post for post in Post.objects.all()}


def test_one_post_can_be_looked_at(veras: Client, seen: dict[str, Post]) -> None:
    page = veras.get(f"{ROWS.format('post_views')}&post={seen['甲'].pk}").content.decode()
    assert '单篇阅读（播放）量 <span class="num">100' in page
    assert page.count('<th scope="row"') == 1
    assert "看全部作品的" in page
    assert f'name="post" value="{seen["甲"].pk}"' in page  # other days are asked of it too


def test_a_post_without_days_shows_all_its_days(veras: Client, seen: dict[str, Post]) -> None:
    link = f"/t/content/metrics/post_views/rows/?post={seen['乙'].pk}"
    assert "2025/5/20 – 2025/5/20" in veras.get(link).content.decode()


def test_a_post_found_to_be_another_opens_as_that_one(veras: Client, seen: dict[str, Post]) -> None:
    Post.objects.filter(key="甲").update(same_as=seen["乙"])
    page = veras.get(f"{ROWS.format('post_views')}&post={seen['甲'].pk}").content.decode()
    assert f'name="post" value="{seen["乙"].pk}"' in page


def test_a_post_of_another_team_is_no_post(veras: Client, seen: dict[str, Post]) -> None:
    other = Team.objects.create(slug="third", name="别组")
    Account.objects.update(team=other)
    assert veras.get(f"{ROWS.format('post_views')}&post={seen['甲'].pk}").status_code == 422


def test_an_account_of_another_team_is_no_account(
    veras: Client, charlie: User, signed_in: Callable[[User], Client]
) -> None:
    other = Account.objects.create(
        team=Team.objects.get(slug="other"), platform="douyin", name="别人的"
    )
    assert veras.get(f"{ROWS.format('likes')}&account={other.pk}").status_code == 422
    assert signed_in(charlie).get(ROWS.format("likes")).status_code == 404


def test_a_hundred_rows_a_page_in_few_queries(
    veras: Client,
    state: State,
    douyin: Account,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    days = {day: float(day) for day in range(1, 32)}
    for metric in ("clicks", "exposures"):
        state(metric, days)
        state(metric, days, of=douyin)
    with django_assert_max_num_queries(20):
        page = veras.get(ROWS.format("click_rate")).content.decode()
    assert page.count('<th scope="row"') == 62


@pytest.mark.parametrize(("code", "parts"), [("click_rate", 2), ("profit", 4)])
def test_more_parts_take_no_more_queries(
    team: Team,
    state: State,
    round_trips: RoundTrips,
    django_assert_num_queries: DjangoAssertNumQueries,
    code: str,
    parts: int,
) -> None:
    for each in ("clicks", "exposures", "gmv", "refunds", "goods_cost", "cost"):
        state(each, {1: 10, 2: 20})
    with django_assert_num_queries(9):
        assert len(opened(team, code).parts) == parts
    # The number, its parts, the page's rows with their count, values since changed.
    assert round_trips(lambda: opened(team, code)) == 5


def test_a_part_that_cannot_be_added_spoils_no_other(team: Team, state: State) -> None:
    state("gmv", {1: 100, 2: 200})
    state("buyers", {1: 2, 2: 3})
    gmv, buyers = opened(team, "price_per_buyer").parts
    assert (gmv.value, gmv.reason) == (300, "")
    assert buyers.value is None
    assert "按人去重" in buyers.reason


def test_more_than_a_page_is_paged_and_the_total_stays(
    team: Team, account: Account, bob: Member, veras: Client
) -> None:
    keys = [f"第{n}篇" for n in range(120)]
    rows = views(account, dict.fromkeys(keys, 1.0))
    source = a_file(account)
    record(team=team, by=bob.user, source=source, rows=rows, posts=posts_of(account, *keys))
    second = veras.get(f"{ROWS.format('post_views')}&page=2").content.decode()
    assert second.count('<th scope="row"') == 20
    assert "Σ = 120" in second
