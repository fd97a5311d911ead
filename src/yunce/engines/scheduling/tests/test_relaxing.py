"""The bound no schedule beats, and the order it suggests."""

from __future__ import annotations

from dataclasses import replace

import pytest

from yunce.engines.scheduling import Job, Placement, Problem, Status, solve
from yunce.engines.scheduling.capacity import room
from yunce.engines.scheduling.placing import cost_of, place_near, place_quickly
from yunce.engines.scheduling.relaxing import Relaxed, packings, relax
from yunce.engines.scheduling.tests.test_solve import ANN, BEN, WEEK, random_problem


def relaxed(problem: Problem) -> Relaxed:
    found = relax(problem, room(problem, buffer=0.15), seconds_left=lambda: 10.0)
    assert found is not None
    return found


@pytest.mark.parametrize("seed", range(4))
def test_no_schedule_beats_the_bound(seed: int) -> None:
    asked = random_problem(seed, many=14, people=3, days=19)
    found = solve(asked, seconds=10, workers=1, seed=seed)
    assert found.status is Status.PROVEN
    cost = sum(
        asked.by_key[key].weight * (asked.days.index(place.last) + 1)
        for key, place in found.placements.items()
    )
    assert relaxed(asked).bound <= cost + 0.01


def test_days_are_filled_with_whole_jobs() -> None:
    # Five jobs of 160 minutes, 408 a day: two fit, so they end on days 1, 1, 2, 2, 3 (weight 4).
    jobs = tuple(Job(n, f"事 {n}", 160, (1,)) for n in range(5))
    assert relaxed(Problem((ANN, BEN), jobs, WEEK[0], WEEK[-1])).bound == pytest.approx(4 * 9)


def test_a_place_near_the_relaxed_days_is_complete_and_better() -> None:
    asked = random_problem(2, many=60, people=4, days=31)
    left = room(asked, buffer=0.15)
    near, quick = place_near(asked, left, relaxed(asked).starts), place_quickly(asked, left)
    assert len(near) == len(quick) == 60
    assert cost_of(asked, near) <= cost_of(asked, quick)


def test_too_many_sizes_are_left_alone() -> None:
    assert packings(range(200, 5, -1), 480) is None


def test_single_days_placed_by_hand_take_their_own_days_only() -> None:
    nodes = (WEEK[0], WEEK[2])
    by_hand = Job(1, "直播", 800, (1,), placed=Placement((1,), WEEK[0], WEEK[2], nodes))
    small = Job(2, "写稿", 200, (1,))
    found = solve(Problem((ANN,), (by_hand, small), WEEK[0], WEEK[-1]), seconds=3, workers=1)
    assert found.placements[2].first == WEEK[1]


def test_placed_work_nobody_has_estimated_takes_no_time() -> None:
    by_hand = Job(1, "直播", 0, (1,), placed=Placement((1,), WEEK[0], WEEK[0]))
    open_job = replace(by_hand, key=2, minutes=60, placed=None)
    asked = Problem((ANN,), (by_hand, open_job), WEEK[0], WEEK[-1])
    assert solve(asked, seconds=3, workers=1).placements[2].first == WEEK[0]
