"""How soon a schedule is there, and how far from the best after ten seconds.

Two hundred tasks, twelve people, the working days of a month: a quarter of the tasks wait for
another, a third has no owner, one in seven has a deadline. The median of three such months.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from statistics import median

from yunce.engines.scheduling import Job, Person, Problem, solve

TASKS, PEOPLE, DAYS = 200, 12, 31
MONDAY = date(2025, 5, 12)
SECONDS = 10
MINUTES = (60, 120, 240, 480, 600)
SEEDS = (1, 2, 3)


def measure() -> dict[str, float]:
    solve(_month(0, many=3), seconds=1)  # OR-Tools is imported once, not each time
    found = [solve(_month(seed, many=TASKS), seconds=SECONDS) for seed in SEEDS]
    return {
        "schedule_first_s": median(solution.first_seconds for solution in found),
        "schedule_gap_pct": median(solution.gap for solution in found) * 100,
    }


def _month(seed: int, *, many: int) -> Problem:
    chance = random.Random(seed)  # noqa: S311 - the same months every time
    span = [MONDAY + timedelta(days=number) for number in range(DAYS)]
    working = [day for day in span if day.isoweekday() < 6]
    people = tuple(
        Person(key, f"成员 {key}", dict.fromkeys(working, 480), frozenset({f"role{key % 3}"}))
        for key in range(PEOPLE)
    )
    jobs = tuple(_job(key, chance, working) for key in range(many))
    return Problem(people, jobs, span[0], span[-1])


def _job(key: int, chance: random.Random, working: list[date]) -> Job:
    return Job(
        key,
        f"任务 {key}",
        chance.choice(MINUTES),
        (chance.randrange(PEOPLE),) if chance.random() < 0.7 else (),
        role=f"role{chance.randrange(3)}",
        after=(chance.randrange(key),) if key and chance.random() < 0.25 else (),
        importance=chance.randint(1, 5),
        latest=chance.choice(working[5:]) if chance.random() < 0.15 else None,
    )
