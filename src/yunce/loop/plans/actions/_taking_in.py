"""Taking a whole plan into a month at once, and undoing that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import Access
from yunce.kit.numbers import Unit
from yunce.loop.goals.actions import (
    LABEL_LENGTH,
    EditConflictError,
    Targets,
    add_goal,
    add_part,
    lock_plan,
    remove_goal,
    set_targets,
)
from yunce.loop.goals.models import Goal, MonthPlan, Part, PartWords
from yunce.loop.plans.actions._beside import set_contribution
from yunce.loop.plans.actions._fields import edit_task
from yunce.loop.plans.actions._lines import add_task, remove_task
from yunce.loop.plans.intake import Draft, DraftGoal, DraftPart, DraftTask, changed_fields, paired
from yunce.loop.plans.models import Taking, Task
from yunce.loop.plans.queries import tasks_of
from yunce.loop.plans.rules import TaskField


@dataclass(frozen=True)
class Choices:
    """What the person said of a draft."""

    metrics: Mapping[int, str]  # goal's index → code; a goal that is not there is left out
    people: Mapping[str, Member]  # name as written → member
    left_out: frozenset[int] = frozenset()  # indices of tasks


@dataclass
class _Made:
    """What has been done so far."""

    goals: list[int] = field(default_factory=list)
    tasks: list[int] = field(default_factory=list)
    edits: list[list[Any]] = field(default_factory=list)


@transaction.atomic
def take_in(*, access: Access, plan: MonthPlan, draft: Draft, choices: Choices) -> Taking:
    """Goals and tasks of a draft into the month: new ones are added, known ones brought up to date.

    A goal is known by its metric, a task by its title under the goal. What the file does not speak
    of stays. Nothing is saved unless everything can be.
    """
    plan = lock_plan(access=access, plan=plan)
    made = _Made()
    goals = _take_goals(access, plan, draft, choices, made)
    _take_tasks(access, plan, draft, choices, goals, made)
    if not (made.goals or made.tasks or made.edits):
        raise ValidationError(_("文件里的内容和计划一样，没有要改的。"))
    taking = Taking.objects.create(
        plan=plan,
        source=draft.file[:200],
        by=access.member,
        made={"goals": made.goals, "tasks": made.tasks, "edits": made.edits},
    )
    _note(access, "plans.take_in", taking)
    return taking


@transaction.atomic
def undo_taking(*, access: Access, taking: Taking) -> Taking:
    """Take out what a taking added, set back what it changed and nobody has changed since."""
    plan = lock_plan(access=access, plan=taking.plan)
    current = Taking.objects.select_for_update().get(pk=taking.pk)
    if current.undone_at is not None:
        return current
    made = current.made
    for task in plan.tasks.filter(pk__in=made["tasks"], deleted_at=None):
        task.plan = plan
        remove_task(access=access, task=task)
    for kind, number, name, was, now in reversed(made["edits"]):
        _set_back(access, plan, kind, number, name, was=was, now=now)
    for goal in plan.goals.filter(pk__in=made["goals"]):
        goal.plan = plan
        remove_goal(access=access, goal=goal)
    current.undone_at = timezone.now()
    current.save(update_fields=["undone_at"])
    _note(access, "plans.undo_taking", current)
    return current


def _set_back(
    access: Access, plan: MonthPlan, kind: str, number: int, name: str, *, was: Any, now: Any
) -> None:
    try:
        if kind == "task":
            task = plan.tasks.filter(pk=number, deleted_at=None).first()
            if task:
                edit_task(access=access, task=task, field=TaskField(name), value=was, seen=now)
            return
        goal = plan.goals.filter(pk=number).first()
        if goal:
            set_targets(access=access, goal=goal, targets=_targets(was), seen=_targets(now))
    except EditConflictError:
        return  # somebody wrote something else since: theirs stays


def _targets(texts: Sequence[str]) -> Targets:
    must, stretch = texts
    return Targets(Decimal(must), Decimal(stretch) if stretch else None)


def _take_goals(
    access: Access, plan: MonthPlan, draft: Draft, choices: Choices, made: _Made
) -> dict[int, Goal]:
    held = {goal.metric: goal for goal in plan.goals.all()}
    goals: dict[int, Goal] = {}
    for index, told in enumerate(draft.goals):
        code = choices.metrics.get(index)
        if not code or told.must_value is None:
            continue
        if any(goal.metric == code for goal in goals.values()):
            name = plan.catalogue.metric(code).name
            raise ValidationError(_("有两个目标都选了「%s」。请给其中一个换指标或不导入。") % name)
        goal = held.get(code)
        goals[index] = (
            _update_goal(access, plan, goal, told, made)
            if goal
            else _new_goal(access, plan, told, code, made)
        )
    return goals


def _new_goal(access: Access, plan: MonthPlan, told: DraftGoal, code: str, made: _Made) -> Goal:
    spec = plan.catalogue.get(code)
    if spec is not None and (spec.unit is Unit.PERCENT) != (told.unit == Unit.PERCENT):
        raise ValidationError(
            _("「%(words)s」和指标「%(metric)s」一个是比率，一个不是。请换一个指标。")
            % {"words": told.words, "metric": spec.name}
        )
    targets = Targets(told.must_value, told.stretch_value)  # type: ignore[arg-type]
    label = told.words if spec and told.words != spec.name else ""
    if len(label) > LABEL_LENGTH:
        label = ""
    try:
        goal = add_goal(access=access, plan=plan, metric=code, targets=targets, label=label)
    except ValidationError as error:
        raise _where(told.words, error) from error
    made.goals.append(goal.pk)
    goal.plan = plan
    _add_parts(access, goal, told.parts, None)
    return goal


def _add_parts(access: Access, goal: Goal, parts: Sequence[DraftPart], parent: Part | None) -> None:
    for told in parts:
        words = PartWords(name=told.name, kind=told.kind, amount=told.value)
        part = add_part(access=access, goal=goal, words=words, parent=parent)
        _add_parts(access, goal, told.parts, part)


def _update_goal(access: Access, plan: MonthPlan, goal: Goal, told: DraftGoal, made: _Made) -> Goal:
    goal.plan = plan
    held = Targets(goal.must, goal.stretch)
    wanted = Targets(told.must_value, told.stretch_value)  # type: ignore[arg-type]
    if held == wanted:
        return goal
    try:
        set_targets(access=access, goal=goal, targets=wanted, seen=held)
    except ValidationError as error:
        raise _where(told.words, error) from error
    made.edits.append(["goal", goal.pk, "targets", _texts(held), _texts(wanted)])
    return goal


def _texts(targets: Targets) -> list[str]:
    return [str(targets.must), str(targets.stretch) if targets.stretch is not None else ""]


def _take_tasks(
    access: Access,
    plan: MonthPlan,
    draft: Draft,
    choices: Choices,
    goals: Mapping[int, Goal],
    made: _Made,
) -> None:
    wanted = [
        (task, goals.get(task.goal))
        for index, task in enumerate(draft.tasks)
        if index not in choices.left_out
    ]
    held = [task for task in tasks_of(plan) if task.parent_id is None]
    lines = [(told.title, goal.pk if goal else None) for told, goal in wanted]
    pairs = dict(paired(lines, held))
    for at, (told, goal) in enumerate(wanted):
        owners = [choices.people[name] for name in told.owners if name in choices.people]
        try:
            if at in pairs:
                _update_task(access, plan, pairs[at], told, owners, draft, made)
            else:
                _new_task(access, plan, told, goal, owners, draft, made)
        except ValidationError as error:
            raise _where(told.title, error) from error


def _new_task(
    access: Access,
    plan: MonthPlan,
    told: DraftTask,
    goal: Goal | None,
    owners: Sequence[Member],
    draft: Draft,
    made: _Made,
) -> None:
    side = told.dimension
    if goal is None and not side and told.goal >= 0:
        side = draft.goals[told.goal].dimension
    task = add_task(
        access=access,
        plan=plan,
        title=told.title,
        goal=goal,
        dimension=side or "content",
        owners=owners,
        nodes=told.nodes,
        standard=told.standard,
        note=told.note,
    )
    made.tasks.append(task.pk)
    brings = DraftGoal("", "", told.brings, "", "", "").must_value
    if goal is not None and brings:
        set_contribution(access=access, task=task, goal=goal, amount=brings)


def _update_task(
    access: Access,
    plan: MonthPlan,
    task: Task,
    told: DraftTask,
    owners: Sequence[Member],
    draft: Draft,
    made: _Made,
) -> None:
    task.plan = plan
    for name, was, value in changed_fields(task, told, owners, draft.columns):
        edit_task(access=access, task=task, field=name, value=value, seen=was)
        made.edits.append(["task", task.pk, name.value, was, value])


def _where(subject: str, error: ValidationError) -> ValidationError:
    """The sentence with the line it is about."""
    return ValidationError(f"「{subject[:30]}」：{' '.join(error.messages)}")


def _note(access: Access, verb: str, taking: Taking) -> None:
    made = taking.made
    counts = {
        "goals": (None, len(made["goals"])),
        "tasks": (None, len(made["tasks"])),
        "edits": (None, len(made["edits"])),
    }
    write_journal(
        verb=verb, subject=taking, actor=access.user, team_id=access.team.pk, changes=counts
    )
