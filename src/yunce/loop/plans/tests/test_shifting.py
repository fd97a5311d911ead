"""Moving days: spans, nodes, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from yunce.kit.timing import Timing, write_timing
from yunce.loop.plans.shifting import ShiftError, shifted

WEEK = Timing(date(2025, 5, 12), date(2025, 5, 16))
LIVES = Timing(nodes=(date(2025, 5, 10), date(2025, 5, 20), date(2025, 5, 30)))


@pytest.mark.parametrize(
    ("by", "grow", "words"),
    [(3, 0, "5/15–5/19"), (-12, 0, "4/30–5/4"), (0, 2, "5/12–5/18"), (1, -1, "5/13–5/16")],
)
def test_a_span_moves_and_grows(by: int, grow: int, words: str) -> None:
    assert write_timing(shifted(WEEK, by=by, grow=grow)) == words


def test_one_node_moves_alone() -> None:
    assert write_timing(shifted(LIVES, by=2, node=date(2025, 5, 20))) == "5/10、5/22、5/30"


def test_a_node_moved_onto_another_becomes_one_with_it() -> None:
    assert write_timing(shifted(LIVES, by=10, node=date(2025, 5, 20))) == "5/10、5/30"


def test_a_node_that_stays_is_kept() -> None:
    assert shifted(LIVES, by=0, node=date(2025, 5, 20)) == LIVES


def test_words_stay() -> None:
    assert (
        write_timing(shifted(Timing(None, date(2025, 5, 26), words="上线"), by=1)) == "5/27 前上线"
    )


@pytest.mark.parametrize(
    ("timing", "by", "grow", "node", "said"),
    [
        (LIVES, 1, 0, date(2025, 5, 11), "已没有 5/11 这个节点"),
        (LIVES, 0, 1, None, "只有一段时间"),
        (WEEK, 63, 0, None, "最多移动 62 天"),
    ],
)
def test_what_cannot_be_is_said(
    timing: Timing, by: int, grow: int, node: date | None, said: str
) -> None:
    with pytest.raises(ShiftError, match=said):
        shifted(timing, by=by, grow=grow, node=node)
