"""Formulas over accounts and days that lack a part: what is missing is not zero."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from yunce.engines.metrics import FactRow, FactStore, MetricQuery
from yunce.engines.metrics.tests.stage import TEAM, ask, fact

MONTH = range(1, 32)


def daily(account: int, days: Iterable[int], **values: float) -> list[FactRow]:
    return [fact(code, day, v, account=account) for day in days for code, v in values.items()]


def test_an_account_without_a_part_does_not_count_in_a_rate(store: FactStore) -> None:
    store.write(1, daily(1, MONTH, likes=50, comments=30, shares=20))
    store.write(2, daily(2, MONTH, likes=5, comments=3, shares=2, reads=100))
    (row,) = ask(store, "interaction_rate_reads").rows
    assert (row.value, row.covered_days, row.accounts) == (0.1, 31, 1)
    assert row.reason == "只算 2 个账号里的 1 个：1 个没有「阅读（播放）量」"
    by_account = ask(store, "interaction_rate_reads", by=("account",))
    assert [each.value for each in by_account.rows] == [None, 0.1]


def test_days_that_lack_a_part_do_not_count_in_a_rate(store: FactStore) -> None:
    store.write(1, daily(1, range(1, 5), clicks=5) + daily(1, range(3, 10), exposures=50))
    (row,) = ask(store, "click_rate").rows
    assert (row.value, row.covered_days) == (10 / 100, 2)
    assert row.reason == "只算各部分都有数的 2 天，另有 5 天缺一部分"
    days = ask(store, "click_rate", by=("day",))
    assert [each.value for each in days.rows].count(0.1) == 2


def test_parts_without_a_day_in_common_make_no_rate(store: FactStore) -> None:
    store.write(1, daily(1, range(1, 16), clicks=5) + daily(1, range(16, 31), exposures=50))
    (row,) = ask(store, "click_rate").rows
    assert (row.value, row.covered_days) == (None, 0)
    assert row.reason == "没有一个账号在同一天有「商品点击量」「商品曝光量」的数据"


def test_accounts_that_trade_parts_make_no_rate(store: FactStore) -> None:
    store.write(1, daily(1, [1], clicks=5) + daily(2, [1], exposures=50))
    assert ask(store, "click_rate").value("click_rate") is None
    store.write(2, daily(3, [1], clicks=1, exposures=50))
    (row,) = ask(store, "click_rate").rows
    assert (row.value, row.accounts) == (0.02, 1)
    assert row.reason == "只算 3 个账号里的 1 个：1 个没有「商品点击量」，1 个没有「商品曝光量」"


def test_days_traded_between_accounts_are_found(store: FactStore) -> None:
    """Each part has two days and two accounts, and only one day of one account has both."""
    store.write(1, daily(1, [1], clicks=5, exposures=50) + daily(2, [2], clicks=9))
    store.write(2, daily(1, [2], exposures=50) + daily(2, [1], exposures=900))
    (row,) = ask(store, "click_rate").rows
    assert (row.value, row.covered_days, row.accounts) == (0.1, 1, 1)
    assert row.reason == "只算 2 个账号里的 1 个：1 个各部分的数不在同一天"


def test_an_account_without_the_stock_does_not_count(store: FactStore) -> None:
    store.write(1, daily(1, MONTH, likes=1, comments=1, shares=1))
    store.write(
        2, daily(2, MONTH, likes=1, comments=1, shares=1) + daily(2, [30], total_followers=310)
    )
    (row,) = ask(store, "interaction_rate_followers").rows
    assert (row.value, row.accounts) == (93 / 310, 1)
    assert row.reason == "只算 2 个账号里的 1 个：1 个没有「累计粉丝」"


def test_posts_without_a_part_do_not_count(store: FactStore) -> None:
    store.write(1, [fact("post_views", 3, 100, post=7), fact("post_likes", 3, 10, post=7)])
    store.write(2, [fact("post_views", 3, 900, post=8)])
    (row,) = ask(store, "post_like_rate").rows
    assert (row.value, row.reason) == (0.1, "只算各部分都有数的内容")
    by_post = ask(store, "post_like_rate", by=("post",))
    assert [each.value for each in by_post.rows] == [0.1, None]


def test_a_difference_is_taken_where_both_sides_are_known(store: FactStore) -> None:
    store.write(1, daily(1, [1, 2], new_followers=10) + daily(1, [1], lost_followers=4))
    (row,) = ask(store, "net_followers").rows
    assert (row.value, row.covered_days, row.is_partial) == (6, 1, False)


@pytest.mark.parametrize("by", [(), ("account",), ("day",)])
def test_a_sum_says_what_it_lacks_and_stays_the_sum_of_its_groups(
    store: FactStore, by: tuple[str, ...]
) -> None:
    store.write(1, daily(1, [1, 2], likes=10, comments=5) + daily(2, [1], likes=1, shares=2))
    store.write(2, daily(3, [1], likes=1, comments=1, shares=1))
    rows = ask(store, "interactions", by=by).rows
    assert sum(row.value or 0 for row in rows) == 36
    assert {row.is_partial for row in rows} == ({True, False} if by == ("account",) else {True})


def test_a_sum_names_its_missing_parts(store: FactStore) -> None:
    store.write(1, daily(1, [1, 2], likes=10, comments=5) + daily(2, [1], likes=1, shares=2))
    (row,) = ask(store, "interactions").rows
    assert (row.value, row.covered_days) == (33, 2)
    assert row.reason == ("只是已知部分的和：只有 1 个账号有「评论数」，只有 1 个账号有「分享数」")


def test_a_sum_says_that_days_lack_a_part(store: FactStore) -> None:
    store.write(1, daily(1, [1], likes=10, comments=5) + daily(1, [2], shares=3))
    (row,) = ask(store, "interactions").rows
    assert (row.value, row.covered_days, row.is_partial) == (18, 1, True)
    assert row.reason == "只是已知部分的和：有的账号或日子缺一部分"


def test_even_parts_need_no_note(store: FactStore) -> None:
    store.write(1, daily(1, [1, 2], likes=1, comments=1, shares=1, reads=10))
    store.write(2, daily(2, [2], likes=1, comments=1, shares=1, reads=10))
    rows = ask(store, "interaction_rate_reads", "interactions").rows
    assert [(row.value, row.reason, row.is_partial) for row in rows] == [
        (0.3, "", False),
        (9, "", False),
    ]
    assert [(row.accounts, row.least_days) for row in rows] == [(2, 1), (2, 1)]


def test_long_periods_leave_out_the_same(store: FactStore) -> None:
    first = date(2025, 1, 1)
    rows = [
        FactRow(TEAM, account, 0, code, first + timedelta(days=n), "", value)
        for n in range(0, 300, 10)
        for account, code, value in ((1, "clicks", 5), (2, "clicks", 5), (2, "exposures", 50))
        if (account, code) != (2, "clicks") or n < 100
    ]
    store.write(1, rows)
    asked = MetricQuery(TEAM, ("click_rate",), first, first + timedelta(days=364))
    (row,) = store.answer(asked).rows
    assert (row.value, row.covered_days, row.accounts) == (0.1, 10, 1)


def test_who_is_behind_a_stored_number_is_told_when_asked(store: FactStore) -> None:
    store.write(1, daily(1, MONTH, reads=1) + daily(2, [4], reads=1))
    (row,) = ask(store, "reads", tells_accounts=True).rows
    assert (row.value, row.covered_days, row.accounts, row.least_days) == (32, 31, 2, 1)
    (untold,) = ask(store, "reads").rows
    assert (untold.accounts, untold.least_days) == (0, 0)


def test_a_level_says_which_accounts_it_leaves_out(store: FactStore) -> None:
    april = FactRow(TEAM, 2, 0, "total_followers", date(2025, 4, 30), "", 5000)
    store.write(1, [fact("total_followers", 1, 1000), april])
    (row,) = ask(store, "total_followers", tells_accounts=True).rows
    assert (row.value, row.accounts) == (1000, 1)
    assert row.reason == "另有 1 个账号只在之前 31 天里有「累计粉丝」，没有算进去"
    by_account = ask(store, "total_followers", by=("account",), tells_accounts=True)
    assert [each.group for each in by_account.rows] == [(1,)]


def test_works_are_not_expected_every_day(store: FactStore) -> None:
    store.write(1, daily(1, [1, 8, 9], pieces=1) + daily(2, [4], pieces=2))
    (row,) = ask(store, "pieces", tells_accounts=True).rows
    assert (row.value, row.accounts, row.said) == (5, 2, "")


def test_the_least_covered_account_is_said(store: FactStore) -> None:
    store.write(1, daily(1, MONTH, reads=1) + daily(2, [4], reads=1))
    (row,) = ask(store, "reads", tells_accounts=True).rows
    assert row.said == "2 个账号里，最少的只有 1 天"
    assert [each.said for each in ask(store, "reads", end=4, start=4).rows] == [""]


def test_days_without_works_need_no_note(store: FactStore) -> None:
    store.write(1, daily(1, [1, 8], pieces=1) + daily(1, [8], pieces_original=1))
    (row,) = ask(store, "original_share").rows
    assert (row.value, row.reason) == (0.5, "")


def test_a_month_of_spend_booked_on_one_day_is_over_the_whole_month(store: FactStore) -> None:
    store.write(1, [*daily(1, MONTH, gmv=100), fact("cost", 31, 310, account=1)])
    (row,) = ask(store, "roi").rows
    assert (row.value, row.covered_days, row.reason) == (10.0, 31, "")


def test_spend_booked_under_another_account_counts(store: FactStore) -> None:
    store.write(1, [*daily(1, MONTH, gmv=100), *daily(2, [3], cost=100), *daily(3, [9], cost=210)])
    assert ask(store, "roi").value("roi") == 10.0
    by_account = ask(store, "roi", by=("account",))
    assert [each.value for each in by_account.rows] == [None, None, None]


def test_what_is_beside_a_booking_is_still_paired(store: FactStore) -> None:
    """Sales and clicks of the first two days only; the spend counts whole."""
    rows = [*daily(1, range(1, 4), new_followers=10), *daily(1, range(1, 3), lost_followers=4)]
    store.write(1, [*rows, fact("cost", 31, 24, account=1)])
    (row,) = ask(store, "cost_per_net_follower").rows
    assert (row.value, row.covered_days) == (24 / 12, 2)


def test_nothing_booked_at_all_is_unknown(store: FactStore) -> None:
    store.write(1, daily(1, MONTH, gmv=100))
    (row,) = ask(store, "roi").rows
    assert (row.value, row.reason) == (None, "没有「推广花费」的数据")
