"""The plan table as HTML: a row's cells filled into stencils, so that 300 tasks are drawn at once.

A goal's cells are few and drawn one by one; a task's are all alike, and `_cell.html` is rendered
once for each way they can look: with or without text, changed since the lock, a change waiting.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import Access
from yunce.loop.goals.models import Goal, MonthPlan, SubjectKind
from yunce.loop.goals.queries.changes import Amendments, amendments_of
from yunce.loop.goals.rules.smart import Smart
from yunce.loop.plans.cells import (
    FIRST_TASK,
    LABELS,
    OWNER_FIELD,
    TARGETS_FIELD,
    TASK_KINDS,
    Cell,
    amended,
    cell_address,
    goal_cell,
)
from yunce.loop.plans.closed import Closed, closed, face, menu_address, menu_label
from yunce.loop.plans.models import Task
from yunce.loop.plans.permits import asks_reason, may_change_task
from yunce.loop.plans.rules import TaskField
from yunce.loop.plans.table import Line
from yunce.web.stencils import Stencil, mark

TEMPLATE = "plans/_cell.html"
FIELDS = (
    TaskField.TITLE,
    TaskField.OWNERS,
    TaskField.NODES,
    TaskField.STANDARD,
    TaskField.NOTE,
)


@dataclass(frozen=True)
class Row:
    """A line with its cells drawn."""

    line: Line
    targets: SafeString  # empty where the cell above reaches down, or there is no goal
    cells: SafeString  # 核心任务 to 备注; of a goal without tasks, to 负责人


class Sheet:
    """Draws the table's rows, top to bottom."""

    def __init__(self, access: Access, plan: MonthPlan, lines: Sequence[Line]) -> None:
        self._access = access
        self._plan = plan
        self._lines = lines
        self._stencils: dict[tuple[TaskField, bool, bool, bool], Stencil] = {}
        self._faces: dict[int, str] = {}

    def __iter__(self) -> Iterator[Row]:
        for line in self._lines:
            yield Row(line, self._targets(line), _joined(self._cells(line)))

    @cached_property
    def _amendments(self) -> Amendments:
        return amendments_of(self._plan)

    def _targets(self, line: Line) -> SafeString:
        goal = line.row.goal
        if goal is None or not line.row.goal_span:
            return SafeString("")
        return self._goal_cell(goal, TARGETS_FIELD, span=line.row.goal_span, smart=line.smart)

    def _cells(self, line: Line) -> Iterator[str]:
        task, goal = line.row.task, line.row.goal
        if task is not None:
            texts = (task.title, "", line.row.nodes_text, task.standard, task.note)
            yield from (
                self._task_cell(task, field, text)
                for field, text in zip(FIELDS, texts, strict=True)
            )
        elif goal is not None:
            yield from (self._goal_cell(goal, field) for field in (FIRST_TASK, OWNER_FIELD))

    def _goal_cell(
        self, goal: Goal, field: str, *, span: int = 1, smart: Smart | None = None
    ) -> SafeString:
        cell: Cell = goal_cell(self._access, goal, field)
        if not self._amendments.is_empty:
            cell = amended(cell, self._amendments)
        return self._drawn(closed(self._access, cell, span=span, smart=smart))

    def _task_cell(self, task: Task, field: TaskField, text: str) -> SafeString:
        key = (SubjectKind.TASK.value, task.pk, field.value)
        old = self._amendments.old_text(*key)
        waiting = self._amendments.waiting.get(key)
        people = "".join(map(self._face, task.people)) if field is TaskField.OWNERS else ""
        stencil = self._stencil(task, field, (bool(text or people), bool(old), waiting is not None))
        return stencil.fill(
            {
                "number": str(task.pk),
                "text": linebreaksbr(text) if "\n" in text else text,
                "people": SafeString(people),
                "old": linebreaksbr(old) if old else "",
                "wanted": waiting.wanted_text if waiting else "",
                "menu_label": menu_label(task) if field is TaskField.TITLE else "",
            }
        )

    def _stencil(self, task: Task, field: TaskField, has: tuple[bool, bool, bool]) -> Stencil:
        """The lines of one plan are opened alike, so the first task stands for all."""
        key = (field, *has)
        if key not in self._stencils:
            self._stencils[key] = Stencil(TEMPLATE, self._words(self._sample(task, field, *has)))
        return self._stencils[key]

    def _sample(
        self, task: Task, field: TaskField, has_text: bool, has_old: bool, is_waiting: bool
    ) -> Closed:
        access, month, number = self._access, self._plan.month, mark("number")
        asks = asks_reason(access, task, field)
        is_open = asks or may_change_task(access, task, field)
        kind, has_menu = TASK_KINDS[field], is_open and field is TaskField.TITLE
        return Closed(
            id=f"task-{number}-{field.value}",
            kind=kind,
            field=field.value,
            label=str(LABELS[field]),
            url=cell_address(access, month, "plans:task-cell", number=number, field=field)
            if is_open
            else "",
            asks=asks,
            shown=mark("text") if has_text else "",
            people=mark("people") if has_text else "",
            old=mark("old") if has_old else "",
            wanted=mark("wanted") if is_waiting else "",
            menu=menu_address(access, month, "task", number) if has_menu else "",
            menu_label=mark("menu_label"),
        )

    def _face(self, person: Member) -> str:
        if person.pk not in self._faces:
            self._faces[person.pk] = face(person)
        return self._faces[person.pk]

    def _drawn(self, cell: Closed) -> SafeString:
        return render_to_string(TEMPLATE, self._words(cell))

    def _words(self, cell: Closed) -> dict[str, object]:
        return {"access": self._access, "month": self._plan.month, "cell": cell}


def _joined(pieces: Iterator[str]) -> SafeString:
    return mark_safe("".join(pieces))  # noqa: S308 - drawn by a template each
