"""Why a schedule cannot be: windows too short, days with more work than minutes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yunce.engines.scheduling.capacity import Room, window
from yunce.engines.scheduling.problem import Job, Person, Problem
from yunce.engines.scheduling.solution import Clash
from yunce.kit.wording import gettext as _

HOUR = 60


def clashes_of(problem: Problem, left: Room) -> tuple[Clash, ...]:
    """Certain contradictions, the plainest first; none found does not mean it fits."""
    windows = chained_windows(problem)
    found = [*_too_short(problem, windows), *_too_long_a_day(problem, left)]
    if not found:
        found = [
            clash
            for person in problem.people
            for clash in _too_much(problem, person, left, windows)
        ]
    return tuple(found)


def chained_windows(problem: Problem) -> dict[int, tuple[int, int]]:
    """Windows with what waits before and after taken off."""
    windows = {job.key: window(problem, job) for job in problem.open_jobs}
    for _pass in problem.open_jobs:
        before = dict(windows)
        for job in problem.open_jobs:
            for key in job.after:
                if key in windows:
                    _tighten(problem, windows, key, job.key)
        if windows == before:
            break
    return windows


def _tighten(
    problem: Problem, windows: dict[int, tuple[int, int]], earlier: int, later: int
) -> None:
    (first, last), (start, end) = windows[earlier], windows[later]
    windows[later] = max(start, first + problem.by_key[earlier].length), end
    windows[earlier] = first, min(last, end - problem.by_key[later].length)


def _too_short(problem: Problem, windows: dict[int, tuple[int, int]]) -> Iterator[Clash]:
    for job in problem.open_jobs:
        first, last = windows[job.key]
        if last - first + 1 < job.length:
            waits = "、".join(f"「{problem.by_key[key].name}」" for key in job.after)
            sentence = _("「{name}」要 {need} 个工作日，可用的只有 {has} 个").format(
                name=job.name, need=job.length, has=max(0, last - first + 1)
            )
            if waits:
                sentence += _("（要等{waits}）").format(waits=waits)
            yield Clash(sentence + "。", (job.key, *job.after))


def _too_long_a_day(problem: Problem, left: Room) -> Iterator[Clash]:
    for job in problem.open_jobs:
        for key in job.people:
            if job.daily > max(left[key], default=0):
                yield Clash(
                    _("「{name}」每天要 {need} 小时，{who} 一天最多能排 {has} 小时。").format(
                        name=job.name,
                        need=_hours(job.daily),
                        who=problem.person[key].name,
                        has=_hours(max(left[key], default=0)),
                    ),
                    (job.key,),
                )


def _too_much(
    problem: Problem, person: Person, left: Room, windows: dict[int, tuple[int, int]]
) -> Iterator[Clash]:
    """The shortest span whose jobs, none of which may leave it, ask more than it has."""
    mine = [job for job in problem.open_jobs if person.key in job.people]
    spans = sorted(
        {
            (windows[a.key][0], windows[b.key][1])
            for a in mine
            for b in mine
            if windows[a.key][0] <= windows[b.key][1]
        },
        key=lambda span: span[1] - span[0],
    )
    for first, last in spans:
        inside = [
            job for job in mine if first <= windows[job.key][0] and windows[job.key][1] <= last
        ]
        need, has = sum(job.minutes for job in inside), sum(left[person.key][first : last + 1])
        if need > has:
            yield _overload(
                problem, person, inside, (problem.days[first], problem.days[last]), need, has
            )
            return


def _overload(
    problem: Problem, person: Person, jobs: list[Job], days: tuple[date, date], need: int, has: int
) -> Clash:
    words = {
        "who": person.name,
        "first": f"{days[0].month}/{days[0].day}",
        "last": f"{days[1].month}/{days[1].day}",
        "many": len(jobs),
        "need": _hours(need),
        "has": _hours(has),
    }
    sentence = _(
        "{who} 在 {first}–{last} 有 {many} 件必须做完的事，共 {need} 小时，只有 {has} 小时可排。"
    )
    return Clash(sentence.format(**words), tuple(job.key for job in jobs))


def _hours(minutes: int) -> str:
    return f"{minutes / HOUR:.1f}".removesuffix(".0")
