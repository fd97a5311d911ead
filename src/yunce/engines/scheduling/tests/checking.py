"""An independent reading of the rules: what is wrong with a set of placements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from yunce.engines.scheduling import Placement, Problem


def faults(problem: Problem, placements: Mapping[int, Placement], *, buffer: float) -> list[str]:
    found: list[str] = []
    load: dict[tuple[int, date], int] = defaultdict(int)
    placed = {**{job.key: job.placed for job in problem.jobs if job.placed}, **placements}
    for job in problem.jobs:
        place = placements.get(job.key)
        if place is None:
            continue
        days = [day for day in problem.days if place.first <= day <= place.last]
        if len(days) != job.length:
            found.append(f"{job.key} takes {len(days)} days instead of {job.length}")
        if job.people and place.people != job.people:
            found.append(f"{job.key} is done by others")
        if not job.people and (
            len(place.people) != 1
            or (job.role and job.role not in problem.person[place.people[0]].roles)
        ):
            found.append(f"{job.key} is done by nobody who can")
        if job.earliest and place.first < job.earliest:
            found.append(f"{job.key} starts too early")
        if job.latest and place.last > job.latest:
            found.append(f"{job.key} ends too late")
        for key in job.after:
            if placed[key].last >= place.first:
                found.append(f"{job.key} does not wait for {key}")
        for person in place.people:
            for day in days:
                load[person, day] += job.daily
    by_hand: dict[tuple[int, date], int] = defaultdict(int)
    for job in problem.jobs:
        if job.placed:
            days = [day for day in problem.days if job.placed.first <= day <= job.placed.last]
            for person in job.placed.people:
                for day in days:
                    by_hand[person, day] += -(-job.minutes // len(days))
    for (person, day), minutes in load.items():
        most = int(problem.person[person].minutes.get(day, 0) * (1 - buffer))
        if minutes > max(0, most - by_hand[person, day]):
            found.append(f"{person} has too much on {day}")
    return found
