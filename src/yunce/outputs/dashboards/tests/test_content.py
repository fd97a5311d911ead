"""内容对比 as people see it: what is claimed, what is not, and what odd questions get."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.published import a_post_a_day, publish
from yunce.engines.explain import group_effects
from yunce.ground.channels.models import Account
from yunce.ground.facts.models import Post
from yunce.ground.teams.models import Member, Team
from yunce.outputs.dashboards.content.drawing import heat
from yunce.outputs.dashboards.content.wording import share
from yunce.outputs.dashboards.tests.reading import page_of

PATH = "/t/content/content/"
SignedIn = Callable[[Any], Client]
VIEWS = [100.0, 130.0, 80.0, 420.0, 110.0, 90.0, 350.0, 95.0]
SERIES = ["干货", "干货", "测评", "案例", "测评", "干货", "案例", "测评"]


@pytest.fixture(autouse=True)
def _august(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2025, 8, 20))


@pytest.fixture
def veras(vera: Member, signed_in: SignedIn) -> Client:
    return signed_in(vera)


def text(client: Client, query: str = "", status: int = 200) -> str:
    return page_of(client, PATH + query, status=status)


def test_the_surest_difference_is_the_headline(veras: Client, account: Account) -> None:
    publish(account, a_post_a_day(80, VIEWS, series=SERIES))
    page = text(veras)
    assert "系列「案例」的作品，比平均至少 +" in page
    assert "「案例」最好：比全部作品的平均至少 +" in page


def test_no_difference_is_said_to_be_none(veras: Client, account: Account) -> None:
    publish(account, a_post_a_day(60, [100.0, 200.0, 150.0], series=["甲", "乙", "丙", "丁"]))
    page = text(veras)
    assert "还没有哪种做法明显更好" in page
    assert "无差别：各组的高低，随机分组也会有这么大。" in page


def test_few_posts_are_only_ranked(veras: Client, account: Account) -> None:
    publish(account, a_post_a_day(5, [100.0, 300.0]))
    page = text(veras)
    assert "作品还少，先看排名" in page
    assert "少于 20 篇，只排名" in page
    assert "第 1<" in page and "倍</b>" not in page


def test_every_post_leads_to_its_numbers(veras: Client, account: Account) -> None:
    publish(account, a_post_a_day(25, [100.0, 300.0]))
    page = text(veras, "?show=all")
    for number in Post.objects.values_list("pk", flat=True):
        assert f'href="/t/content/posts/{number}/"' in page
        assert f'href="/t/content/metrics/post_views/rows/?post={number}"' in page


def test_posts_too_young_are_said_and_another_age_offered(veras: Client, account: Account) -> None:
    publish(account, a_post_a_day(3, [100.0]))
    page = text(veras, "?age=30")
    assert "这段时间还没有作品满 30 天的数" in page
    assert "?age=7" in page


@pytest.mark.parametrize(
    "query",
    [
        "?age=9",
        "?age=x",
        "?days=-1",
        "?metric=reads",
        "?metric='; drop table posts",
        "?account=999999",
        "?account=x",
        "?platform=nowhere",
    ],
)
def test_an_odd_question_gets_the_usual_answer_and_is_told_so(
    veras: Client, account: Account, query: str
) -> None:
    publish(account, a_post_a_day(25, [100.0, 300.0]))
    page = text(veras, query, status=422)
    assert "field-error" in page
    assert "作品 024" in page or "作品 023" in page


@pytest.mark.parametrize(
    "views",
    [
        pytest.param([0.0], id="all zero"),
        pytest.param([7.0], id="constant"),
        pytest.param([100.0] * 29 + [100_000.0], id="one ×1000"),
        pytest.param([-3.0, 100.0], id="negative"),
        pytest.param([1e15], id="huge"),
    ],
)
def test_odd_numbers_still_make_a_page(veras: Client, account: Account, views: list[float]) -> None:
    publish(account, a_post_a_day(40, views, series=["甲", "乙", "丙"]))
    text(veras)
    text(veras, "?show=all&page=99999999")


def test_an_account_of_another_platform_finds_nothing_and_says_so(
    veras: Client, account: Account, team: Team
) -> None:
    Account.objects.create(team=team, platform="douyin", name="抖音")
    publish(account, a_post_a_day(25, [100.0]))
    assert "没有符合条件的作品" in text(veras, f"?platform=douyin&account={account.pk}")


def test_a_team_without_posts_is_told_where_they_come_from(
    alice: Member, signed_in: SignedIn
) -> None:
    page = text(signed_in(alice))
    assert "还没有作品可比" in page and "去导入" in page


def test_another_teams_posts_are_not_there(
    veras: Client, account: Account, charlie: Any, signed_in: SignedIn
) -> None:
    publish(account, a_post_a_day(5, [100.0]))
    assert signed_in(charlie).get(PATH).status_code == 404


def test_hundred_posts_take_no_more_queries_than_ten(
    veras: Client, account: Account, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    publish(account, a_post_a_day(100, VIEWS, series=SERIES))
    with django_assert_max_num_queries(24):
        text(veras)


def test_a_slot_of_few_posts_is_grey_and_without_a_number() -> None:
    names = ["1-9"] * 12 + ["2-9"] * 12 + ["3-20"] * 2
    x = [0.0, 0.1] * 6 + [1.0, 1.1] * 6 + [5.0, 5.0]
    found = group_effects(x, names, min_groups=2, least_each=3).against_all
    counts = {"1-9": 12, "2-9": 12, "3-20": 2}
    words = {
        "days": "一 二 三 四 五 六 日",
        "few": "%(count)d 太少",
        "none": "",
        "told": "%(effect)s",
    }
    rows = heat(found.groups, counts, words=words)
    assert [cell.hour for cell in rows[0][1]] == [9, 20]
    assert (rows[0][1][0].look[0], rows[1][1][0].look[0]) == ("d", "u")
    few = rows[2][1][1]
    assert (few.look, few.words, few.shade, few.label) == ("few", "", None, "2 太少")
    assert rows[6][1][0].look == ""


@pytest.mark.parametrize(
    ("value", "shown"), [(0.234, "+23%"), (-0.08, "−8%"), (0.001, "0%"), (11.2, "12 倍")]
)
def test_shares_are_written_as_people_write_them(value: float, shown: str) -> None:
    assert share(value) == shown
