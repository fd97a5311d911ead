"""排一排: what the scheduler is asked of a month, and what it proposes in people's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.engines.scheduling import (
    Job,
    Person,
    Placement,
    Problem,
    ReliefKind,
    Solution,
    Status,
    solve,
)
from yunce.ground.calendars.queries import calendar_of
from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import members_of
from yunce.kit.timing import Timing
from yunce.loop.goals.models import MonthPlan
from yunce.loop.plans.load import days_of
from yunce.loop.plans.models import Task
from yunce.loop.plans.queries import edges_of, tasks_of
from yunce.loop.plans.rules import write_timing
from yunce.loop.plans.workload import counted, hours_of

SECONDS = 8.0  # of search: with reading and writing the answer stays under ten
USUAL = 3  # importance nobody has said


@dataclass(frozen=True)
class Move:
    """One task and the days (and people) it would get."""

    task: Task
    was: str  # as the plan table writes its days
    becomes: str
    owners: tuple[Member, ...]  # whom it would be given to; empty: whose it is already
    is_late: bool = False  # later than its own date allows: the cheapest way out

    @property
    def who(self) -> str:
        return "、".join(str(member) for member in self.owners or self.task.owners.all())


@dataclass(frozen=True)
class Proposal:
    """What 排一排 would do."""

    moves: tuple[Move, ...]
    clashes: tuple[str, ...]  # why not everything fits
    left_out: tuple[Task, ...]  # has no room in this month
    unknown: tuple[Task, ...]  # no estimate: not placed
    buffer: int  # per cent of every day that stays free
    gap: int  # per cent from the best possible at most
    is_proven: bool
    seconds: Decimal


@dataclass(frozen=True)
class Asked:
    """A month as the scheduler sees it."""

    problem: Problem
    tasks: Mapping[int, Task]
    members: Mapping[int, Member]
    unknown: tuple[Task, ...]


def asked_of(plan: MonthPlan, today: date | None = None) -> Asked:
    """Engine's ScheduleError when the month contradicts itself."""
    tasks, edges = list(tasks_of(plan)), edges_of(plan)
    month, calendar = plan.month, calendar_of(plan.team)
    today = today or timezone.localdate()
    first = today if month.first < today <= month.last else month.first
    everybody = list(members_of(plan.team))
    hours = hours_of(plan.team, month, tasks=tasks, members=everybody)
    members = {member.pk: member for member in everybody if member.pk in hours}
    placed = {task.pk: _placed(task, members, calendar.is_workday) for task in tasks}
    worth = {task.pk for task in counted(tasks)}
    open_tasks = [t for t in tasks if not placed[t.pk] and not t.is_done and t.pk in worth]
    known = {t.pk for t in open_tasks if t.estimate_minutes}
    kept = [t for t in tasks if t.pk in known or placed[t.pk]]
    keys = {task.pk for task in kept}
    jobs = tuple(
        _job(
            task,
            placed[task.pk],
            members,
            after=tuple(key for key in edges.get(task.pk, ()) if key in keys),
            counts=task.pk in worth,
        )
        for task in kept
    )
    people = tuple(
        Person(
            key,
            str(member),
            {day: int(h * 60) for day, h in hours[key].items()},
            frozenset({member.position} if member.position else ()),
        )
        for key, member in members.items()
    )
    problem = Problem(people, jobs, first, month.last)
    unknown = tuple(task for task in open_tasks if task.pk not in known)
    return Asked(problem, {task.pk: task for task in tasks}, members, unknown)


def propose(plan: MonthPlan, *, today: date | None = None, seconds: float = SECONDS) -> Proposal:
    """Search within the time; nothing is written."""
    asked = asked_of(plan, today)
    found = solve(asked.problem, seconds=seconds)
    late = {r.job for r in found.reliefs if r.kind is ReliefKind.LATER}
    moves = tuple(
        _move(asked, asked.tasks[key], placement, is_late=key in late)
        for key, placement in found.placements.items()
    )
    return Proposal(
        moves=tuple(sorted(moves, key=lambda move: _first_day(found, move))),
        clashes=tuple(clash.sentence for clash in found.clashes),
        left_out=tuple(asked.tasks[r.job] for r in found.reliefs if r.kind is ReliefKind.OUT),
        unknown=asked.unknown,
        buffer=round(found.buffer * 100),
        gap=round(found.gap * 100),
        is_proven=found.status is Status.PROVEN,
        seconds=Decimal(str(round(found.seconds, 1))),
    )


def _first_day(found: Solution, move: Move) -> tuple[date, int]:
    return found.placements[move.task.pk].first, move.task.pk


def _placed(task: Task, members: Mapping[int, Member], is_workday: object) -> Placement | None:
    """Where people have put it; a lone deadline (5/26 前) is no place."""
    days = days_of(task.timing, is_workday)  # type: ignore[arg-type]
    if not days and task.is_done and task.timing.days:
        days = task.timing.days
    if not days:
        return None
    people = tuple(member.pk for member in task.owners.all() if member.pk in members)
    return Placement(people, days[0], days[-1], days)


def _job(
    task: Task,
    placed: Placement | None,
    members: Mapping[int, Member],
    *,
    after: tuple[int, ...],
    counts: bool,
) -> Job:
    people = tuple(member.pk for member in task.owners.all() if member.pk in members)
    earliest, latest = _window(task)
    return Job(
        key=task.pk,
        name=task.title[:30],
        minutes=(task.estimate_minutes or 0) if counts else 0,
        people=people,
        role="" if people else _role(task, members.values()),
        earliest=earliest,
        latest=latest,
        after=after,
        importance=task.importance or USUAL,
        placed=placed,
    )


def _window(task: Task) -> tuple[date | None, date | None]:
    """Its own 「5/6 起」 or 「5/26 前」, inside its parent's days."""
    spans = [task.timing, *([task.parent.timing] if task.parent else [])]
    starts = [span.starts_on for span in spans if span.starts_on]
    ends = [span.ends_on for span in spans if span.ends_on]
    earliest, latest = max(starts, default=None), min(ends, default=None)
    return (earliest, latest) if not (earliest and latest and latest < earliest) else (None, latest)


def _role(task: Task, members: Iterable[Member]) -> str:
    """Nobody owns it: somebody with the position of the goal's owner; without one, anybody."""
    owner = task.goal.owner if task.goal else None
    positions = {member.position for member in members}
    return owner.position if owner and owner.position in positions else ""


def _move(asked: Asked, task: Task, placement: Placement, *, is_late: bool) -> Move:
    owned = {member.pk for member in task.owners.all()}
    given = tuple(asked.members[key] for key in placement.people if not owned & {*asked.members})
    return Move(
        task=task,
        was=write_timing(task.timing),
        becomes=write_timing(_timing(placement)),
        owners=given,
        is_late=is_late,
    )


def _timing(placement: Placement) -> Timing:
    if placement.first == placement.last:
        return Timing(nodes=(placement.first,))
    return Timing(placement.first, placement.last)


def written(moves: Sequence[Move]) -> list[dict[str, object]]:
    """As a form carries them: what to write, and what people saw before."""
    return [
        {
            "task": move.task.pk,
            "nodes": move.becomes,
            "seen": move.was,
            "owners": ",".join(str(member.pk) for member in move.owners),
        }
        for move in moves
    ]


def too_much_at_once() -> str:
    return _("正在排另一份计划，请十秒后再试。")
