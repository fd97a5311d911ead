"""Changing a plan that stands: a cell or a line becomes a proposal, and what is agreed is written.

Where nobody else could agree, one's own proposal is applied at once; the reason stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import Access
from yunce.loop.goals.actions import (
    EditConflictError,
    Targets,
    Wish,
    add_goal,
    agree_to_change,
    apply_split,
    propose_change,
    rehearse,
    remove_goal,
)
from yunce.loop.goals.models import (
    ChangeState,
    ChangeVerb,
    Goal,
    Moment,
    MonthPlan,
    PlanChange,
    PlanState,
    SubjectKind,
)
from yunce.loop.goals.queries import plan_of
from yunce.loop.goals.queries.life import approvers_of
from yunce.loop.goals.rules import read_target
from yunce.loop.plans.actions import (
    add_task,
    crosses_plan,
    keep_version,
    move_onward,
    remove_task,
)
from yunce.loop.plans.cells import (
    FIRST_TASK,
    Cell,
    goal_cell,
    member_numbered,
    save,
    task_cell,
    with_choices,
)
from yunce.loop.plans.models import Task
from yunce.loop.plans.rules import TaskField, read_numbers

Values = Mapping[str, str]
ONWARD = "onward"  # of an addition: the number of last month's task that goes on


@transaction.atomic
def propose_cell(*, access: Access, cell: Cell, reason: str) -> PlanChange:
    """Put a cell's new content to the others; EditConflictError when it changed meanwhile."""
    plan, goal = cell.subject.plan, cell.goal
    if cell.field == FIRST_TASK and goal is not None:
        values = {"title": cell.value, "goal": str(goal.pk)}
        return propose_task(access=access, plan=plan, values=values, reason=reason)
    wanted: dict[str, str] = {}

    def apply() -> str:
        save(access, cell)
        after = with_choices(access, _fresh(access, cell))
        wanted.update(after.held)
        return after.spoken(after.held)

    wanted_text = rehearse(plan=plan, apply=apply)
    if wanted == dict(cell.held):
        raise ValidationError(_("内容没有变，不用提变更。"))
    kind = SubjectKind.GOAL if goal is not None else SubjectKind.TASK
    wish = Wish(
        verb=ChangeVerb.EDIT,
        kind=kind,
        subject=cell.subject.pk,
        label=f"{cell.subject} · {cell.label}",
        field=cell.field,
        was=cell.held,
        wanted=wanted,
        was_text=cell.spoken(cell.held),
        wanted_text=wanted_text,
    )
    return _proposed(access, plan, wish, reason)


def propose_goal(*, access: Access, plan: MonthPlan, values: Values, reason: str) -> PlanChange:
    """Put a new goal to the others; `values` are the form's texts."""
    text = rehearse(plan=plan, apply=lambda: str(_add_goal(access, plan, values)))
    return _proposed(access, plan, _addition(SubjectKind.GOAL, values, text), reason)


def propose_task(*, access: Access, plan: MonthPlan, values: Values, reason: str) -> PlanChange:
    """Put a new line to the others."""
    text = rehearse(plan=plan, apply=lambda: str(_add_task(access, plan, values)))
    return _proposed(access, plan, _addition(SubjectKind.TASK, values, text), reason)


@transaction.atomic
def carry_onward(
    *, access: Access, tasks: Sequence[Task], reason: str = ""
) -> tuple[list[Task], list[PlanChange]]:
    """移到下月: at once into a draft, as changes with a reason into a plan that stands."""
    if not tasks or not asks_onward(access, tasks):
        return move_onward(access=access, tasks=tasks), []
    plan = MonthPlan.objects.select_related("team").get(
        team=access.team, month_start=tasks[0].plan.month.next.first
    )
    made, changes = [], []
    for task in tasks:
        if not crosses_plan(task):
            made += move_onward(access=access, tasks=[task])
        elif task.parent_id not in {each.pk for each in tasks}:
            changes.append(_propose_onward(access, plan, task, reason))
    return made, changes


def asks_onward(access: Access, tasks: Sequence[Task]) -> bool:
    """Does the next month's plan stand, so that these become changes with a reason?"""
    plan = plan_of(access.team, tasks[0].plan.month.next)
    is_locked = plan is not None and plan.state == PlanState.LOCKED
    return is_locked and any(crosses_plan(task) for task in tasks)


def _propose_onward(access: Access, plan: MonthPlan, task: Task, reason: str) -> PlanChange:
    wanted = {ONWARD: str(task.pk)}
    if plan.changes.filter(state=ChangeState.WAITING, wanted=wanted).exists():
        raise ValidationError(_("「%s」已提出移到下月，正等审批。") % task.title[:30])
    came = _("%(title)s（来自 %(month)s）") % {"title": task.title, "month": task.plan.month}
    rehearse(plan=plan, apply=lambda: str(move_onward(access=access, tasks=[task])[0]))
    return _proposed(access, plan, _addition(SubjectKind.TASK, wanted, came), reason)


def propose_removal(*, access: Access, subject: Goal | Task, reason: str) -> PlanChange:
    """Put taking a line out of the plan to the others."""
    wish = Wish(
        verb=ChangeVerb.REMOVE,
        kind=SubjectKind.GOAL if isinstance(subject, Goal) else SubjectKind.TASK,
        subject=subject.pk,
        label=str(subject),
        was_text=str(subject),
    )
    return _proposed(access, subject.plan, wish, reason)


@transaction.atomic
def agree(*, access: Access, change: PlanChange) -> PlanChange:
    """Agree to a change and write it, with the version that stands then."""
    try:
        agreed = agree_to_change(
            access=access, change=change, apply=lambda found: _apply(access, found)
        )
    except EditConflictError as conflict:
        raise ValidationError(
            _("提出之后这一格又变了，不能照原样写入。请不同意这条，再按现在的内容提一次。")
        ) from conflict
    words = f"{agreed.label}：{agreed.reason}"
    keep_version(access, agreed.plan, Moment.CHANGED, words)
    return agreed


def _proposed(access: Access, plan: MonthPlan, wish: Wish, reason: str) -> PlanChange:
    with transaction.atomic():
        change = propose_change(access=access, plan=plan, wish=wish, reason=reason)
        if approvers_of(access.team, beside=access.member):
            return change
        return agree(access=access, change=change)


def _addition(kind: SubjectKind, values: Values, text: str) -> Wish:
    return Wish(
        verb=ChangeVerb.ADD, kind=kind, subject=None, label=text, wanted=values, wanted_text=text
    )


def _apply(access: Access, change: PlanChange) -> None:
    """Write what was wanted, through the same doors as on any other day."""
    if change.kind == SubjectKind.SPLIT:
        apply_split(access, change)
        return
    appliers: dict[str, Callable[[Access, PlanChange], object]] = {
        ChangeVerb.EDIT: _apply_edit,
        ChangeVerb.ADD: _apply_addition,
        ChangeVerb.REMOVE: _apply_removal,
    }
    appliers[change.verb](access, change)


def _apply_edit(access: Access, change: PlanChange) -> None:
    subject = _subject(change)
    fresh = (
        goal_cell(access, subject, change.field)
        if isinstance(subject, Goal)
        else task_cell(access, subject, TaskField(change.field))
    )
    save(access, fresh.with_values(typed=change.wanted, seen=change.was))


def _apply_addition(access: Access, change: PlanChange) -> None:
    if change.kind == SubjectKind.GOAL:
        _add_goal(access, change.plan, change.wanted)
    elif ONWARD in change.wanted:
        move_onward(access=access, tasks=_unfinished(change))
    else:
        _add_task(access, change.plan, change.wanted)


def _unfinished(change: PlanChange) -> list[Task]:
    """The task of the month before that was to go on."""
    number = change.wanted[ONWARD]
    found = list(Task.objects.filter(plan__team=change.plan.team, pk=number, deleted_at=None))
    if not found:
        raise ValidationError(_("「%s」已经不在计划里了。请不同意这条变更。") % change.label)
    return found


def _apply_removal(access: Access, change: PlanChange) -> None:
    subject = _subject(change)
    if isinstance(subject, Goal):
        remove_goal(access=access, goal=subject)
    else:
        remove_task(access=access, task=subject)


def _subject(change: PlanChange) -> Goal | Task:
    """What the change is about, as it is now."""
    found: Goal | Task | None
    if change.kind == SubjectKind.GOAL:
        found = change.plan.goals.filter(pk=change.subject or 0).first()
    else:
        found = Task.objects.filter(
            plan=change.plan, pk=change.subject or 0, deleted_at=None
        ).first()
    if found is None:
        raise ValidationError(_("「%s」已经不在计划里了。请不同意这条变更。") % change.label)
    found.plan = change.plan
    return found


def _fresh(access: Access, cell: Cell) -> Cell:
    subject = cell.subject
    if isinstance(subject, Goal):
        current = Goal.objects.select_related("owner__user").get(pk=subject.pk)
        current.plan = subject.plan
        return goal_cell(access, current, cell.field)
    task = Task.objects.get(pk=subject.pk)
    task.plan = subject.plan
    return task_cell(access, task, TaskField(cell.field))


def _add_goal(access: Access, plan: MonthPlan, values: Values) -> Goal:
    unit = plan.catalogue.metric(values["metric"]).unit
    stretch = values.get("stretch", "")
    return add_goal(
        access=access,
        plan=plan,
        metric=values["metric"],
        targets=Targets(
            read_target(values["must"], unit), read_target(stretch, unit) if stretch else None
        ),
        label=values.get("label", ""),
        owner=member_numbered(access, values.get("owner", "")),
    )


def _add_task(access: Access, plan: MonthPlan, values: Values) -> Task:
    number = values.get("goal", "")
    goal = plan.goals.filter(pk=number).first() if number.isdecimal() else None
    owners: list[Member] = [
        owner
        for each in read_numbers(values.get("owners", "")) or []
        if (owner := member_numbered(access, str(each))) is not None
    ]
    return add_task(
        access=access,
        plan=plan,
        title=values["title"],
        goal=goal,
        dimension=values.get("dimension", ""),
        owners=owners,
        nodes=values.get("nodes", ""),
        standard=values.get("standard", ""),
        note=values.get("note", ""),
    )
