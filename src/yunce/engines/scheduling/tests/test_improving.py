"""Steps never make a schedule worse, keep every rule, and find what search proves best."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

import pytest

from yunce.engines.scheduling import Job, Placement, Problem, Status, solve
from yunce.engines.scheduling.capacity import room
from yunce.engines.scheduling.improving import improve
from yunce.engines.scheduling.placing import Slot, cost_of, place_quickly
from yunce.engines.scheduling.tests.checking import faults
from yunce.engines.scheduling.tests.test_solve import ANN, BEN, WEEK, random_problem

BUFFER = 0.15


def placements(problem: Problem, slots: Mapping[int, Slot]) -> dict[int, Placement]:
    days = problem.days
    return {k: Placement(s.people, days[s.start], days[s.end]) for k, s in slots.items()}


def improved(problem: Problem, *, seed: int = 1, good_enough: float = 0.0) -> dict[int, Slot]:
    left = room(problem, buffer=BUFFER)
    start = place_quickly(problem, left)
    assert len(start) == len(problem.open_jobs)
    return improve(
        problem, left, start, seed=seed, seconds_left=lambda: 1.0, good_enough=good_enough
    )


@pytest.mark.parametrize("seed", range(6))
def test_every_rule_is_kept_and_nothing_gets_worse(seed: int) -> None:
    asked = random_problem(seed, many=50, people=4, days=31)
    left = room(asked, buffer=BUFFER)
    found = improved(asked, seed=seed)
    assert not faults(asked, placements(asked, found), buffer=BUFFER)
    assert cost_of(asked, found) < cost_of(asked, place_quickly(asked, left))


@pytest.mark.parametrize("seed", range(4))
def test_a_small_month_comes_out_as_search_proves_it(seed: int) -> None:
    asked = random_problem(seed, many=14, people=3, days=19)
    proven = solve(asked, seconds=10, workers=1, seed=seed)
    assert proven.status is Status.PROVEN
    best = sum(
        asked.by_key[key].weight * (asked.days.index(place.last) + 1)
        for key, place in proven.placements.items()
    )
    assert cost_of(asked, improved(asked)) == best


def test_the_same_seed_gives_the_same_schedule() -> None:
    asked = random_problem(3, many=40, people=4, days=31)
    assert improved(asked, seed=5) == improved(asked, seed=5)


def test_what_waits_moves_along_with_what_it_waits_for() -> None:
    # Quickly placed, the heavy 首发 (weight 16) waits until day 3: 写稿 before it has weight 1 and
    # 整理 of weight 2 takes the first day. Best: 写稿, 首发 on days 1 and 2, 整理 on day 3.
    jobs = (
        Job(1, "写稿", 400, (1,), days=1, importance=1),
        Job(2, "整理", 400, (1,), days=1, importance=2),
        Job(3, "首发", 400, (2,), days=1, importance=5, after=(1,)),
    )
    asked = Problem((ANN, BEN), jobs, WEEK[0], WEEK[-1])
    start = {1: Slot((1,), 1, 1), 2: Slot((1,), 0, 0), 3: Slot((2,), 2, 2)}
    left = room(asked, buffer=BUFFER)
    found = improve(asked, left, start, seed=1, seconds_left=lambda: 1.0)
    assert {key: slot.start for key, slot in found.items()} == {1: 0, 2: 1, 3: 1}


def test_it_stops_when_good_enough_or_out_of_time() -> None:
    asked = random_problem(1, many=40, people=4, days=31)
    left = room(asked, buffer=BUFFER)
    start = place_quickly(asked, left)
    assert improved(asked, good_enough=cost_of(asked, start)) == start
    clock = count(2.0, -1.0)
    hurried = improve(asked, left, start, seed=1, seconds_left=lambda: next(clock))
    assert next(clock) == -1.0  # looked at it three times: 2, 1 and 0 seconds
    assert cost_of(asked, hurried) <= cost_of(asked, start)
