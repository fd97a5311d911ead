"""指标口径: the catalogue and one definition, as people see them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yunce.ground.channels.models import Account
from yunce.ground.facts.tests.conftest import State
from yunce.ground.teams.models import User

METRICS = "/t/content/metrics/"

pytestmark = pytest.mark.usefixtures("today")


def text(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_catalogue_shows_every_dimension_with_the_teams_numbers(
    veras: Client, state: State
) -> None:
    state("likes", {1: 100, 2: 1134})
    page = text(veras, METRICS)
    assert "内容运营" in page
    assert "转化优化" in page
    assert "1,234" in page
    assert "越高越好" in page


@pytest.mark.parametrize("search", ["点赞数", "LIKES", "点赞（赞同）"])
def test_a_search_looks_in_names_codes_and_meanings(veras: Client, search: str) -> None:
    page = text(veras, f"{METRICS}?q={search}")
    assert f"{METRICS}likes/" in page
    assert f"{METRICS}gmv/" not in page


def test_a_search_by_htmx_gets_the_list_alone(veras: Client) -> None:
    page = text(veras, f"{METRICS}?q=likes", HX_Request="true")
    assert f"{METRICS}likes/" in page
    assert "<html" not in page


def test_a_search_without_a_find_says_what_to_try(veras: Client) -> None:
    assert "没有找到这样的指标" in text(veras, f"{METRICS}?q=没有这个词")


def test_a_ratio_is_drawn_as_a_fraction_and_read_aloud_by_names(veras: Client) -> None:
    page = text(veras, f"{METRICS}click_rate/")
    assert "商品点击率 = 商品点击量 除以 商品曝光量" in page
    assert 'class="fx-frac"' in page
    assert "不是每天、每个账号比率的平均" in page


def test_brackets_stand_where_the_reading_needs_them(veras: Client) -> None:
    page = text(veras, f"{METRICS}interaction_rate_reads/")
    assert "（点赞数 加 评论数 加 分享数）除以 阅读（播放）量" in page


def test_a_stock_says_that_days_are_not_added(veras: Client, state: State) -> None:
    state("total_followers", {1: 500, 31: 800})
    page = text(veras, f"{METRICS}total_followers/")
    assert "不能按天相加" in page
    assert ">800<" in page
    assert "2/30 天有数" not in page  # the 30 days before 31 May hold the second value alone
    assert "1/30 天有数" in page


def test_a_definition_names_the_exports_that_feed_it(veras: Client) -> None:
    page = text(veras, f"{METRICS}total_followers/")
    assert "抖音" in page
    assert "「总粉丝量」列" in page
    assert "第 1 版" in page


def test_rows_named_after_a_metric_feed_it_too(veras: Client) -> None:
    page = text(veras, f"{METRICS}period_impressions/")
    assert "近30日 · 账号总体观看数据" in page
    assert "「曝光」行" in page


def test_people_have_no_total_and_the_page_says_why(veras: Client, state: State) -> None:
    state("readers", {30: 100, 31: 120})
    page = text(veras, f"{METRICS}readers/")
    assert "按人去重" in page
    assert "同一个人算多次" in page


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("wci", "几个账号的不能相加，也不能平均"),
        ("wci_peak", "本期作品最高（单篇阅读（播放）量）"),
        ("reads_at_7d", "发布后第 7 天（最多晚 1 天）（单篇阅读（播放）量）"),
        ("reads_growth", "对一整段时间算"),
        ("likes", "口径还没有改过"),
    ],
)
def test_functions_indices_and_versions_are_told_in_words(
    veras: Client, code: str, said: str
) -> None:
    assert said in text(veras, f"{METRICS}{code}/")


def test_an_unknown_code_is_not_found(veras: Client) -> None:
    assert veras.get(f"{METRICS}no_such/").status_code == 404


def test_a_stranger_finds_neither_page(
    veras: Client, charlie: User, signed_in: Callable[[User], Client]
) -> None:
    stranger = signed_in(charlie)
    assert stranger.get(METRICS).status_code == 404
    assert stranger.get(f"{METRICS}likes/").status_code == 404


def test_the_pages_do_not_ask_once_a_metric(
    veras: Client,
    account: Account,
    state: State,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    state("likes", {1: 100})
    with django_assert_max_num_queries(17):
        text(veras, METRICS)
    with django_assert_max_num_queries(17):
        text(veras, f"{METRICS}interaction_rate_reads/")
