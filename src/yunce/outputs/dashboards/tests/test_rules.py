"""The loop's states and the freshness line, by hand."""

from __future__ import annotations

from datetime import date

import pytest

from yunce.kit.months import Month
from yunce.outputs.dashboards.rules import (
    day_words,
    freshness,
    plan_state,
    review_state,
    watch_state,
    work_state,
)

MAY = Month(2025, 5)
TODAY = date(2025, 5, 21)


@pytest.mark.parametrize(
    ("state", "dot", "word"),
    [(None, "todo", "未开始"), ("draft", "on", "草稿"), ("locked", "done", "已定稿")],
)
def test_the_plans_state(state: str | None, dot: str, word: str) -> None:
    assert (plan_state(state).dot, plan_state(state).word) == (dot, word)


@pytest.mark.parametrize(
    ("done", "count", "dot", "word"),
    [
        (0, 0, "todo", "未开始"),
        (0, 3, "todo", "0%"),
        (199, 200, "on", "99%"),
        (3, 3, "done", "100%"),
    ],
)
def test_the_share_of_done_tasks(done: int, count: int, dot: str, word: str) -> None:
    assert (work_state(done, count).dot, work_state(done, count).word) == (dot, word)


def test_data_up_to_the_last_day_is_complete() -> None:
    assert watch_state(MAY, date(2025, 5, 31)).word == "数据完整"
    assert watch_state(MAY, date(2025, 5, 20)).word == "到 5/20"
    assert watch_state(MAY, None).dot == "todo"


def test_a_review_is_done_when_four_dimensions_have_words() -> None:
    assert review_state(4).dot == "done"
    assert review_state(3).word == "3 / 4"


def test_yesterdays_numbers_are_on_time() -> None:
    told = freshness(MAY, [("小红书", date(2025, 5, 20))], due=date(2025, 5, 20))
    assert told is not None
    assert (told.words, told.tone) == ("数据到 5/20", "")


def test_one_late_account_is_named() -> None:
    newest = [("抖音", date(2025, 5, 20)), ("小红书", date(2025, 5, 19))]
    told = freshness(MAY, newest, due=date(2025, 5, 20))
    assert told is not None
    assert (told.words, told.tone) == ("数据到 5/20 · 小红书晚 1 天", "warn")


def test_a_finished_month_is_due_up_to_its_last_day() -> None:
    told = freshness(MAY, [("抖音", date(2025, 6, 10))], due=MAY.last)
    assert told is not None
    assert (told.words, told.tone) == ("数据到 5/31", "")


def test_without_numbers_there_is_no_freshness() -> None:
    assert freshness(MAY, [("抖音", None), ("B站", date(2025, 4, 2))], due=TODAY) is None


def test_the_day_of_the_month() -> None:
    assert day_words(MAY, TODAY) == "第 21 天 / 31"
    assert day_words(MAY, date(2025, 6, 1)) == "已结束"
    assert day_words(MAY, date(2025, 4, 30)) == "还没开始"
