"""Functions over the posts of a period, on every store; numbers worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from yunce.engines.metrics import (
    FactRow,
    FactStore,
    MetricQuery,
    NotAdditiveError,
    QueryError,
    catalogue,
    proposed,
)
from yunce.engines.metrics.tests.stage import TEAM, ask, fact
from yunce.engines.metrics.tests.test_proposing import PER_READ

Said = tuple[int, int, float]  # post, day of May (of April: 0 and less), value


def views(said: Iterable[Said], metric: str = "post_views", account: int = 1) -> list[FactRow]:
    rows = [fact(metric, 1, value, post=post, account=account) for post, _day, value in said]
    days = [date.fromordinal(date(2025, 5, 1).toordinal() + day - 1) for _post, day, _v in said]
    return [row._replace(day=day) for row, day in zip(rows, days, strict=True)]


def published(store: FactStore, **days: str) -> None:
    """Posts by number: p7="2025-05-02"."""
    store.remember_posts(TEAM, {int(name[1:]): {"published": day} for name, day in days.items()})


def test_posts_published_earlier_do_not_count(store: FactStore) -> None:
    published(store, p7="2025-05-02", p8="2025-05-09", p9="2025-04-30")
    store.write(1, views([(7, 3, 10), (7, 20, 100), (8, 10, 40), (9, 10, 5000)]))
    answer = ask(store, "published_reads", "top_post_reads", "published_posts")
    assert [row.value for row in answer.rows] == [140, 100, 2]  # the last known of each: 100, 40


def test_a_post_of_unknown_date_is_left_out_aloud(store: FactStore) -> None:
    published(store, p7="2025-05-02")
    store.write(1, views([(7, 3, 10), (8, 3, 1)]))
    row = ask(store, "published_reads").rows[0]
    assert (row.value, row.reason) == (10, "另有 1 篇不知道发布日期，没有算进去")


def test_without_posts_of_the_period_it_is_unknown(store: FactStore) -> None:
    published(store, p7="2025-04-02")
    store.write(1, views([(7, 3, 10)]))
    row = ask(store, "published_posts").rows[0]
    assert (row.value, row.reason) == (None, "没有「单篇阅读（播放）量」的数据")


def test_a_calculated_value_needs_every_part_of_every_post(store: FactStore) -> None:
    published(store, p7="2025-05-02", p8="2025-05-03")
    metric = proposed(
        replace(PER_READ, formula="posts_sum(post_views * post_headline) + 0 * post_views"),
        catalogue(),
    )
    known = catalogue().extended([metric])
    query = MetricQuery(TEAM, (metric.code,), date(2025, 5, 1), date(2025, 5, 31))
    store.write(1, [*views([(7, 3, 10), (8, 4, 20)]), *views([(7, 3, 1)], "post_headline")])
    row = store.answer(query, known).rows[0]
    assert (row.value, row.reason) == (None, "有 1 篇缺少「头条标记、单篇阅读（播放）量」")
    store.write(2, views([(8, 4, 0)], "post_headline"))
    assert store.answer(query, known).rows[0].value == 10  # 10 × 1 + 20 × 0


def test_the_number_at_an_age_is_that_days(store: FactStore) -> None:
    published(store, p7="2025-05-02", p8="2025-05-20")
    store.write(1, views([(7, 3, 10), (7, 9, 70), (7, 31, 500), (8, 21, 5), (8, 27, 30)]))
    answer = ask(store, "reads_at_1d", "reads_at_7d")
    assert [row.value for row in answer.rows] == [15, 100]  # 10 + 5, 70 + 30


def test_a_day_late_counts_only_where_the_definition_says_so(store: FactStore) -> None:
    published(store, p7="2025-05-02")
    store.write(1, views([(7, 4, 20), (7, 10, 80), (7, 12, 95)]))
    answer = ask(store, "reads_at_1d", "reads_at_7d")
    assert [row.value for row in answer.rows] == [None, 80]  # the eighth day's, not the tenth's
    assert answer.rows[0].reason == (
        "有 1 篇没有发布后第 1 天的「单篇阅读（播放）量」，不用别的日子代替"
    )


def test_one_post_without_it_makes_the_sum_unknown_but_not_the_other_posts(
    store: FactStore,
) -> None:
    published(store, p7="2025-05-02", p8="2025-05-03")
    store.write(1, views([(7, 9, 70), (8, 9, 60), (8, 20, 90)]))
    assert ask(store, "reads_at_7d").value("reads_at_7d") is None
    by_post = ask(store, "reads_at_7d", by=("post",))
    assert [by_post.value("reads_at_7d", post) for post in (7, 8)] == [70, None]


def test_a_post_too_young_waits_and_is_told_of(store: FactStore) -> None:
    published(store, p7="2025-05-02", p8="2025-05-28")
    store.write(1, views([(7, 9, 70), (8, 31, 9)]))
    row = ask(store, "reads_at_7d").rows[0]
    assert (row.value, row.reason) == (70, "另有 1 篇发布还不满 7 天，没有算进去")
    row = ask(store, "reads_at_7d", start=15).rows[0]
    assert (row.value, row.reason) == (None, "1 篇发布都还不满 7 天")


def test_an_age_reached_after_the_period_still_belongs_to_it(store: FactStore) -> None:
    published(store, p7="2025-05-30")
    store.write(1, views([(7, 37, 33)]))  # 6 June
    assert ask(store, "reads_at_7d").value("reads_at_7d") == 33


def test_growth_is_the_last_number_less_the_last_before(store: FactStore) -> None:
    published(store, p7="2025-04-02", p8="2025-05-10")
    store.write(1, views([(7, -20, 100), (7, 0, 400), (7, 15, 450), (7, 30, 460), (8, 31, 40)]))
    assert ask(store, "reads_growth").value("reads_growth") == 100  # 460 − 400 and 40 − 0


def test_growth_without_a_number_before_is_unknown(store: FactStore) -> None:
    published(store, p7="2025-04-02")
    store.write(1, views([(7, 15, 450)]))
    row = ask(store, "reads_growth").rows[0]
    assert row.value is None
    assert "有 1 篇更早发布的没有这段时间之前的「单篇阅读（播放）量」" in row.reason


def test_growth_of_two_halves_adds_up_to_the_whole(store: FactStore) -> None:
    published(store, p7="2025-05-02")
    store.write(1, views([(7, 3, 10), (7, 12, 60), (7, 20, 100), (7, 31, 130)]))
    halves = [ask(store, "reads_growth", start=1, end=15), ask(store, "reads_growth", start=16)]
    assert [half.value("reads_growth") for half in halves] == [60, 70]
    assert ask(store, "reads_growth").value("reads_growth") == 130


def test_they_split_by_account_and_by_what_is_known_of_posts(store: FactStore) -> None:
    told = {"published": "2025-05-02"}
    store.remember_posts(TEAM, {7: told | {"form": "视频"}, 8: told | {"form": "图文"}})
    store.write(1, [*views([(7, 3, 10)]), *views([(8, 3, 4)], account=2)])
    assert ask(store, "top_post_reads", by=("form",)).value("top_post_reads", "图文") == 4
    assert ask(store, "reads_at_1d", by=("account",)).value("reads_at_1d", 1) == 10


@pytest.mark.parametrize("parts", [{"by": ("day",)}, {"by": ("month",)}, {"where": {"age": (7,)}}])
@pytest.mark.parametrize("metric", ["reads_at_7d", "reads_growth", "published_posts"])
def test_a_period_is_not_taken_apart(store: FactStore, metric: str, parts: Any) -> None:
    with pytest.raises(QueryError, match=r"对一整段时间算的.*请给每一段时间各问一次"):
        ask(store, metric, **parts)


def test_an_old_batch_undone_changes_them_as_it_does_all_numbers(store: FactStore) -> None:
    published(store, p7="2025-05-02")
    store.write(1, views([(7, 9, 70)]))
    store.write(2, views([(7, 9, 90)]))
    store.erase(2)
    assert ask(store, "reads_at_7d").value("reads_at_7d") == 70
    assert ask(store, "reads_growth", as_of_batch=0).value("reads_growth") is None


def wci_posts(store: FactStore, account: int = 1) -> None:
    """Two posts: together 3100 reads, 31 recommends, 62 likes, 93 shares; the first leads."""
    published(store, p7="2025-05-02", p8="2025-05-20")
    numbers = {
        "post_views": (2170, 930),
        "post_recommends": (31, 0),
        "post_likes": (31, 31),
        "post_shares": (62, 31),
        "post_headline": (1, 0),
    }
    for batch, (metric, (first, second)) in enumerate(numbers.items()):
        said = [(7, 30, first), (8, 31, second)]
        store.write(10 * account + batch, views(said, metric, account))


def test_wci_is_worked_out_from_the_posts_of_the_period(store: FactStore) -> None:
    wci_posts(store)
    names = ("wci_overall", "wci_per_piece", "wci_headline", "wci_peak", "wci")
    answer = ask(store, *names, by=("account",))
    # O: 0.7 ln(3100/31+1) + 0.09 ln(310/31+1) + 0.06 ln(620/31+1) + 0.15 ln(930/31+1)
    #  = 0.7 × 4.615121 + 0.09 × 2.397895 + 0.06 × 3.044522 + 0.15 × 3.433987 = 4.144165
    # A: the same over 2 pieces: ln 1551, ln 156, ln 311, ln 466                = 6.863161
    # H: the first post alone over 31 days: ln 71, ln 11, ln 11, ln 21          = 3.800239
    # P: the highest single numbers: ln 2171, ln 311, ln 311, ln 621            = 7.203729
    # (0.6 × 4.144165 + 0.2 × 6.863161 + 0.1 × 3.800239 + 0.1 × 7.203729)² × 12 = 4.959528² × 12
    wanted = [4.144165, 6.863161, 3.800239, 7.203729, 295.163]
    assert [answer.value(name, 1) for name in names] == pytest.approx(wanted, rel=1e-5)


def test_wci_of_several_accounts_is_refused_with_what_to_ask(store: FactStore) -> None:
    wci_posts(store)
    with pytest.raises(NotAdditiveError, match="不能相加，也不能平均。请按账号"):
        ask(store, "wci")
    assert ask(store, "wci", where={"account": (1,)}).rows[0].value == pytest.approx(295.163)


def test_wci_without_a_headline_mark_is_unknown(store: FactStore) -> None:
    wci_posts(store)
    store.erase(14)
    row = ask(store, "wci", where={"account": (1,)}).rows[0]
    assert row.value is None
    assert "头条标记" in row.reason


def test_bvci_is_worked_out_from_the_months_sums(store: FactStore) -> None:
    said = {
        **{"pieces_video": 3, "reads": 3100, "comments": 310},
        **{"total_followers": 999, "new_followers": 99},
    }
    store.write(1, [fact(metric, 31, value) for metric, value in said.items()])
    # 0.15 ln 4 + 0.25 ln(3100/31+1) + 0.3 ln(310/31+1) + 0.18 ln 1000 + 0.12 ln 100
    # = 0.207944 + 1.153780 + 0.719369 + 1.243396 + 0.552620 = 3.877109
    value = ask(store, "bvci", by=("account",)).value("bvci", 1)
    assert value == pytest.approx(387.7109, rel=1e-6)


def test_the_weibo_index_is_worked_out_from_the_months_sums(store: FactStore) -> None:
    said = {"pieces": 9, "shares": 99, "comments": 9, "likes": 99}
    store.write(1, [fact(metric, 31, value) for metric, value in said.items()])
    # (0.2 ln 10 + 0.8 (0.4 ln 100 + 0.4 ln 10 + 0.2 ln 100)) × 160 = 3.407826 × 160
    value = ask(store, "weibo_influence", by=("account",)).value("weibo_influence", 1)
    assert value == pytest.approx(545.2522, rel=1e-6)


def test_the_days_are_those_asked_for(store: FactStore) -> None:
    wci_posts(store)
    half = ask(store, "wci_overall", end=30, where={"account": (1,)}).rows[0]
    # 30 days, and of the first post alone something is known by then
    # 0.7 ln(2170/30+1) + 0.09 ln(310/30+1) + 0.06 ln(310/30+1) + 0.15 ln(620/30+1)
    assert half.value == pytest.approx(3.832039, rel=1e-6)


def of_accounts(store: FactStore, **days: str) -> None:
    """Posts of account 1 by number, as the relational rows tell of them."""
    told = {int(name[1:]): {"published": day, "account": "1"} for name, day in days.items()}
    store.remember_posts(TEAM, told)


def test_a_post_without_a_number_near_its_age_is_lacking_not_absent(store: FactStore) -> None:
    of_accounts(store, p7="2025-05-01", p8="2025-05-02")
    store.write(1, views([(8, 9, 100), (7, 51, 500)]))  # the 7th only on 20 June
    for by in ((), ("account",)):
        (row,) = ask(store, "reads_at_7d", by=by).rows
        assert row.value is None
        assert row.reason.startswith("有 1 篇没有发布后第 7 天（最多晚 1 天）的")


def test_a_post_nobody_told_any_number_of_is_lacking_once_it_is_old_enough(
    store: FactStore,
) -> None:
    of_accounts(store, p8="2025-05-02", p9="2025-05-03")
    store.write(1, views([(8, 9, 100)]))
    (row,) = ask(store, "reads_at_7d").rows
    assert (row.value, row.reason) == (100, "另有 1 篇发布还不满 7 天，没有算进去")
    store.write(2, views([(8, 20, 300)]))
    assert ask(store, "reads_at_7d").rows[0].value is None
    only = ask(store, "reads_at_7d", where={"post": (8,)})
    assert only.value("reads_at_7d") == 100
    assert ask(store, "reads_at_7d", where={"account": (2,)}).rows[0].value is None


def test_posts_of_the_period_without_numbers_in_it_are_left_out_aloud(store: FactStore) -> None:
    of_accounts(store, p7="2025-05-02", p8="2025-05-31", p9="2025-04-30")
    store.write(1, views([(7, 3, 10), (8, 32, 40)]))
    answer = ask(store, "published_reads", "published_posts", "top_post_reads", "reads_growth")
    assert [row.value for row in answer.rows] == [10, 1, 10, 10]
    assert {row.reason for row in answer.rows} == {"另有 1 篇这段时间里还没有数，没有算进去"}
