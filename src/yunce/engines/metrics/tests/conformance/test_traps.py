"""Numbers a careless query gets wrong. Each table is small enough to add up by hand."""

from __future__ import annotations

from datetime import date

import pytest

from yunce.engines.metrics import FactStore, NotAdditiveError
from yunce.engines.metrics.tests.stage import ask, fact


def test_attributes_of_accounts_do_not_multiply_facts(store: FactStore) -> None:
    store.write(1, [fact("reads", 1, 100, account=1), fact("reads", 1, 50, account=2)])
    answer = ask(
        store,
        "reads",
        by=("platform", "owner"),
        attributes={"platform": {1: "douyin", 2: "douyin"}, "owner": {1: "alice", 2: "bob"}},
    )
    assert [(row.group, row.value) for row in answer.rows] == [
        (("douyin", "alice"), 100),
        (("douyin", "bob"), 50),
    ]


def test_an_account_without_an_attribute_is_not_lost(store: FactStore) -> None:
    store.write(1, [fact("reads", 1, 100, account=1), fact("reads", 1, 50, account=2)])
    answer = ask(store, "reads", by=("platform",), attributes={"platform": {1: "douyin"}})
    assert (answer.value("reads", "douyin"), answer.value("reads", "")) == (100, 50)


def test_a_rate_is_the_sum_over_the_sum(store: FactStore) -> None:
    facts = [
        *(fact("likes", 1, 10), fact("comments", 1, 0), fact("shares", 1, 0), fact("reads", 1, 20)),
        *(fact("likes", 2, 10), fact("comments", 2, 0), fact("shares", 2, 0), fact("reads", 2, 80)),
    ]
    store.write(1, facts)
    # Daily rates are 10/20 = 50 % and 10/80 = 12.5 %; their mean 31.25 % is wrong, 20/100 is right.
    assert ask(store, "interaction_rate_reads").value("interaction_rate_reads") == 0.2


def test_reported_rates_are_weighted_not_averaged(store: FactStore) -> None:
    facts = [
        *(fact("post_views", 9, 100, post=7), fact("post_finish_rate", 9, 0.5, post=7)),
        *(fact("post_views", 9, 300, post=8), fact("post_finish_rate", 9, 0.1, post=8)),
    ]
    store.write(1, facts)
    # (100 × 50 % + 300 × 10 %) ÷ 400 = 80 ÷ 400
    assert ask(store, "post_finish_rate").value("post_finish_rate") == pytest.approx(0.2)


def test_followers_are_not_summed_over_days(store: FactStore) -> None:
    facts = [
        *(fact("total_followers", 1, 1000), fact("total_followers", 2, 1010)),
        fact("total_followers", 1, 500, account=2),
    ]
    store.write(1, facts)
    # Lasts: 1010 of the 2nd and 500 of the 1st.
    assert ask(store, "total_followers").value("total_followers") == 1510


def test_a_stock_denominator_keeps_its_own_rule(store: FactStore) -> None:
    facts = [
        *(fact("likes", 1, 30), fact("comments", 1, 5), fact("shares", 1, 5)),
        *(fact("likes", 2, 40), fact("comments", 2, 10), fact("shares", 2, 10)),
        *(fact("total_followers", 1, 900), fact("total_followers", 2, 1000)),
    ]
    store.write(1, facts)
    # 100 interactions over the 1000 followers of the last day, not over 1900.
    assert ask(store, "interaction_rate_followers").value("interaction_rate_followers") == 0.1


@pytest.mark.parametrize(
    "by",
    [(), ("day",), ("account",), ("month", "account"), ("day", "segment")],
)
def test_people_are_never_added_up(store: FactStore, by: tuple[str, ...]) -> None:
    with pytest.raises(NotAdditiveError, match="阅读人数"):
        ask(store, "readers", by=by)


def test_people_are_given_as_reported(store: FactStore) -> None:
    store.write(
        1, [fact("readers", 1, 80), fact("readers", 2, 90), fact("readers", 1, 7, account=2)]
    )
    assert ask(store, "readers", by=("account", "day")).value("readers", 1, date(2025, 5, 2)) == 90
    assert ask(store, "readers", end=1, where={"account": (1,)}).value("readers") == 80


def test_people_of_several_posts_are_never_added_up(store: FactStore) -> None:
    store.write(1, [fact("post_readers", 9, 80, post=7), fact("post_readers", 9, 90, post=8)])
    with pytest.raises(NotAdditiveError, match="按内容"):
        ask(store, "post_readers", by=("account",))
    assert ask(store, "post_readers", by=("post",)).value("post_readers", 8) == 90


def test_people_of_a_post_on_one_day_are_not_those_of_the_month(store: FactStore) -> None:
    store.write(
        1, [fact("post_daily_readers", 1, 80, post=7), fact("post_daily_readers", 2, 5, post=7)]
    )
    with pytest.raises(NotAdditiveError, match="按内容（post）和天（day）"):
        ask(store, "post_daily_readers", by=("post",))
    days = ask(store, "post_daily_readers", by=("post", "day"))
    assert [row.value for row in days.rows] == [80, 5]
    assert ask(store, "post_daily_readers", end=1, where={"post": (7,)}).rows[0].value == 80


def test_the_whole_is_not_added_to_its_channels(store: FactStore) -> None:
    facts = [
        fact("reads", 1, 100),
        fact("reads", 1, 60, segment="channel=朋友圈"),
        fact("reads", 1, 40, segment="channel=搜一搜"),
    ]
    store.write(1, facts)
    assert ask(store, "reads").value("reads") == 100
    parts = ask(store, "reads", by=("segment",))
    assert [(row.group, row.value) for row in parts.rows] == [
        (("channel=搜一搜",), 40),
        (("channel=朋友圈",), 60),
    ]


def test_two_cuts_of_the_same_reads_are_not_added(store: FactStore) -> None:
    with pytest.raises(NotAdditiveError, match="细分"):
        ask(store, "reads", where={"segment": ("channel=朋友圈", "age=18-24")})


def test_missing_is_not_zero(store: FactStore) -> None:
    store.write(1, [fact("likes", 1, 10), fact("comments", 1, 2), fact("reads", 1, 100)])
    row = ask(store, "interaction_rate_reads").rows[0]
    assert (row.value, row.covered_days) == (None, 0)
    assert row.reason == "没有「分享数」的数据"


def test_zero_is_not_missing(store: FactStore) -> None:
    store.write(1, [fact("reads", 1, 0)])
    assert ask(store, "reads").value("reads") == 0


def test_a_half_covered_period_says_so(store: FactStore) -> None:
    store.write(1, [fact("reads", day, 10) for day in range(1, 16)])
    answer = ask(store, "reads")
    assert (answer.rows[0].covered_days, answer.days, answer.as_of) == (15, 31, date(2025, 5, 15))


def test_parts_covered_unevenly_say_so(store: FactStore) -> None:
    store.write(1, [fact("clicks", 1, 5), fact("exposures", 1, 50), fact("exposures", 2, 50)])
    row = ask(store, "click_rate").rows[0]
    assert (row.value, row.covered_days) == (0.1, 1)  # not 0.05: of the 2nd nobody knows the clicks
    assert row.reason == "只算各部分都有数的 1 天，另有 1 天缺一部分"


def test_a_level_before_the_period_is_not_passed_off_as_current(store: FactStore) -> None:
    store.write(1, [fact("total_followers", 1, 1000)])
    assert ask(store, "total_followers", start=2).value("total_followers") is None


def test_the_accounts_own_count_wins_over_its_posts(store: FactStore) -> None:
    facts = [
        *(fact("pieces", 1, 3), fact("pieces", 1, 1, post=7), fact("pieces", 1, 1, post=8)),
        fact("pieces", 2, 1, post=9),
    ]
    store.write(1, facts)
    # 3 stated for the 1st (its two known posts are among them) and 1 post on the 2nd.
    assert ask(store, "pieces").value("pieces") == 4
    assert ask(store, "pieces", by=("post",)).value("pieces", 7) == 1


def test_post_facts_do_not_leak_into_account_metrics(store: FactStore) -> None:
    store.write(1, [fact("likes", 1, 10), fact("likes", 1, 4, post=7)])
    assert ask(store, "likes").value("likes") == 10


def test_nothing_divided_by_zero_is_unknown(store: FactStore) -> None:
    store.write(1, [fact("clicks", 1, 0), fact("exposures", 1, 0)])
    row = ask(store, "click_rate").rows[0]
    assert (row.value, row.reason) == (None, "分母「商品曝光量」为 0")


def test_means_without_weights_are_not_averaged(store: FactStore) -> None:
    store.write(1, [fact("landing_seconds", 1, 2), fact("landing_seconds", 2, 4)])
    row = ask(store, "landing_seconds").rows[0]
    assert row.value is None
    assert row.reason == "有几个「落地页加载时长」，但缺少「落地页访问量」来加权，不能直接平均"


def test_one_mean_alone_needs_no_weight(store: FactStore) -> None:
    store.write(1, [fact("landing_seconds", 1, 3)])
    assert ask(store, "landing_seconds").value("landing_seconds") == 3


def test_whole_numbers_add_up_exactly(store: FactStore) -> None:
    store.write(1, [fact("reads", day, 2**48 + day) for day in range(1, 32)])
    assert ask(store, "reads").value("reads") == 31 * 2**48 + 496


def test_cents_add_up_to_the_nearest_float(store: FactStore) -> None:
    store.write(1, [fact("gmv", day, 0.1) for day in range(1, 11)])
    assert ask(store, "gmv").value("gmv") == 1.0
