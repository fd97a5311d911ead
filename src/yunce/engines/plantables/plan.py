"""A plan as a file tells it: goals, tasks, and what was not understood, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from yunce.engines.plantables.headings import Column
from yunce.engines.plantables.parts import Part
from yunce.engines.plantables.shares import Measured, Share, relevant_amounts, shares_of
from yunce.engines.plantables.targets import Target
from yunce.kit.months import Month
from yunce.kit.timing import Timing


@dataclass(frozen=True)
class Place:
    """Where something stands in the file."""

    table: int  # 1 for the first table or sheet
    name: str  # the sheet's name or the line before the table
    row: int  # as the file counts, the heading row included
    column: str  # the column's title


@dataclass(frozen=True)
class Unread:
    """Something the file says that was not understood."""

    place: Place
    text: str
    reason: str = ""  # a sentence, where more can be said


@dataclass(frozen=True)
class TaskLine:
    """One thing to do."""

    title: str
    goals: tuple[int, ...]  # indices of the goals it stands beside
    dimension: str  # as written, also where no goal stands beside it
    parts: tuple[Part, ...]  # quantities in its title
    details: tuple[Part, ...]  # and in its standard and note
    owners: tuple[str, ...]
    timing: Timing
    timing_text: str
    timing_reasons: tuple[str, ...]  # days that cannot be
    timing_outside: tuple[str, ...]  # days of another time altogether
    standard: str
    note: str
    place: Place


@dataclass(frozen=True)
class GoalLine:
    """One number the month aims at, or the wish for one."""

    dimension: str  # as written
    target: Target
    place: Place
    owners: tuple[str, ...] = ()  # of a goal without tasks
    timing_text: str = ""
    standard: str = ""

    @property
    def measured(self) -> Measured:
        return Measured(self.target.words, self.target.unit, self.target.measure)


@dataclass(frozen=True)
class PlanTable:
    """Everything a file says about a month's plan."""

    file: str
    month: Month | None
    goals: tuple[GoalLine, ...]
    tasks: tuple[TaskLine, ...]
    unread: tuple[Unread, ...]
    columns: frozenset[Column]  # that some table of the file has

    def tasks_of(self, goal: int) -> tuple[TaskLine, ...]:
        return tuple(task for task in self.tasks if goal in task.goals)

    def shares(self, goal: int) -> tuple[Share, ...]:
        """What the file says the goal is made of; a number said of nobody knows what is a guess:
        of all together, unless only 「of each」 adds up to the goal."""
        line = self.goals[goal]
        must, stretch = line.target.must, line.target.stretch
        plain = self._shares(goal, guess_each=False)
        if any(share.has_guess for share in plain):
            each = self._shares(goal, guess_each=True)
            if _sum(plain) not in (must, stretch) and _reads_as_each(each, must, stretch):
                return each
        return plain

    def _shares(self, goal: int, *, guess_each: bool) -> tuple[Share, ...]:
        line = self.goals[goal]
        measured = line.measured
        if line.target.parts:
            return shares_of(line.target.parts, measured, guess_each=guess_each)
        tasks = self.tasks_of(goal)
        return tuple(s for task in tasks for s in self.shares_by(task, goal, guess_each=guess_each))

    def shares_by(
        self, task: TaskLine, goal: int, *, guess_each: bool = False
    ) -> tuple[Share, ...]:
        """What one task brings to a goal."""
        if goal not in task.goals or not self._belongs(task, goal):
            return ()
        measured = self.goals[goal].measured
        own = shares_of(task.parts, measured, guess_each=guess_each)
        if own and all(share.is_known for share in own):
            return own
        return _completed(own, task, measured, guess_each=guess_each)

    def _belongs(self, task: TaskLine, goal: int) -> bool:
        """Beside two goals that add up, a task counts for the one its words speak of."""
        rivals = [g for g in task.goals if self.goals[g].measured.adds_up]
        if len(rivals) < 2:
            return True
        fitting = [g for g in rivals if _speaks(task, self.goals[g])]
        return goal == (fitting or rivals)[0] if goal not in fitting else True


def _speaks(task: TaskLine, goal: GoalLine) -> bool:
    measured = goal.measured
    if measured.counts_doings:
        return any(part.unit == measured.measure for part in task.parts)
    words = [a.words for part in task.parts for a in part.amounts]
    said = Measured(" ".join(words) or task.title, measured.unit, "").groups
    return bool(said & measured.groups)


def _completed(
    own: tuple[Share, ...], task: TaskLine, measured: Measured, *, guess_each: bool
) -> tuple[Share, ...]:
    """Numbers that stand under 完成标准 or 备注 instead of in the task."""
    if measured.counts_doings:
        return own
    told = shares_of(_filled(task, measured), measured, guess_each=guess_each)
    if told and all(share.is_known for share in told):
        return told
    whole = shares_of(task.details, measured)
    if (
        not any(p.count is not None for p in task.parts)
        and whole
        and all(s.is_known for s in whole)
    ):
        return whole
    return own


def _filled(task: TaskLine, measured: Measured) -> list[Part]:
    """The title's doings with what their standard says each brings."""
    lacking = [part for part in task.parts if part.count is not None and not part.factors]
    alone = len(lacking) == 1
    return [_with_details(part, task.details, measured, alone=alone) for part in task.parts]


def _with_details(
    part: Part, details: tuple[Part, ...], measured: Measured, *, alone: bool
) -> Part:
    if part.count is None or part.factors or relevant_amounts(part.amounts, measured):
        return part
    for detail in details:
        if any(factor.value == part.count for factor in detail.factors):
            return replace(detail, words=part.words)
        each = tuple(a for a in relevant_amounts(detail.amounts, measured) if a.is_each)
        words = (detail.words, *(amount.words for amount in each))
        if each and (alone or _alike(part.words, *words)):
            return replace(part, amounts=(*part.amounts, *each))
    return part


def _alike(words: str, *others: str) -> bool:
    """Two letters in a row in common: 「视频直播」 and 「直播新增」."""
    said = " ".join(others)
    return any(words[at : at + 2] in said for at in range(len(words) - 1))


def _sum(shares: tuple[Share, ...]) -> Decimal | None:
    amounts = [share.amount for share in shares]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def _reads_as_each(each: tuple[Share, ...], must: Decimal | None, stretch: Decimal | None) -> bool:
    return _sum(each) in (must, stretch)
