"""Many tasks in one go: a pasted block, a filled column, chosen lines. All of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.ground.journal.actions import NewEntry, write_many
from yunce.ground.teams.queries import Access
from yunce.loop.goals.actions import EditConflictError, lock_plan
from yunce.loop.goals.models import MonthPlan
from yunce.loop.plans.actions._checked import (
    dimension_of,
    numbers_text,
    refuse_outsiders,
    set_text,
    set_timing,
)
from yunce.loop.plans.actions._fields import SAVED
from yunce.loop.plans.actions._together import (
    STATE,
    Together,
    lock_tasks,
    owners_text,
    remove_tasks,
    restore_tasks,
    save_columns,
    save_owners,
)
from yunce.loop.plans.blocks import RowChange, at_row, refuse
from yunce.loop.plans.fetching import goal_numbered
from yunce.loop.plans.models import Task
from yunce.loop.plans.permits import capability_for
from yunce.loop.plans.queries import cell_text, changed_since
from yunce.loop.plans.rules import TaskField

MOST_SHIFT = 31  # days


class UnseenError(ValidationError):
    """Others wrote some of these cells meanwhile; with the newest stamp they are written over."""


@dataclass(frozen=True)
class Done:
    """What was changed, so that it can be put back."""

    changes: tuple[tuple[int, str, str, str], ...] = ()  # task, field, was, now
    added: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()

    @property
    def tasks(self) -> int:
        return len({number for number, *_rest in self.changes} | {*self.added, *self.removed})


@transaction.atomic
def write_rows(
    *, access: Access, plan: MonthPlan, rows: Sequence[RowChange], stamp: int | None = None
) -> Done:
    """Write a block of cells. `stamp` is the newest journal entry the person had seen."""
    plan = lock_plan(access=access, plan=plan)
    _refuse_unseen(access, rows, stamp)
    last = plan.tasks.aggregate(last=Max("position"))["last"]
    at, problems = 0 if last is None else int(last) + 1, []
    changed: list[tuple[RowChange, Task, dict[str, tuple[str, str]]]] = []
    for row in rows:
        try:
            changed.append((row, *_written(access, plan, row, at)))
            at += row.task is None
        except ValidationError as error:
            problems.append(at_row(row.number, error))
    refuse(problems)
    return _save(access, changed)


def _written(
    access: Access, plan: MonthPlan, row: RowChange, position: int
) -> tuple[Task, dict[str, tuple[str, str]]]:
    """The task with the row's words in it, and what they change; nothing is saved yet."""
    task = row.task or Task(plan=plan, goal=row.goal, position=position)
    task.plan = plan
    if row.task is None:
        task.dimension = dimension_of(plan, row.goal, row.dimension)
    before = {name: cell_text(task, name) if task.pk else "" for name in row.texts}
    for name, text in row.texts.items():
        (set_timing(task, text) if name is TaskField.NODES else set_text(task, name, text))
    if row.task is None:
        set_text(task, TaskField.TITLE, row.texts.get(TaskField.TITLE, ""))
    changes = {name.value: (before[name], cell_text(task, name)) for name in row.texts}
    if row.owners is not None:
        refuse_outsiders(access, row.owners)
        was = owners_text(task) if task.pk else ""
        changes[TaskField.OWNERS.value] = (was, numbers_text(list(row.owners)))
    return task, {name: pair for name, pair in changes.items() if pair[0] != pair[1]}


Changed = Sequence[tuple[RowChange, Task, dict[str, tuple[str, str]]]]


def _save(access: Access, changed: Changed) -> Done:
    """In a handful of statements, however many rows there are."""
    new = [task for row, task, _pairs in changed if row.task is None]
    Task.objects.bulk_create(new)
    touched = {TaskField(name) for _row, _task, pairs in changed for name in pairs}
    columns = {column for name in touched for column in SAVED.get(name, ())}
    old = [task for row, task, pairs in changed if row.task is not None and pairs]
    if columns and old:
        save_columns(old, columns)
    save_owners({task.pk: row.owners or () for row, task, pairs in changed if "owners" in pairs})
    entries = [
        NewEntry("plans.add_task", task, {})
        if row.task is None
        else NewEntry("plans.edit_task", task, pairs)
        for row, task, pairs in changed
        if row.task is None or pairs
    ]
    write_many(entries, actor=access.user, team_id=access.team.pk)
    return Done(
        changes=tuple(
            (task.pk, name, was, now)
            for row, task, pairs in changed
            if row.task is not None
            for name, (was, now) in pairs.items()
        ),
        added=tuple(task.pk for task in new),
    )


def _refuse_unseen(access: Access, rows: Sequence[RowChange], stamp: int | None) -> None:
    """Somebody else wrote one of these cells after this person saw the table: say which."""
    if stamp is None:
        return
    tasks = {row.task.pk: row for row in rows if row.task is not None}
    problems = []
    for entry in changed_since(list(tasks), stamp, but=access.user):
        row = tasks[entry.subject_id or 0]
        mine = {name.value: text for name, text in row.texts.items()}
        for name, (_was, theirs) in entry.changes.items():
            if name not in mine and not (name == "owners" and row.owners is not None):
                continue
            words = {
                "who": entry.actor_name,
                "at": f"{timezone.localtime(entry.at):%H:%M}",
                "theirs": theirs,
                "mine": mine.get(name, ""),
            }
            sentence = _("%(who)s %(at)s 已把它改成「%(theirs)s」，你的是「%(mine)s」。")
            problems.append(at_row(row.number, ValidationError(sentence % words)))
    try:
        refuse(problems)
    except ValidationError as error:
        raise UnseenError(error.messages) from error


@transaction.atomic
def change_tasks(
    *, access: Access, plan: MonthPlan, tasks: Sequence[Task], do: str, value: str
) -> Done:
    """The same change to each of the chosen lines: owner, shift, state, goal or remove."""
    if do not in BULK:
        raise ValidationError(_("请选要做什么。"))
    if not tasks:
        raise ValidationError(_("请先勾选任务。"))
    needs = {capability_for(task, BULK[do]) for task in tasks}
    numbers = [task.pk for task in tasks]
    plan, held = lock_tasks(access, plan, numbers, needs=needs)
    if any(held[number].deleted_at is not None for number in numbers):
        raise ValidationError(_("有的任务刚被别人删除了。请刷新页面。"))
    if do == "remove":
        remove_tasks(access, held.values())
        return Done(removed=tuple(numbers))
    together = Together(access, plan)
    changes = [(number, *_change(together, held[number], do, value)) for number in numbers]
    together.save()
    return Done(changes=tuple(change for change in changes if change[2] != change[3]))


BULK: Mapping[str, TaskField | None] = {
    "owner": TaskField.OWNERS,
    "shift": TaskField.NODES,
    "state": TaskField.REVIEWERS,  # as open as the fields members change
    "goal": TaskField.GOAL,
    "remove": None,
}


def _change(together: Together, task: Task, do: str, value: str) -> tuple[str, str, str]:
    """One task's change as (field, was, now)."""
    if do == "state":
        return STATE, *together.move(task, value, seen=task.state)
    if do == "shift":
        return TaskField.NODES.value, *_shift(together, task, value)
    if do == "goal":
        goal_numbered(task.plan, value) if not value.strip() else None
    field = TaskField.OWNERS if do == "owner" else TaskField.GOAL
    was = owners_text(task) if do == "owner" else cell_text(task, field)
    return field.value, *together.edit(task, field, value, seen=was)


def _shift(together: Together, task: Task, value: str) -> tuple[str, str]:
    """All of a task's days, so many later or earlier; a rule that named them no longer stands."""
    try:
        by = timedelta(days=int(value))
    except (ValueError, OverflowError) as error:
        raise ValidationError(_("移动几天要写整数，例如 3 或 -2。")) from error
    if not 1 <= abs(by.days) <= MOST_SHIFT:
        raise ValidationError(_("一次最多移动 %s 天，也不能是 0 天。") % MOST_SHIFT)
    was = cell_text(task, TaskField.NODES)
    now = cell_text(_moved(task, by), TaskField.NODES)
    try:
        return together.edit(task, TaskField.NODES, now, seen=was)
    except ValidationError as error:
        words = {"task": task.title[:20], "what": " ".join(error.messages)}
        raise ValidationError(_("「%(task)s」：%(what)s") % words) from error


def _moved(task: Task, by: timedelta) -> Task:
    return Task(
        plan=task.plan,
        starts_on=task.starts_on and task.starts_on + by,
        ends_on=task.ends_on and task.ends_on + by,
        nodes=[(date.fromisoformat(day) + by).isoformat() for day in task.nodes],
        timing_words=task.timing_words,
    )


@transaction.atomic
def put_back(*, access: Access, plan: MonthPlan, done: Done) -> None:
    """Undo many changes at once; what somebody changed since is said, and nothing is undone."""
    plan, tasks = _as_they_are(access, plan, done)
    together = Together(access, plan)
    try:
        for number, name, was, now in done.changes:
            if name == STATE:
                together.move(tasks[number], was, seen=now)
            else:
                together.edit(tasks[number], TaskField(name), was, seen=now)
    except (EditConflictError, ValueError) as error:
        raise ValidationError(_("有的格子之后又被改过，不能撤销。请刷新页面。")) from error
    together.save()
    remove_tasks(access, [tasks[number] for number in done.added])
    restore_tasks(access, [tasks[number] for number in done.removed])


def _as_they_are(access: Access, plan: MonthPlan, done: Done) -> tuple[MonthPlan, dict[int, Task]]:
    """The tasks to be put back, for somebody who may change each of them so."""
    changed = {number for number, *_rest in done.changes}
    numbers = {*changed, *done.added, *done.removed}
    known = {task.pk: task for task in Task.objects.filter(plan=plan, pk__in=numbers)}
    missing = set(known) != numbers or any(known[n].deleted_at is not None for n in changed)
    if missing:
        raise ValidationError(_("有的任务已经不在了，不能撤销。请刷新页面。"))
    needs = {capability_for(known[number], _field(name)) for number, name, *_texts in done.changes}
    needs |= {capability_for(known[number]) for number in (*done.added, *done.removed)}
    return lock_tasks(access, plan, numbers, needs=needs)


def _field(name: str) -> TaskField | None:
    if name == STATE:
        return BULK["state"]
    return TaskField(name) if name in list(TaskField) else None
