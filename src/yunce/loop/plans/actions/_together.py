"""Edits to many tasks of a month: each checked as a single one is, saved in a few statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.ground.journal.actions import NewEntry, write_many
from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import Access, members_of
from yunce.ground.teams.rules import Capability
from yunce.loop.goals.actions import EditConflictError, lock_plan
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.goals.queries import goals_of
from yunce.loop.plans.actions._checked import members_among, numbers_text
from yunce.loop.plans.actions._fields import SAVED, put
from yunce.loop.plans.actions._lines import state_named
from yunce.loop.plans.fetching import goal_among
from yunce.loop.plans.models import Task, TaskState
from yunce.loop.plans.queries import cell_text
from yunce.loop.plans.rules import TaskField

STATE = "state"  # beside the fields of TaskField
Pairs = Mapping[str, tuple[str, str]]  # field → was, now


def lock_tasks(
    access: Access, plan: MonthPlan, numbers: Iterable[int], *, needs: Iterable[Capability]
) -> tuple[MonthPlan, dict[int, Task]]:
    """The plan and its tasks (removed ones too) as they are now, held until the end."""
    for capability in sorted(set(needs)):
        plan = lock_plan(access=access, plan=plan, capability=capability)
    owners = Prefetch("owners", queryset=Member.objects.select_related("user").order_by("pk"))
    found = Task.objects.select_for_update().filter(plan=plan, pk__in=set(numbers))
    tasks = {task.pk: task for task in found.prefetch_related(owners, "goal")}
    for task in tasks.values():
        task.plan = plan
    return plan, tasks


class Together:
    """What is to become of the tasks; nothing is written before `save`."""

    def __init__(self, access: Access, plan: MonthPlan) -> None:
        self._access = access
        self._plan = plan
        self._tasks: dict[int, Task] = {}
        self._changes: dict[int, dict[str, tuple[str, str]]] = {}
        self._owners: dict[int, list[Member]] = {}

    @cached_property
    def _members(self) -> dict[int, Member]:
        return {member.pk: member for member in members_of(self._access.team)}

    @cached_property
    def _goals(self) -> dict[int, Goal]:
        return {goal.pk: goal for goal in goals_of(self._plan)}

    def edit(self, task: Task, field: TaskField, value: str, *, seen: str) -> tuple[str, str]:
        """One field as (was, now); EditConflictError when somebody else wrote it since."""
        was = self._text(task, field)
        if field is TaskField.OWNERS:
            members = members_among(self._members, value)
            now = numbers_text(members)
        elif field is TaskField.GOAL:
            self._set_goal(task, value)
            now = cell_text(task, field)
        elif put(self._access, task, field, value) is not None:
            raise ValueError(field)  # reviewers and predecessors are edited one task at a time
        else:
            now = cell_text(task, field)
        if was not in (seen, now):
            raise EditConflictError(field=field, current=was, wanted=now)
        if field is TaskField.OWNERS and was != now:
            self._owners[task.pk] = members
        self._note(task, field.value, was, now)
        return was, now

    def move(self, task: Task, state: str, *, seen: str) -> tuple[str, str]:
        """The task's state as (was, now)."""
        wanted, was = state_named(state), task.state
        if was not in (seen, wanted):
            raise EditConflictError(field=STATE, current=was, wanted=wanted)
        if was != wanted:
            task.state = wanted
            task.done_at = timezone.now() if wanted == TaskState.DONE else None
        self._note(task, STATE, was, wanted)
        return was, wanted

    def save(self) -> None:
        """In a handful of statements, however many tasks there are."""
        changed = [self._tasks[number] for number in self._changes]
        fields = {name for pairs in self._changes.values() for name in pairs}
        if columns := {column for name in fields for column in _columns(name)}:
            save_columns(changed, columns)
        save_owners(self._owners)
        write_many(self._entries(), actor=self._access.user, team_id=self._access.team.pk)

    def _entries(self) -> Iterable[NewEntry]:
        for number, pairs in self._changes.items():
            edited = {name: pair for name, pair in pairs.items() if name != STATE}
            if edited:
                yield NewEntry("plans.edit_task", self._tasks[number], edited)
            if STATE in pairs:
                yield NewEntry("plans.set_state", self._tasks[number], {STATE: pairs[STATE]})

    def _text(self, task: Task, field: TaskField) -> str:
        return owners_text(task) if field is TaskField.OWNERS else cell_text(task, field)

    def _set_goal(self, task: Task, value: str) -> None:
        goal = goal_among(self._goals, value) if value.strip() else None
        task.goal = goal
        if goal is not None:
            task.dimension = goal.dimension

    def _note(self, task: Task, name: str, was: str, now: str) -> None:
        if was != now:
            self._tasks[task.pk] = task
            self._changes.setdefault(task.pk, {})[name] = (was, now)


def owners_text(task: Task) -> str:
    """As `cell_text` has it, of the people read with the task."""
    return numbers_text(task.people)


def save_columns(tasks: Iterable[Task], columns: Iterable[str]) -> None:
    """Write these columns of tasks that are there and held.

    As an insert that meets every row: `bulk_update` says each value of each row as a CASE of its
    own, which takes ten times as long to put together.
    """
    Task.objects.bulk_create(
        tasks, update_conflicts=True, unique_fields=["id"], update_fields=sorted(columns)
    )


def save_owners(owners: Mapping[int, Iterable[Member]]) -> None:
    """Task → its new owners, in place of those it had."""
    links = Task.owners.through
    links.objects.filter(task__in=list(owners)).delete()
    links.objects.bulk_create(
        links(task_id=task, member_id=member.pk)
        for task, members in owners.items()
        for member in members
    )


def remove_tasks(access: Access, tasks: Iterable[Task]) -> None:
    """Take tasks out of the plan; `restore_tasks` undoes it."""
    listed = list(tasks)
    if any(task.deleted_at is not None for task in listed):
        raise ValidationError(_("这个任务刚被别人删除了。请刷新页面。"))
    Task.objects.filter(pk__in=[task.pk for task in listed]).update(deleted_at=timezone.now())
    _note_all(access, "plans.remove_task", listed)


def restore_tasks(access: Access, tasks: Iterable[Task]) -> None:
    """Bring removed tasks back; those that are there stay as they are."""
    gone = [task for task in tasks if task.deleted_at is not None]
    Task.objects.filter(pk__in=[task.pk for task in gone]).update(deleted_at=None)
    _note_all(access, "plans.restore_task", gone)


def _note_all(access: Access, verb: str, tasks: Iterable[Task]) -> None:
    entries = (NewEntry(verb, task, {}) for task in tasks)
    write_many(entries, actor=access.user, team_id=access.team.pk)


def _columns(name: str) -> list[str]:
    return ["state", "done_at"] if name == STATE else SAVED.get(TaskField(name), [])
