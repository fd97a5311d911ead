"""Making a schedule better step by step: take a few neighbours out, put them back in another order.

Ruin and recreate (Schrimpf et al. 2000): the jobs of one person around one day leave the
schedule, with what they wait for and what waits for them, and each goes back to its first place
with room, urgent ones first but for some luck. Worse schedules are taken at the start, hardly any
at the end (simulated annealing, Kirkpatrick et al. 1983). A step costs a tenth of a millisecond;
a CP-SAT neighbourhood of the same month a tenth of a second.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from math import exp

from yunce.engines.scheduling.capacity import Room, window
from yunce.engines.scheduling.placing import Slot, urgency_of
from yunce.engines.scheduling.problem import Problem

STEPS = 250  # for each job
WARM, COLD = 0.004, 0.00004  # of the cost: what a step may lose at the start, at the end
MOST_OUT = 16  # jobs that leave for their days; then come those tied to them
NEAR = 3  # days: so much nearer or farther than it is may a job be taken for
TIED = 0.8  # how often what waits for a job, and what it waits for, leave with it
LUCK = 0.9  # how much chance has in their order
LOOKS = 64  # steps between looks at the clock


def improve(
    problem: Problem,
    left: Room,
    slots: Mapping[int, Slot],
    *,
    seed: int,
    seconds_left: Callable[[], float],
    good_enough: float = 0.0,
) -> dict[int, Slot]:
    """A schedule at least as good as this one, which must be complete and keep every rule.

    ``good_enough`` is a cost (`placing.cost_of`) at which to stop. With time for all its steps the
    same seed gives the same schedule.
    """
    board = _Board(problem, left, slots)
    chance = random.Random(seed)  # noqa: S311 - nobody is deceived by it
    steps, allowed = STEPS * len(slots), seconds_left()
    best, best_cost, spent = dict(board.at), board.cost, 0.0
    for step in range(steps):
        if step % LOOKS == 0:
            spent = 1 - seconds_left() / allowed if allowed > 0 else 1.0
        if spent >= 1 or best_cost <= good_enough:
            break
        cooled = max(step / steps, spent)  # in a hurry it cools faster
        board.step(chance, best_cost * WARM * (COLD / WARM) ** cooled)
        if board.cost < best_cost:
            best, best_cost = dict(board.at), board.cost
    return best


class _Board:
    """A complete schedule and the minutes it leaves."""

    def __init__(self, problem: Problem, left: Room, slots: Mapping[int, Slot]) -> None:
        jobs = problem.open_jobs
        self.keys = [job.key for job in jobs]
        self.weight = {job.key: job.weight for job in jobs}
        self.daily = {job.key: job.daily for job in jobs}
        self.length = {job.key: job.length for job in jobs}
        self.urgency = urgency_of(problem)
        self.window = {job.key: window(problem, job) for job in jobs}
        self.crews: dict[int, Sequence[tuple[int, ...]]] = {
            job.key: [job.people] if job.people else [(p.key,) for p in problem.able(job)]
            for job in jobs
        }
        self.before: dict[int, list[int]] = {key: [] for key in self.keys}
        self.behind: dict[int, list[int]] = {key: [] for key in self.keys}
        for job in jobs:
            for other in job.after:
                if other in self.weight:
                    self.before[job.key].append(other)
                    self.behind[other].append(job.key)
        self.left = {person: [*minutes] for person, minutes in left.items()}
        self.at: dict[int, Slot] = {}
        self.doing: dict[int, set[int]] = {person: set() for person in left}
        self.cost = 0
        for key in self.keys:
            self._put(key, slots[key])

    def step(self, chance: random.Random, heat: float) -> None:
        """One try; taken back when it fails or loses more than the heat allows."""
        out = self._neighbours(chance)
        cost, held = self.cost, {key: self.at[key] for key in out}
        for key in out:
            self._take(key)
        placed: list[int] = []
        is_whole = self._put_again(out, chance, placed)
        lost = self.cost - cost
        if is_whole and (lost <= 0 or (heat > 0 and chance.random() < exp(-lost / heat))):
            return
        for key in placed:
            self._take(key)
        for key, slot in held.items():
            self._put(key, slot)

    def _neighbours(self, chance: random.Random) -> list[int]:
        """Jobs of the people of one job around its days, and some it is tied to."""
        first = chance.choice(self.keys)
        slot = self.at[first]
        crew = chance.choice(self.crews[first])
        people = {*slot.people, *crew}
        near = {key for person in people for key in self.doing[person]}
        near |= {*self.before[first], *self.behind[first]}
        near.discard(first)
        middle = slot.start
        others = sorted(
            near, key=lambda key: abs(self.at[key].start - middle) + chance.random() * NEAR
        )
        out = dict.fromkeys([first, *others[: chance.randint(1, MOST_OUT)]])
        for key in [*out]:
            if chance.random() < TIED:
                out |= dict.fromkeys([*self.before[key], *self.behind[key]])
        return [*out]

    def _put_again(self, out: list[int], chance: random.Random, placed: list[int]) -> bool:
        """Each to its first place with room; False when one finds none."""
        luck = {key: self.urgency[key] * (1 + LUCK * (chance.random() * 2 - 1)) for key in out}
        waiting = sorted(out, key=luck.__getitem__, reverse=True)
        while waiting:
            key = next(k for k in waiting if all(b in self.at for b in self.before[k]))
            waiting.remove(key)
            slot = self._first_place(key, chance)
            if slot is None:
                return False
            self._put(key, slot)
            placed.append(key)
        return True

    def _first_place(self, key: int, chance: random.Random) -> Slot | None:
        first, last = self.window[key]
        for other in self.before[key]:
            first = max(first, self.at[other].end + 1)
        for other in self.behind[key]:
            if other in self.at:
                last = min(last, self.at[other].start - 1)
        daily, length, crews = self.daily[key], self.length[key], self.crews[key]
        if len(crews) > 1:
            crews = chance.sample(crews, len(crews))
        left = self.left
        for start in range(first, last - length + 2):
            for crew in crews:
                for person in crew:
                    row = left[person]
                    if row[start] < daily:  # most often
                        break
                    if length > 1 and min(row[start : start + length]) < daily:
                        break
                else:
                    return Slot(crew, start, start + length - 1)
        return None

    def _put(self, key: int, slot: Slot) -> None:
        self.at[key] = slot
        self.cost += self.weight[key] * (slot.end + 1)
        self._change(slot, -self.daily[key])
        for person in slot.people:
            self.doing[person].add(key)

    def _take(self, key: int) -> None:
        slot = self.at.pop(key)
        self.cost -= self.weight[key] * (slot.end + 1)
        self._change(slot, self.daily[key])
        for person in slot.people:
            self.doing[person].discard(key)

    def _change(self, slot: Slot, by: int) -> None:
        for person in slot.people:
            row = self.left[person]
            for day in range(slot.start, slot.end + 1):
                row[day] += by
