"""A cell of the plan table: what it holds, what its form shows, how it is saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yunce.ground.journal.models import Entry
from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import Access, members_of
from yunce.kit.months import Month
from yunce.kit.numbers import MISSING
from yunce.loop.goals.actions import Targets, set_label, set_owner, set_targets
from yunce.loop.goals.models import Goal, PlanChange, PlanState
from yunce.loop.goals.queries import goals_of
from yunce.loop.goals.queries.changes import Amendments
from yunce.loop.goals.rules import TargetError, read_target, write_target
from yunce.loop.plans.actions import add_task, edit_task
from yunce.loop.plans.models import Quadrant, Task
from yunce.loop.plans.permits import asks_reason, may_change_task
from yunce.loop.plans.queries import cell_text, last_change, target_text, tasks_of
from yunce.loop.plans.rules import LENGTHS, TaskField

Values = Mapping[str, str]  # input name → text
OWNER_FIELD, TARGETS_FIELD, FIRST_TASK = "owner", "targets", "task"
TARGET_INPUTS = ("label", "must", "stretch")


@dataclass(frozen=True)
class Choice:
    """One thing a list offers."""

    value: str
    label: str


@dataclass(frozen=True)
class Conflict:
    """What somebody else wrote meanwhile."""

    theirs: str
    mine: str
    change: Entry | None  # who and when


@dataclass(frozen=True)
class Cell:
    """One cell; `held` is what the record says, `typed` what the form shows."""

    subject: Task | Goal
    field: str
    kind: str  # line, lines, people, person, goal or targets: which inputs, which look
    label: str  # the column's name
    url: str  # "" when this person cannot edit it now
    held: Values
    typed: Values
    seen: Values
    choices: tuple[Choice, ...] = ()
    error: str = ""
    conflict: Conflict | None = None
    on: str = ""  # "task": on the task's own page
    asks: bool = False  # the plan stands: saving becomes a change with a reason
    reason: str = ""  # typed so far
    old: str = ""  # what it read when the plan was locked, where it was changed since
    old_stretch: str = ""
    waiting: PlanChange | None = None  # a change somebody proposed

    def with_values(self, *, typed: Values, seen: Values) -> Cell:
        return replace(self, typed=typed, seen=seen)

    @property
    def id(self) -> str:
        return f"{self.subject._meta.model_name}-{self.subject.pk}-{self.field}"

    @property
    def closed_url(self) -> str:
        return f"{self.url}{'&' if '?' in self.url else '?'}closed=1"

    @property
    def shown(self) -> str:
        """The closed cell's text, where it is not what is typed."""
        task = self.subject
        if not isinstance(task, Task):
            return self.held.get("value", "")
        if self.field == TaskField.AFTER:
            return "\n".join(each.title for each in task.after.all())
        if self.field == TaskField.PARENT:
            return task.parent.title if task.parent else ""
        if self.field == TaskField.QUADRANT:
            return task.get_quadrant_display()
        if self.field == TaskField.GOAL:
            return task.goal.name if self.held["value"] and task.goal else ""
        return self.held.get("value", "")

    @property
    def value(self) -> str:
        return self.typed.get("value", "")

    @property
    def chosen(self) -> list[str]:
        return self.value.split(",")

    @property
    def hint(self) -> str:
        return hints(self.subject.plan.month).get(self.field, "")

    @property
    def most(self) -> int | None:
        """Letters the input takes."""
        is_text = self.kind in ("line", "lines") and self.field in LENGTHS
        return LENGTHS[TaskField(self.field)] if is_text else None

    @property
    def people(self) -> list[Member]:
        if isinstance(self.subject, Goal):
            return [self.subject.owner] if self.subject.owner else []
        return list(getattr(self.subject, self.field).all())

    @property
    def goal(self) -> Goal | None:
        return self.subject if isinstance(self.subject, Goal) else None

    @property
    def must_text(self) -> str:
        return target_text(self.goal, self.goal.must) if self.goal else ""

    @property
    def stretch_text(self) -> str:
        return target_text(self.goal, self.goal.stretch) if self.goal and self.goal.stretch else ""

    def spoken(self, values: Values) -> str:
        """Values in one line for a sentence: names instead of numbers, — for nothing."""
        names = {choice.value: choice.label for choice in self.choices}
        if self.kind in ("people", "person", "goal", "tasks", "choice"):
            said = "、".join(names.get(part, part) for part in values["value"].split(",") if part)
        else:
            said = " / ".join(text for text in values.values() if text)
        return said or MISSING


TASK_KINDS = {
    TaskField.TITLE: "lines",
    TaskField.OWNERS: "people",
    TaskField.NODES: "line",
    TaskField.STANDARD: "lines",
    TaskField.NOTE: "lines",
    TaskField.GOAL: "goal",
    TaskField.REVIEWERS: "people",
    TaskField.ESTIMATE: "line",
    TaskField.IMPORTANCE: "choice",
    TaskField.QUADRANT: "choice",
    TaskField.AFTER: "tasks",
    TaskField.PARENT: "choice",
    TaskField.RECURRENCE: "line",
}


# The columns' names, by field.
LABELS: dict[str, Promise] = {
    TARGETS_FIELD: gettext_lazy("具体指标（计划值）"),
    FIRST_TASK: gettext_lazy("核心任务"),
    OWNER_FIELD: gettext_lazy("负责人"),
    TaskField.TITLE: gettext_lazy("核心任务"),
    TaskField.OWNERS: gettext_lazy("负责人"),
    TaskField.NODES: gettext_lazy("时间节点"),
    TaskField.STANDARD: gettext_lazy("完成标准"),
    TaskField.NOTE: gettext_lazy("备注"),
    TaskField.GOAL: gettext_lazy("所属目标"),
    TaskField.REVIEWERS: gettext_lazy("审核人"),
    TaskField.ESTIMATE: gettext_lazy("预计用时"),
    TaskField.IMPORTANCE: gettext_lazy("重要程度"),
    TaskField.QUADRANT: gettext_lazy("四象限"),
    TaskField.AFTER: gettext_lazy("前置任务"),
    TaskField.PARENT: gettext_lazy("上级任务"),
    TaskField.RECURRENCE: gettext_lazy("重复"),
}


def hints(month: Month) -> dict[str, str]:
    """What a line's empty input suggests, by field."""
    return {
        TaskField.NODES: _("如 %(n)s/10、%(n)s/20") % {"n": month.number},
        TaskField.ESTIMATE: _("如 90 分、1.5 小时"),
        TaskField.RECURRENCE: _("如 每周一、三"),
    }


def may_edit(access: Access, state: str) -> bool:
    return access.may_plan and state == PlanState.DRAFT


def task_cell(access: Access, task: Task, field: TaskField, *, on: str = "") -> Cell:
    held = {"value": cell_text(task, field)}
    asks = asks_reason(access, task, field)
    is_open = asks or may_change_task(access, task, field)
    url = _url(access, task, "plans:task-cell", field) if is_open else ""
    return Cell(
        subject=task,
        field=field.value,
        kind=TASK_KINDS[field],
        label=str(LABELS[field]),
        url=f"{url}?on={on}" if url and on else url,
        held=held,
        typed=held,
        seen=held,
        on=on,
        asks=asks,
    )


def goal_cell(access: Access, goal: Goal, field: str) -> Cell:
    held = _goal_held(goal, field)
    kinds = {TARGETS_FIELD: "targets", OWNER_FIELD: "person", FIRST_TASK: "lines"}
    return Cell(
        subject=goal,
        field=field,
        kind=kinds[field],
        label=str(LABELS[field]),
        url=_url(access, goal, "plans:goal-cell", field) if _is_open(access, goal) else "",
        held=held,
        typed=held,
        seen=held,
        asks=access.may_plan and goal.plan.state == PlanState.LOCKED,
    )


def _goal_held(goal: Goal, field: str) -> Values:
    if field == TARGETS_FIELD:
        unit = goal.spec.unit
        return {
            "label": goal.label,
            "must": write_target(goal.must, unit),
            "stretch": write_target(goal.stretch, unit),
        }
    return {"value": str(goal.owner_id or "") if field == OWNER_FIELD else ""}


def _is_open(access: Access, subject: Task | Goal) -> bool:
    """Directly in a draft, by a change with a reason once the plan stands."""
    return access.may_plan and subject.plan.state in (PlanState.DRAFT, PlanState.LOCKED)


def _url(access: Access, subject: Task | Goal, name: str, field: str) -> str:
    return cell_address(access, subject.plan.month, name, number=subject.pk, field=field)


def cell_address(access: Access, month: Month, name: str, *, number: object, field: str) -> str:
    """``number`` is the record's, or a stencil's mark for it."""
    pattern = _address(access.team.slug, month, name)
    return pattern.replace("/0/cell/x/", f"/{number}/cell/{field!s}/")


@lru_cache(maxsize=64)
def _address(slug: str, month: Month, name: str) -> str:
    """The address of the month's cells: looked up once, for a table has thousands of them."""
    return reverse(name, args=[slug, month, 0, "x"])


def with_choices(access: Access, cell: Cell) -> Cell:
    """The cell with what its list offers; only a form needs to ask for it."""
    if cell.kind in ("people", "person"):
        people = (Choice(str(member.pk), _name(member)) for member in members_of(access.team))
        return replace(cell, choices=tuple(people))
    if cell.kind == "goal":
        goals = (Choice(str(goal.pk), goal.name) for goal in goals_of(cell.subject.plan))
        return replace(cell, choices=tuple(goals))
    if cell.kind in ("tasks", "choice") and isinstance(cell.subject, Task):
        return replace(cell, choices=tuple(_task_choices(cell.subject, TaskField(cell.field))))
    return cell


def _task_choices(task: Task, field: TaskField) -> Iterator[Choice]:
    if field is TaskField.QUADRANT:
        yield from (Choice(value, str(label)) for value, label in Quadrant.choices)
    elif field is TaskField.IMPORTANCE:
        words = (_("很低"), _("低"), _("一般"), _("高"), _("很高"))
        yield from (Choice(str(n), f"{n} · {word}") for n, word in enumerate(words, start=1))
    else:
        others = tasks_of(task.plan).exclude(pk=task.pk)
        if field is TaskField.PARENT:
            others = others.filter(parent=None)
        yield from (Choice(str(other.pk), other.title) for other in others)


def _name(member: Member) -> str:
    if not member.position:
        return member.user.name
    return f"{member.position} · {member.user.name}"


def amended(cell: Cell, amendments: Amendments) -> Cell:
    """The cell with what it read when the plan was locked, and what is proposed for it."""
    kind, number = cell.subject._meta.model_name or "", cell.subject.pk
    waiting = amendments.waiting.get((kind, number, cell.field))
    goal = cell.goal
    if goal is not None and cell.field == TARGETS_FIELD:
        was = amendments.old_targets(goal)
        old = target_text(goal, was.must) if was.must is not None else ""
        stretch = target_text(goal, was.stretch) if was.stretch is not None else ""
        return replace(cell, waiting=waiting, old=old, old_stretch=stretch)
    old = amendments.old_text(kind, number, cell.field)
    return replace(cell, waiting=waiting, old=old)


def posted(cell: Cell, data: QueryDict) -> Cell:
    """The cell as the form came back: what was typed and what the person had seen."""
    typed = {name: ",".join(data.getlist(name)) for name in cell.held}
    seen = {name: data.get(f"seen_{name}", "") for name in cell.held}
    return replace(cell, typed=typed, seen=seen, reason=data.get("reason", ""))


def in_conflict(cell: Cell, fresh: Cell) -> Cell:
    """The form again, with both values; saving it once more takes the person's own."""
    names = {TARGETS_FIELD: TARGET_INPUTS}.get(cell.field, (cell.field,))
    changes = [change for name in names if (change := last_change(fresh.subject, name))]
    latest = max(changes, key=lambda entry: entry.at, default=None)
    conflict = Conflict(fresh.spoken(fresh.held), cell.spoken(cell.typed), latest)
    return replace(fresh, typed=cell.typed, seen=fresh.held, conflict=conflict)


def save(access: Access, cell: Cell) -> None:
    """Write what was typed; ValidationError or EditConflictError says why not."""
    subject = cell.subject
    if isinstance(subject, Task):
        field = TaskField(cell.field)
        edit_task(
            access=access, task=subject, field=field, value=cell.value, seen=cell.seen["value"]
        )
    elif cell.field == TARGETS_FIELD:
        _save_targets(access, subject, cell)
    elif cell.field == FIRST_TASK:
        add_task(access=access, plan=subject.plan, goal=subject, title=cell.value)
    else:
        owner, seen = (
            member_numbered(access, cell.value),
            member_numbered(access, cell.seen["value"]),
        )
        set_owner(access=access, goal=subject, owner=owner, seen=seen)


@transaction.atomic
def _save_targets(access: Access, goal: Goal, cell: Cell) -> None:
    wanted, seen = read_targets(goal, cell.typed), read_targets(goal, cell.seen)
    set_label(access=access, goal=goal, label=cell.typed["label"], seen=cell.seen["label"])
    set_targets(access=access, goal=goal, targets=wanted, seen=seen)


def read_targets(goal: Goal, values: Values) -> Targets:
    unit = goal.spec.unit
    try:
        must = read_target(values["must"], unit)
        stretch = read_target(values["stretch"], unit) if values["stretch"].strip() else None
    except TargetError as error:
        raise ValidationError(str(error)) from error
    return Targets(must, stretch)


def member_numbered(access: Access, number: str) -> Member | None:
    if not number:
        return None
    member = access.team.members.filter(pk=number).first() if number.isdecimal() else None
    if member is None:
        raise ValidationError(_("负责人要从本团队成员里选。"))
    return member
