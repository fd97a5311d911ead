"""Which task of the month a line of a file is, and what the line says differently."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher

from yunce.ground.teams.models import Member
from yunce.kit.text import comparable
from yunce.loop.plans.intake.drafts import DraftTask
from yunce.loop.plans.models import Task
from yunce.loop.plans.queries import cell_text
from yunce.loop.plans.rules import TaskField

SAME_TITLE = 0.6  # from here on two titles are one task, edited


def paired(
    lines: Sequence[tuple[str, int | None]], held: Sequence[Task]
) -> Iterator[tuple[int, Task]]:
    """``lines``: title and the goal's number. First by the same title, then by a similar one under
    the same goal; each task once."""
    free = list(held)
    left: list[int] = []
    for at, (title, goal) in enumerate(lines):
        same = [task for task in free if comparable(task.title) == comparable(title)]
        same.sort(key=lambda task: _goal_number(task) != goal)
        if same:
            free.remove(same[0])
            yield at, same[0]
        else:
            left.append(at)
    for at in left:
        title, goal = lines[at]
        near = [task for task in free if goal is not None and _goal_number(task) == goal]
        best = max(near, key=lambda task: _likeness(task.title, title), default=None)
        if best is not None and _likeness(best.title, title) >= SAME_TITLE:
            free.remove(best)
            yield at, best


def _goal_number(task: Task) -> int | None:
    return task.goal.pk if task.goal else None


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, comparable(one), comparable(other)).ratio()


def changed_fields(
    task: Task, told: DraftTask, owners: Sequence[Member], columns: Collection[str]
) -> list[tuple[TaskField, str, str]]:
    """Field, what it holds, what the file says. Only fields the file has a column for; owners only
    when every name is somebody."""
    said = {
        TaskField.TITLE: told.title,
        TaskField.NODES: told.nodes,
        TaskField.STANDARD: told.standard,
        TaskField.NOTE: told.note,
    }
    if len(owners) == len(told.owners):
        said[TaskField.OWNERS] = ",".join(str(pk) for pk in sorted({owner.pk for owner in owners}))
    return [
        (name, was, value)
        for name, value in said.items()
        if name is TaskField.TITLE or name.value in columns
        if comparable(was := cell_text(task, name)) != comparable(value)
    ]
