"""Questions that make no sense are refused with a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from yunce.engines.metrics import FactStore, MetricQuery, QueryError, UnknownMetricError
from yunce.engines.metrics.tests.stage import ask, fact


def test_days_the_wrong_way_round(store: FactStore) -> None:
    with pytest.raises(QueryError, match="晚于"):
        ask(store, "reads", start=9, end=3)


def test_no_metric() -> None:
    with pytest.raises(QueryError, match="没有指定指标"):
        MetricQuery(1, (), date(2025, 5, 1), date(2025, 5, 1))


def test_an_unknown_metric(store: FactStore) -> None:
    with pytest.raises(UnknownMetricError, match="是否想写"):
        ask(store, "raeds")


def test_an_unknown_grouping(store: FactStore) -> None:
    with pytest.raises(QueryError, match="不能按「platfrom」分组。是否想写：platform？"):
        ask(store, "reads", by=("platfrom",), attributes={"platform": {1: "douyin"}})


def test_an_unknown_filter(store: FactStore) -> None:
    with pytest.raises(QueryError, match="不能按「quarter」筛选"):
        ask(store, "reads", where={"quarter": (1,)})


def test_account_numbers_by_post(store: FactStore) -> None:
    with pytest.raises(QueryError, match="只有账号的数据"):
        ask(store, "reads", by=("post",))


def test_a_value_that_was_not_asked(store: FactStore) -> None:
    with pytest.raises(QueryError, match="没有问过指标「likes」"):
        ask(store, "reads").value("likes")


def test_a_series_of_something_not_by_day(store: FactStore) -> None:
    with pytest.raises(QueryError, match="按天"):
        ask(store, "reads").series("reads")


def test_text_from_outside_stays_text(store: FactStore) -> None:
    trick = "x' OR ''='"
    store.write(1, [fact("reads", 1, 10), fact("reads", 1, 4, segment=trick)])
    assert ask(store, "reads", where={"segment": (trick,)}).value("reads") == 4
    labels = {"platform": {1: trick}}
    assert ask(store, "reads", by=("platform",), attributes=labels).value("reads", trick) == 10


def test_changing_a_dictionary_afterwards_does_not_change_the_question(store: FactStore) -> None:
    store.write(1, [fact("reads", 1, 10), fact("reads", 1, 5, account=2)])
    where = {"account": (1,)}
    query = MetricQuery(1, ("reads",), date(2025, 5, 1), date(2025, 5, 31), where=where)
    where["account"] = (2,)
    assert store.answer(query).value("reads") == 10
