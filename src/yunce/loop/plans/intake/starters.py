"""Plan templates: ready months by team size and business, one YAML file each in ``starters/``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from yunce.engines.metrics import Catalogue, catalogue
from yunce.engines.plantables import Measured, Share, parts_in, shares_of
from yunce.kit.months import Month
from yunce.kit.numbers import Unit, parse_value
from yunce.loop.plans.intake.drafts import NOWHERE, Draft, DraftGoal, DraftTask, parts_from
from yunce.loop.plans.rules import TaskField

FOLDER = Path(__file__).parents[1] / "starters"


@dataclass(frozen=True)
class StarterTask:
    """A task of a template; days are numbers inside the month."""

    title: str
    owners: tuple[str, ...]  # positions; nobody is owner where nobody has one
    standard: str
    note: str
    days: tuple[int, ...] = ()
    span: tuple[int, int] | None = None


@dataclass(frozen=True)
class StarterGoal:
    """A goal of a template."""

    metric: str
    must: Decimal
    stretch: Decimal | None
    tasks: tuple[StarterTask, ...]


@dataclass(frozen=True)
class Starter:
    """One template."""

    key: str  # the file's name
    name: str  # 个人号
    about: str  # for whom, in a sentence
    direction: str
    goals: tuple[StarterGoal, ...]
    position: int

    @property
    def tasks(self) -> int:
        return sum(len(goal.tasks) for goal in self.goals)


@cache
def starters() -> Mapping[str, Starter]:
    """Every template by its key, in the order they are offered."""
    found = [_load(path) for path in sorted(FOLDER.glob("*.yaml"))]
    return {each.key: each for each in sorted(found, key=lambda starter: starter.position)}


def _load(path: Path) -> Starter:
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Starter(
        key=path.stem,
        name=told["name"],
        about=told["about"],
        direction=told["direction"],
        goals=tuple(_goal(goal) for goal in told["goals"]),
        position=told["position"],
    )


def _goal(told: dict[str, Any]) -> StarterGoal:
    unit = catalogue().metric(told["metric"]).unit
    stretch = told.get("stretch")
    return StarterGoal(
        metric=told["metric"],
        must=parse_value(str(told["must"]), unit),
        stretch=parse_value(str(stretch), unit) if stretch is not None else None,
        tasks=tuple(_task(task) for task in told["tasks"]),
    )


TASK_KEYS = {"title", "owners", "standard", "note", "days", "span"}


def _task(told: dict[str, Any]) -> StarterTask:
    if unknown := told.keys() - TASK_KEYS:  # a comma in unquoted text makes such keys
        raise ValueError(f"{told.get('title')}: {', '.join(map(str, unknown))}")
    span = told.get("span")
    return StarterTask(
        title=told["title"],
        owners=tuple(told.get("owners", ())),
        standard=told["standard"],
        note=told.get("note", ""),
        days=tuple(told.get("days", ())),
        span=(span[0], span[1]) if span else None,
    )


def draft_of(starter: Starter, month: Month, known: Catalogue) -> Draft:
    """The template as a draft of this month."""
    goals = tuple(_draft_goal(goal, known) for goal in starter.goals)
    tasks = tuple(
        _draft_task(task, at, month, _shares(goal, task, known))
        for at, goal in enumerate(starter.goals)
        for task in goal.tasks
    )
    columns = (TaskField.OWNERS, TaskField.NODES, TaskField.STANDARD, TaskField.NOTE)
    return Draft(starter.name, goals, tasks, tuple(column.value for column in columns))


def shares_in(goal: StarterGoal, known: Catalogue) -> tuple[Share, ...]:
    """What the goal's tasks say it is made up of."""
    return tuple(share for task in goal.tasks for share in _shares(goal, task, known))


def _shares(goal: StarterGoal, task: StarterTask, known: Catalogue) -> tuple[Share, ...]:
    spec = known.metric(goal.metric)
    word = spec.measure_word if spec.unit is Unit.COUNT else ""
    return shares_of(parts_in(task.title), Measured(spec.name, spec.unit, word))


def _draft_goal(goal: StarterGoal, known: Catalogue) -> DraftGoal:
    spec = known.metric(goal.metric)
    return DraftGoal(
        dimension=spec.dimension.value,
        words=spec.name,
        must=f"{goal.must.normalize():f}",
        stretch=f"{goal.stretch.normalize():f}" if goal.stretch is not None else "",
        unit=spec.unit.value,
        measure=spec.measure_word,
        parts=parts_from(shares_in(goal, known)),
    )


def _draft_task(task: StarterTask, goal: int, month: Month, shares: tuple[Share, ...]) -> DraftTask:
    amounts = [share.amount for share in shares]
    brings = sum((amount for amount in amounts if amount is not None), Decimal(0))
    return DraftTask(
        title=task.title,
        goal=goal if goal >= 0 else NOWHERE,
        dimension="",
        owners=task.owners,
        nodes=_nodes(task, month),
        standard=task.standard,
        note=task.note,
        brings=f"{brings.normalize():f}" if brings and None not in amounts else "",
    )


def _nodes(task: StarterTask, month: Month) -> str:
    """Days inside the month: the 31st of a shorter one is its last."""
    if task.span:
        first, last = (min(day, month.day_count) for day in task.span)
        return f"{month.number}/{first}–{month.number}/{last}"
    days = sorted({min(day, month.day_count) for day in task.days})
    return "、".join(f"{month.number}/{day}" for day in days)
