"""Comparing with the period before and with last year."""

from __future__ import annotations

from datetime import date

import pytest

from yunce.engines.metrics import FactStore, MetricQuery, QueryError, earlier_row
from yunce.engines.metrics.tests.stage import TEAM, ask, fact


@pytest.fixture
def months(store: FactStore) -> FactStore:
    """May has two days, April one, last year's May one."""
    april = fact("reads", 2, 20)._replace(day=date(2025, 4, 2))
    last_year = fact("reads", 1, 7)._replace(day=date(2024, 5, 1))
    store.write(1, [fact("reads", 1, 10), fact("reads", 2, 15), april, last_year])
    return store


def test_a_month_is_compared_with_the_month_before(months: FactStore) -> None:
    answer = ask(months, "reads", compare="previous")
    assert answer.before is not None
    before = answer.before.row("reads")
    assert before is not None
    assert (before.value, before.covered_days, answer.before.days) == (20, 1, 30)
    assert answer.value("reads") == 25


def test_a_month_is_compared_with_last_years(months: FactStore) -> None:
    answer = ask(months, "reads", compare="last_year")
    assert answer.before is not None
    assert (answer.before.value("reads"), answer.before.days) == (7, 31)


def test_an_unknown_period_before_is_not_zero(months: FactStore) -> None:
    answer = ask(months, "likes", compare="previous")
    assert answer.before is not None
    assert answer.before.value("likes") is None


@pytest.mark.parametrize(
    ("by", "group", "value"),
    [("day", (date(2025, 5, 2),), 20), ("month", ("2025-05",), 20), ("account", (1,), 20)],
)
def test_rows_find_their_like(
    months: FactStore, by: str, group: tuple[date | str | int, ...], value: float
) -> None:
    answer = ask(months, "reads", by=(by,), compare="previous")
    row = answer.row("reads", *group)
    assert row is not None
    before = earlier_row(answer, row)
    assert before is not None
    assert before.value == value


def test_a_second_week_finds_the_second_week(months: FactStore) -> None:
    days = date(2025, 5, 5), date(2025, 5, 18)
    months.write(2, [fact("reads", 13, 3), fact("reads", 1, 4)])
    query = MetricQuery(TEAM, ("reads",), *days, by=("week",), compare="previous")
    answer = months.answer(query)
    row = answer.row("reads", "2025-W20")
    assert row is not None
    before = earlier_row(answer, row)
    assert before is not None
    assert (before.group, before.value) == (("2025-W18",), 19)


def test_a_row_without_a_like_has_none(months: FactStore) -> None:
    answer = ask(months, "reads", by=("day",), compare="previous")
    row = answer.row("reads", date(2025, 5, 1))
    assert row is not None
    assert earlier_row(answer, row) is None
    assert earlier_row(ask(months, "reads"), row) is None


def test_what_cannot_be_compared_is_refused(store: FactStore) -> None:
    with pytest.raises(QueryError, match="是否想写：previous"):
        ask(store, "reads", compare="previuos")
    with pytest.raises(QueryError, match="不能再按天"):
        ask(store, "reads", compare="previous", where={"week": ("2025-W20",)})
