"""What is to be scheduled: people with minutes a day, jobs with needs. Checked when made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from yunce.kit.wording import gettext as _

HALF_A_DAY = 200  # minutes: half of an eight-hour day after the buffer, so that two jobs fit one
WEIGHTS = {1: 1, 2: 2, 3: 4, 4: 8, 5: 16}  # each step of importance counts double


class ScheduleError(ValueError):
    """The problem makes no sense as stated; the message names the jobs and what to do."""


@dataclass(frozen=True)
class Person:
    """Somebody who can do jobs."""

    key: int
    name: str
    minutes: Mapping[date, int]  # what they can give on each working day; other days: none
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Placement:
    """Where a job stands: everybody who does it, first and last day."""

    people: tuple[int, ...]
    first: date
    last: date
    days: tuple[date, ...] = ()  # single days between them; empty = all of them


@dataclass(frozen=True)
class Job:
    """One task, for the scheduler."""

    key: int
    name: str
    minutes: int  # of each person who does it; 0 only where it is placed by hand
    people: tuple[int, ...] = ()  # who must do it; empty = one person with the role
    role: str = ""  # when nobody is named; empty with nobody named = anybody
    earliest: date | None = None  # not before this day
    latest: date | None = None  # done at the end of this day
    after: tuple[int, ...] = ()  # jobs that must have ended the day before
    importance: int = 3  # 1 to 5
    days: int | None = None  # working days it takes; None = half a day of work each day
    placed: Placement | None = None  # put there by hand: stays, and takes its people's minutes

    @property
    def length(self) -> int:
        """Working days from its first to its last."""
        return self.days or max(1, -(-self.minutes // HALF_A_DAY))

    @property
    def weight(self) -> int:
        """What a day sooner is worth, by importance."""
        return WEIGHTS[self.importance]

    @property
    def daily(self) -> int:
        """Minutes on each of its days, of each person."""
        return -(-self.minutes // self.length)


@dataclass(frozen=True)
class Problem:
    """Everything a schedule depends on. ScheduleError when it contradicts itself."""

    people: tuple[Person, ...]
    jobs: tuple[Job, ...]
    first: date
    last: date
    buffers: tuple[float, ...] = (0.15, 0.10)  # share of every day left free; tried in this order

    def __post_init__(self) -> None:
        _check(self)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Days anybody works, in order: the scheduler knows no others."""
        worked = {day for person in self.people for day, most in person.minutes.items() if most > 0}
        return tuple(sorted(day for day in worked if self.first <= day <= self.last))

    @cached_property
    def by_key(self) -> Mapping[int, Job]:
        return {job.key: job for job in self.jobs}

    @cached_property
    def person(self) -> Mapping[int, Person]:
        return {person.key: person for person in self.people}

    @property
    def open_jobs(self) -> tuple[Job, ...]:
        """Those the scheduler places."""
        return tuple(job for job in self.jobs if job.placed is None)

    def able(self, job: Job) -> tuple[Person, ...]:
        """Who may do a job nobody is named for."""
        return tuple(p for p in self.people if not job.role or job.role in p.roles)


def _check(problem: Problem) -> None:
    for kind, keys in (
        (_("任务"), [job.key for job in problem.jobs]),
        (_("成员"), [person.key for person in problem.people]),
    ):
        if len(keys) != len(set(keys)):
            raise ScheduleError(_("有两个{kind}用了同一个编号。").format(kind=kind))
    if problem.last < problem.first:
        raise ScheduleError(_("排期的结束日期早于开始日期。"))
    for job in problem.jobs:
        _check_job(problem, job)
    _check_circles(problem)


def _check_job(problem: Problem, job: Job) -> None:
    named = {"name": job.name}
    is_unknown = job.minutes <= 0 and job.placed is None
    if is_unknown or (job.days is not None and job.days <= 0):
        raise ScheduleError(_("「{name}」没有预计工时，排不了。请先填写预计。").format(**named))
    if unknown := [key for key in job.people if key not in problem.person]:
        raise ScheduleError(
            _("「{name}」的负责人不在团队里（{who}）。").format(**named, who=unknown)
        )
    if not job.people and job.placed is None and not problem.able(job):
        raise ScheduleError(
            _("没有「{role}」岗位的成员能做「{name}」。请指定负责人。").format(
                **named, role=job.role
            )
        )
    if job.earliest and job.latest and job.latest < job.earliest:
        raise ScheduleError(_("「{name}」的截止早于最早开始。").format(**named))
    if job.importance not in WEIGHTS:
        raise ScheduleError(_("「{name}」的重要程度应在 1 到 5 之间。").format(**named))


def _check_circles(problem: Problem) -> None:
    for job in problem.jobs:
        if unknown := [key for key in job.after if key not in problem.by_key]:
            sentence = _("「{name}」的前置任务不存在（{which}）。")
            raise ScheduleError(sentence.format(name=job.name, which=unknown))
    try:
        TopologicalSorter({job.key: job.after for job in problem.jobs}).prepare()
    except CycleError as error:
        names = " → ".join(problem.by_key[key].name for key in reversed(error.args[1]))
        sentence = _("前后依赖绕成了圈：{names}。请去掉其中一条。")
        raise ScheduleError(sentence.format(names=names)) from error
