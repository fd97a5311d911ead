"""Vague words, verdicts, values, due days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from yunce.kit.months import Month
from yunce.kit.numbers import Unit
from yunce.loop.goals.rules import Standing
from yunce.loop.reviews.rules import (
    Outcome,
    data_words,
    due_problem,
    due_words,
    measure_vagueness,
    rate_span,
    shown_value,
    statements,
    to_do_words,
    vagueness,
    verdict,
)

MAY = Month(2025, 5)
JUNE = date(2025, 6, 2)


def outcome(name: str, standing: Standing, ratio: str | None = None) -> Outcome:
    return Outcome(name, standing, None if ratio is None else Decimal(ratio))


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("推广效果不好", ("环节", "动作", "数据")),
        ("活动转化率低：落地页加载 3 秒，影响约 10% 用户", ()),
        ("行业干货篇均阅读 350，比要求的 500 低 30%：标题没有写出读者的问题。", ()),
        ("18–25 岁用户占比 45%，目标 55%，低 10 个百分点：裂变奖品偏家庭用品。", ()),
        ("长文互动率只有 5%，低于平均 9.2%：结尾提问放在最后一屏，看到的人少。", ()),
        ("三审一次通过率 77%(17/22)，5 篇返工都在标题与引用。", ()),
        ("海报转化一般", ("动作", "数据")),
        ("海报入群的人少了一半", ()),
        ("本月只有 3 次", ("环节", "动作")),
        ("", ()),
    ],
)
def test_a_problem_says_which_step_action_and_number(text: str, missing: tuple[str, ...]) -> None:
    assert vagueness(text) == missing


def test_each_line_is_a_problem_of_its_own() -> None:
    text = "落地页加载 3 秒，10% 用户离开\n\n推广效果不好"
    assert [found.missing for found in statements(text)] == [(), ("环节", "动作", "数据")]
    assert vagueness(text) == ("环节", "动作", "数据")


@pytest.mark.parametrize(
    ("measure", "expected", "has_owner", "due_on", "missing"),
    [
        ("加强推广", "", False, None, ("动作", "负责人", "日期", "预期变化")),
        ("落地页压缩到 2 秒", "转化率 +15%", True, date(2025, 6, 15), ()),
        ("6/15 前落地页压缩到 2 秒", "", True, None, ()),
        ("6/15 前压缩落地页", "", True, None, ("预期变化",)),
        ("优化标题", "篇均阅读 350 → 500", True, date(2025, 6, 3), ("动作",)),
    ],
)
def test_a_measure_has_a_verb_an_owner_a_day_and_a_change(
    measure: str, expected: str, has_owner: bool, due_on: date | None, missing: tuple[str, ...]
) -> None:
    found = measure_vagueness(measure, expected=expected, has_owner=has_owner, due_on=due_on)
    assert found == missing


def test_verdict_counts_goals_reached_and_beyond() -> None:
    outcomes = [
        outcome("图文", Standing.MET, "1.1"),
        outcome("新增粉丝", Standing.BEYOND, "1.25"),
    ]
    assert verdict(outcomes, month=MAY, today=JUNE) == "5 月复盘：2 个目标全部达标，1 个超预期"


def test_verdict_names_the_goal_furthest_off() -> None:
    outcomes = [
        outcome("图文", Standing.MET, "1.1"),
        outcome("点击率", Standing.SHORT, "0.9"),
        outcome("目标用户占比", Standing.SHORT, "0.818"),
    ]
    said = verdict(outcomes, month=MAY, today=JUNE)
    assert said == "5 月复盘：3 个目标 1 个达标，最低的是目标用户占比 82%"


def test_verdict_says_which_goals_have_no_numbers() -> None:
    outcomes = [outcome("图文", Standing.MET, "1"), outcome("点击率", Standing.UNKNOWN)]
    assert verdict(outcomes, month=MAY, today=JUNE) == "5 月复盘：1 个目标达标，1 个没有数据"
    none = [outcome("点击率", Standing.UNKNOWN)]
    assert verdict(none, month=MAY, today=JUNE) == "5 月复盘：1 个目标都还没有数据"
    assert verdict([], month=MAY, today=JUNE) == "5 月复盘：还没有目标"


def test_verdict_of_a_running_month_does_not_call_goals_missed() -> None:
    outcomes = [outcome("图文", Standing.MET, "1"), outcome("点击率", Standing.SHORT, "0.5")]
    said = verdict(outcomes, month=MAY, today=date(2025, 5, 31))
    assert said == "5 月复盘：还没到月底，2 个目标已达成 1 个"
    assert verdict(outcomes, month=MAY, today=date(2025, 4, 30)) == "5 月复盘：这个月还没有开始"


@pytest.mark.parametrize(
    ("value", "target", "unit", "word", "text"),
    [
        ("22", "20", Unit.COUNT, "篇", "22 篇"),
        ("0.65", "0.6", Unit.PERCENT, "", "65%"),
        ("15000", "12000", Unit.COUNT, "", "15,000"),
        ("0.092", "0.08", Unit.PERCENT, "", "9.2%"),
        ("0.0141234", "0.015", Unit.PERCENT, "", "1.41%"),
        (None, "20", Unit.COUNT, "篇", "—"),
    ],
)
def test_values_keep_the_targets_precision_and_one_digit_more(
    value: str | None, target: str, unit: Unit, word: str, text: str
) -> None:
    found = None if value is None else Decimal(value)
    assert shown_value(found, target=Decimal(target), unit=unit, measure_word=word) == text


def test_rates_are_given_from_lowest_to_highest() -> None:
    assert rate_span([Decimal("1.25"), None, Decimal("1.0833")]) == "108%–125%"
    assert rate_span([Decimal("1.25")]) == "125%"
    assert rate_span([None]) == ""


def test_what_is_left_to_do_is_counted() -> None:
    said = to_do_words(empty=2, vague=1, waiting=3, next_month=6)
    assert said == "还差：2 格没写、1 处表述含糊、3 条改进未纳入 6 月计划。"
    said = to_do_words(empty=0, vague=0, waiting=0, next_month=6)
    assert said == "文字已写全，改进都已纳入 6 月计划。"


def test_the_lock_says_up_to_which_day_numbers_reach() -> None:
    newest = date(2025, 5, 29)
    assert data_words(newest, is_over=True) == "实际值来自 5/29 的数据，不可手改"
    assert data_words(newest, is_over=False) == "实际值到 5/29 为止，不可手改"
    assert data_words(None, is_over=True) == "还没有数据，导入后自动填上"


def test_a_due_day_lies_in_or_after_the_month_and_within_a_year() -> None:
    assert due_problem(date(2025, 5, 1), MAY) == ""
    assert due_problem(date(2025, 4, 30), MAY) == "完成日期不能早于 2025/5/1。"
    assert "一年以内" in due_problem(date(2026, 6, 1), MAY)


def test_a_far_due_day_does_not_fit_the_plan_table() -> None:
    assert due_words(date(2025, 6, 15), Month(2025, 6)) == "6/15 前"
    assert due_words(date(2025, 9, 1), Month(2025, 6)) == ""
    assert due_words(None, Month(2025, 6)) == ""
