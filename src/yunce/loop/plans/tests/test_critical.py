"""The critical path and the room beside it."""

from __future__ import annotations

from yunce.loop.plans.critical import critical_path, room_after


def test_the_longest_chain_decides() -> None:
    # 选题 2 → 拍摄 3 → 剪辑 4 = 9 days; 选题 2 → 海报 5 = 7 days; 发布 1 waits for both.
    lengths = {1: 2, 2: 3, 3: 4, 4: 5, 5: 1}
    assert critical_path(lengths, {2: [1], 3: [2], 4: [1], 5: [3, 4]}) == [1, 2, 3, 5]


def test_a_long_task_nobody_waits_for_is_not_critical() -> None:
    assert critical_path({1: 22, 2: 1, 3: 1}, {3: [2]}) == [2, 3]


def test_without_dependencies_there_is_no_path() -> None:
    assert critical_path({1: 5, 2: 3}, {}) == []


def test_what_a_task_waits_for_and_has_no_days_is_left_out() -> None:
    assert critical_path({2: 3}, {2: [1]}) == []


def test_a_circle_has_no_longest_chain() -> None:
    assert critical_path({1: 1, 2: 1}, {1: [2], 2: [1]}) == []


def test_room_is_what_lies_before_the_next_in_the_chain() -> None:
    # 1 ends on day 2, 2 runs 5–6, 3 runs 7–8, the month's last day is 9.
    ends, starts = {1: 2, 2: 6, 3: 8}, {1: 0, 2: 5, 3: 7}
    assert room_after(ends, starts, {2: [1], 3: [2]}, last=9) == {1: 2, 2: 0, 3: 1}


def test_a_chain_out_of_order_has_no_room() -> None:
    assert room_after({1: 5, 2: 4}, {1: 3, 2: 4}, {2: [1]}, last=9)[1] == 0
