"""A plan before it is one: what was read, in a form that travels through the preview's page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from yunce.engines.plantables import Column, GoalLine, PlanTable, Share, TaskLine, Unread
from yunce.kit.numbers import Unit
from yunce.kit.timing import write_timing
from yunce.kit.wording import gettext as _
from yunce.loop.goals.rules import MOST
from yunce.loop.goals.rules.parts import NAME_LENGTH
from yunce.loop.plans.intake.vocabulary import SIDES
from yunce.loop.plans.rules import LENGTHS, TaskField

DEEPEST = 4  # levels of parts
NOWHERE = -1  # a task that stands beside no goal


@dataclass(frozen=True)
class DraftPart:
    """A part of a goal's target: a number, or a sum or product of further parts."""

    name: str
    kind: str  # leaf, sum or product
    amount: str = ""
    parts: tuple[DraftPart, ...] = ()

    @property
    def value(self) -> Decimal | None:
        return _number(self.amount)


@dataclass(frozen=True)
class DraftGoal:
    """A goal as read; numbers in the base unit as text, empty where there is none."""

    dimension: str  # a code; empty when the words say none
    words: str
    must: str
    stretch: str
    unit: str
    measure: str
    parts: tuple[DraftPart, ...] = ()  # as far as its tasks say what they bring

    @property
    def must_value(self) -> Decimal | None:
        return _number(self.must)

    @property
    def stretch_value(self) -> Decimal | None:
        return _number(self.stretch)


@dataclass(frozen=True)
class DraftTask:
    """A task as read."""

    title: str
    goal: int  # index of its goal, or NOWHERE
    dimension: str
    owners: tuple[str, ...]  # names as written
    nodes: str  # as the plan page takes them
    standard: str
    note: str
    brings: str  # what its words say it brings to its goal; empty when they do not


@dataclass(frozen=True)
class Draft:
    """Everything read out of one file."""

    file: str
    goals: tuple[DraftGoal, ...]
    tasks: tuple[DraftTask, ...]
    columns: tuple[str, ...]  # of TaskField: what the file can say of a task at all

    @property
    def people(self) -> list[str]:
        """Every name, once, in order."""
        return list(dict.fromkeys(name for task in self.tasks for name in task.owners))

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def read_draft(text: str) -> Draft:
    """The draft a preview sent back; ValueError when it is not one."""
    try:
        told = json.loads(text)
        goals = tuple(_goal_told(goal) for goal in told["goals"])
        tasks = tuple(_task(task, count=len(goals)) for task in told["tasks"])
        columns = tuple(TaskField(column).value for column in told["columns"])
        return Draft(str(told["file"])[:200], goals, tasks, columns)
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise ValueError("not a draft") from error


def _task(told: Mapping[str, Any], *, count: int) -> DraftTask:
    goal = int(told["goal"])
    owners = tuple(str(name) for name in told["owners"])
    texts = _texts({name: told[name] for name in told if name not in ("goal", "owners")})
    return DraftTask(goal=goal if 0 <= goal < count else NOWHERE, owners=owners, **texts)


def _goal_told(told: Mapping[str, Any]) -> DraftGoal:
    texts = _texts({name: told[name] for name in told if name != "parts"})
    return DraftGoal(parts=_parts_told(told.get("parts", ()), depth=0), **texts)


def _parts_told(told: Any, *, depth: int) -> tuple[DraftPart, ...]:
    if depth > DEEPEST:
        raise ValueError("too deep")
    return tuple(
        DraftPart(
            name=str(part["name"]),
            kind=str(part["kind"]),
            amount=str(part["amount"]),
            parts=_parts_told(part["parts"], depth=depth + 1),
        )
        for part in told
    )


def parts_from(shares: Iterable[Share]) -> tuple[DraftPart, ...]:
    """A target tree's parts as the tasks' words tell them."""
    return tuple(
        DraftPart(
            name=(share.name or _("数量"))[:NAME_LENGTH],
            kind=share.joined.value,
            amount=f"{share.value.normalize():f}" if share.value is not None else "",
            parts=parts_from(share.parts),
        )
        for share in shares
    )


def _texts(told: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in told.items()}


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text) if text else None
    except InvalidOperation as error:
        raise ValueError(f"{text!r} is not a number") from error
    return value if value is None or (value.is_finite() and 0 <= value < MOST) else None


def draft_from(plan: PlanTable) -> Draft:
    goals = tuple(_goal(plan, at, goal) for at, goal in enumerate(plan.goals))
    tasks = tuple(_read(plan, task) for task in plan.tasks)
    said = {
        TaskField.OWNERS: Column.OWNERS,
        TaskField.NODES: Column.TIMING,
        TaskField.STANDARD: Column.STANDARD,
        TaskField.NOTE: Column.NOTE,
    }
    columns = tuple(field.value for field, column in said.items() if column in plan.columns)
    return Draft(plan.file, goals, tasks, columns)


def _goal(plan: PlanTable, at: int, goal: GoalLine) -> DraftGoal:
    target = goal.target
    must = target.must if target.must is not None else target.stretch
    stretch = target.stretch if target.must is not None else None
    return DraftGoal(
        dimension=side_of(goal.dimension),
        words=target.words[:60],
        must="" if must is None or target.is_change else f"{must.normalize():f}",
        stretch="" if stretch is None else f"{stretch.normalize():f}",
        unit=target.unit.value,
        measure=target.measure,
        parts=parts_from(plan.shares(at)),
    )


def _read(plan: PlanTable, task: TaskLine) -> DraftTask:
    goal = _beside(plan, task)
    return DraftTask(
        title=task.title,
        goal=goal,
        dimension=side_of(task.dimension),
        owners=task.owners,
        nodes=write_timing(task.timing),
        standard=_cut(task.standard, TaskField.STANDARD),
        note=_cut(task.note, TaskField.NOTE),
        brings=_brings(plan, task, goal),
    )


def _beside(plan: PlanTable, task: TaskLine) -> int:
    """Of several goals in one cell the one the task brings something to, else the one whose words
    it uses, else the first."""
    bringing = [goal for goal in task.goals if plan.shares_by(task, goal)]
    named = [goal for goal in task.goals if _names(task.title, plan.goals[goal].target.words)]
    return next(iter((*bringing, *named, *task.goals)), NOWHERE)


def _names(title: str, words: str) -> bool:
    return any(words[at : at + 2] in title for at in range(len(words) - 1))


def _brings(plan: PlanTable, task: TaskLine, goal: int) -> str:
    if goal == NOWHERE:
        return ""
    amounts = [share.amount for share in plan.shares_by(task, goal)]
    known = [amount for amount in amounts if amount is not None]
    if not known or len(known) < len(amounts) or plan.goals[goal].target.unit is Unit.PERCENT:
        return ""
    return f"{sum(known, Decimal(0)).normalize():f}"


def _cut(text: str, field: TaskField) -> str:
    return text[: LENGTHS[field]]


def side_of(words: str) -> str:
    """The goal dimension these words name; empty when none.

    >>> side_of("用户增长"), side_of("其他")
    ('user', '')
    """
    return next((code for word, code in SIDES.items() if word in words), "")


def problems_of(plan: PlanTable) -> tuple[Unread, ...]:
    """What would be lost: words that were not understood, days that are not of this month."""
    lost = list(plan.unread)
    for task in plan.tasks:
        elsewhere = _("这一天不在这个月，没有读进来。")
        lost += [Unread(task.place, day, elsewhere) for day in task.timing_outside]
        lost += [Unread(task.place, task.timing_text, why) for why in task.timing_reasons]
    return tuple(lost)
