"""Comparing with the period before and with last year."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from yunce.engines.metrics import Answer, FactStore, MetricQuery, QueryError, earlier_row
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


def planned(store: FactStore, *metrics: str, start: date, end: date, **parts: Any) -> Answer:
    plans = {"2025-04": {"reads": 30.0}, "2025-05": {"reads": 40.0, "total_followers": 90.0}}
    query = MetricQuery(TEAM, metrics, start, end, compare="plan", planned=plans, **parts)
    answer = store.answer(query)
    assert answer.before is not None
    return answer.before


APRIL, MAY_END, JUNE_END = date(2025, 4, 1), date(2025, 5, 31), date(2025, 6, 30)


def test_a_month_is_compared_with_its_plan(months: FactStore) -> None:
    before = planned(months, "reads", "likes", start=date(2025, 5, 1), end=MAY_END)
    row = before.row("likes")
    assert row is not None
    assert before.value("reads") == 40
    assert (row.value, row.covered_days) == (None, 0)
    assert row.reason.startswith("2025-05 没有「")


def test_each_month_finds_its_own_plan(months: FactStore) -> None:
    query = MetricQuery(
        TEAM,
        ("reads",),
        APRIL,
        MAY_END,
        by=("month",),
        compare="plan",
        planned={"2025-04": {"reads": 30}, "2025-05": {"reads": 40}},
    )
    answer = months.answer(query)
    rows = [(row, earlier_row(answer, row)) for row in answer.rows]
    assert [(row.value, plan.value if plan else None) for row, plan in rows] == [(20, 30), (25, 40)]


def test_plans_of_several_months_add_up_only_where_numbers_do(months: FactStore) -> None:
    both = planned(months, "reads", "total_followers", start=APRIL, end=MAY_END)
    assert (both.value("reads"), both.value("total_followers")) == (70, 90)  # 30 + 40; the last
    three = planned(months, "reads", start=APRIL, end=JUNE_END).row("reads")
    assert three is not None
    assert (three.value, three.covered_days) == (None, 61)
    assert three.reason.startswith("2025-06 没有")


def test_planned_rates_of_several_months_have_no_sum(store: FactStore) -> None:
    plans = {"2025-04": {"click_rate": 0.03}, "2025-05": {"click_rate": 0.05}}
    query = MetricQuery(TEAM, ("click_rate",), APRIL, MAY_END, compare="plan", planned=plans)
    before = store.answer(query).before
    assert before is not None
    row = before.row("click_rate")
    assert row is not None
    assert row.value is None
    assert row.reason.endswith("请按月（month）分组")


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"end": date(2025, 5, 30)}, "请从 2025-05-01 问到 2025-05-31"),
        ({"by": ("day",)}, "只能按月"),
        ({"where": {"account": (1,)}}, "只能按月"),
    ],
)
def test_a_part_of_a_month_or_a_team_has_no_plan(
    store: FactStore, parts: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(QueryError, match=sentence):
        planned(store, "reads", **{"start": date(2025, 5, 1), "end": MAY_END, **parts})


@pytest.mark.parametrize("planned_month", ["2025-01", "2025-03"])
def test_an_old_months_plan_of_a_level_is_not_the_plan_of_the_last(
    store: FactStore, planned_month: str
) -> None:
    plans = {planned_month: {"total_followers": 1000.0}}
    days = date(2025, 1, 1), date(2025, 3, 31)
    query = MetricQuery(TEAM, ("total_followers",), *days, compare="plan", planned=plans)
    before = store.answer(query).before
    assert before is not None
    (row,) = before.rows
    if planned_month == "2025-03":
        assert (row.value, row.reason) == (1000, "")
    else:
        assert (row.value, row.reason) == (None, "2025-03 没有「累计粉丝」的目标")


def over(store: FactStore, start: date, end: date, by: str, compare: str) -> dict[Any, Any]:
    """Each group with the one it is compared with; every day from 2023 on has its number."""
    first = date(2023, 12, 1)
    days = [date.fromordinal(first.toordinal() + n) for n in range(520)]
    store.write(1, [fact("reads", 1, day.toordinal())._replace(day=day) for day in days])
    answer = store.answer(MetricQuery(TEAM, ("reads",), start, end, by=(by,), compare=compare))
    pairs = {row.group[0]: earlier_row(answer, row) for row in answer.rows}
    return {group: earlier and earlier.group[0] for group, earlier in pairs.items()}


def test_last_year_has_the_same_dates(store: FactStore) -> None:
    pairs = over(store, date(2025, 1, 1), date(2025, 3, 31), "day", "last_year")
    assert pairs[date(2025, 2, 28)] == date(2024, 2, 28)
    assert pairs[date(2025, 3, 1)] == date(2024, 3, 1)
    assert pairs[date(2025, 3, 31)] == date(2024, 3, 31)


def test_a_leap_day_has_no_like(store: FactStore) -> None:
    pairs = over(store, date(2024, 12, 1), date(2025, 3, 31), "day", "last_month")
    assert pairs[date(2025, 3, 28)] == date(2025, 2, 28)
    assert pairs[date(2025, 3, 29)] is None
    assert pairs[date(2025, 1, 31)] == date(2024, 12, 31)


def test_last_year_has_the_weeks_of_the_same_number(store: FactStore) -> None:
    pairs = over(store, date(2025, 1, 1), date(2025, 3, 31), "week", "last_year")
    assert pairs["2025-W10"] == "2024-W10"
