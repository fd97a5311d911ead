"""SMART letter by letter, and what earlier months say, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from yunce.engines.metrics import Direction
from yunce.kit.months import Month
from yunce.kit.numbers import Unit
from yunce.loop.goals.rules.history import History, PastMonth, reach_words, upper
from yunce.loop.goals.rules.smart import Aim, Repair, check


def history(*values: int | None, direction: Direction = Direction.HIGHER) -> History:
    months = [Month(2024, number + 5) for number in range(8)] + [
        Month(2025, number + 1) for number in range(4)
    ]
    filled = [None] * (12 - len(values)) + list(values)
    return History(
        tuple(
            PastMonth(month, None if value is None else Decimal(value))
            for month, value in zip(months, filled, strict=True)
        ),
        direction,
    )


AIM = Aim(
    name="新增粉丝",
    is_defined=True,
    must=Decimal(12_000),
    unit=Unit.COUNT,
    tasks=2,
    tasks_without_days=[],
    baseline=None,
    history=history(8_000, 10_000, 12_000, 14_000),
    direction="借 520 拉新",
    has_objective=False,
    last_day="5/31",
)


def test_sound_goal_passes_all_five() -> None:
    assert check(AIM).passes
    assert check(AIM).passed == 5


@pytest.mark.parametrize(
    ("aim", "letter", "repair"),
    [
        (replace(AIM, tasks=0), "S", Repair.ADD_TASK),
        (replace(AIM, must=Decimal(0)), "M", Repair.WRITE_TARGET),
        (replace(AIM, must=Decimal(17_000)), "A", Repair.WRITE_TARGET),  # > 14,000 × 1.2 = 16,800
        (replace(AIM, history=history(9_000)), "A", Repair.TAKE_BASELINE),
        (replace(AIM, direction=" "), "R", Repair.WRITE_DIRECTION),
        (replace(AIM, tasks_without_days=["上线结算页"]), "T", Repair.DATE_TASKS),
    ],
)
def test_each_letter_fails_for_its_own_reason(aim: Aim, letter: str, repair: Repair) -> None:
    (failing,) = check(aim).failing
    assert (failing.letter, failing.repair) == (letter, repair)
    assert "新增粉丝" in failing.problem


def test_without_any_history_the_a_is_unknown_and_not_failed() -> None:
    smart = check(replace(AIM, history=history()))
    assert smart.passes
    assert [letter.letter for letter in smart.letters if letter.is_unknown] == ["A"]


def test_history_counts_what_it_knows() -> None:
    told = history(8_000, None, 12_000, 14_000)
    assert (told.best, told.median) == (Decimal(14_000), Decimal(12_000))
    assert told.hits(Decimal(12_000)) == 2
    assert len(told.missing) == 9


def test_lower_is_better_turns_best_around() -> None:
    told = history(3, 2, 4, direction=Direction.LOWER)
    assert told.best == Decimal(2)
    assert told.hits(Decimal(3)) == 2


def test_the_better_quarter_lies_between_two_months() -> None:
    values = [Decimal(8), Decimal(10), Decimal(12), Decimal(14)]
    assert upper(values, Direction.HIGHER) == Decimal("12.5")  # 12 + 0.25 × 2


@pytest.mark.parametrize(
    ("must", "said"),
    [
        (10_000, "例如 12,500"),  # the median is 11,000
        (12_000, "跳一跳够得着"),
        (15_000, "比最好的一个月略高"),
        (17_000, "可能够不着。可以先定 12,500"),
    ],
)
def test_reach_is_said_in_words(must: int, said: str) -> None:
    assert said in reach_words(AIM.history, Decimal(must), Unit.COUNT)


def test_out_of_reach_says_the_target_and_the_best_month() -> None:
    (failing,) = check(replace(AIM, must=Decimal(17_000))).failing
    assert failing.problem == (
        "「新增粉丝」必达 17,000，比近 12 个月最好的一个月（14,000）还难两成以上。"
    )
