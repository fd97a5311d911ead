"""Writing a schedule: many tasks get their days (and those without owners theirs) at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability
from yunce.loop.goals.actions import EditConflictError, lock_plan
from yunce.loop.goals.models import MonthPlan
from yunce.loop.plans.actions._checked import members_numbered, numbers_text, set_timing
from yunce.loop.plans.actions._checked import note as _note
from yunce.loop.plans.models import Task
from yunce.loop.plans.queries import cell_text, tasks_of
from yunce.loop.plans.rules import TaskField

FIELDS = ["starts_on", "ends_on", "nodes", "timing_words", "recurrence"]
MOST = 1_000  # tasks at once


@dataclass(frozen=True)
class Placing:
    """One task's new days, as the cell would be typed; ``seen`` is what stood there."""

    task: int
    nodes: str
    seen: str
    owners: str | None = None  # members' numbers; None: they stay
    seen_owners: str = ""


@transaction.atomic
def place_tasks(
    *, access: Access, plan: MonthPlan, placings: Sequence[Placing]
) -> tuple[Placing, ...]:
    """All of them or none; what undoes it is given back."""
    plan = lock_plan(access=access, plan=plan, capability=Capability.PLAN)
    if not placings:
        raise ValidationError(_("没有选任何任务。请至少勾选一项。"))
    if len(placings) > MOST:
        raise ValidationError(_("一次最多排 %s 项任务。") % MOST)
    wanted = [placing.task for placing in placings]
    tasks = {task.pk: task for task in tasks_of(plan).filter(pk__in=wanted)}
    backwards = []
    for placing in placings:
        task = tasks.get(placing.task)
        if task is None:
            raise ValidationError(_("有任务刚被别人删除了，没有保存任何改动。请重新排一次。"))
        task.plan = plan
        backwards.append(_place(access, task, placing))
    return tuple(backwards)


def _place(access: Access, task: Task, placing: Placing) -> Placing:
    was, had = cell_text(task, TaskField.NODES), numbers_text(list(task.owners.all()))
    set_timing(task, placing.nodes)
    becomes = cell_text(task, TaskField.NODES)
    _refuse_unseen(task, was, placing.seen, becomes)
    changes: dict[str, tuple[str, str]] = {}
    if was != becomes:
        task.save(update_fields=FIELDS)
        changes["nodes"] = (was, becomes)
    owners = had
    if placing.owners is not None:
        chosen = members_numbered(access, placing.owners)
        owners = numbers_text(chosen)
        _refuse_unseen(task, had, placing.seen_owners, owners)
        if owners != had:
            task.owners.set(chosen)
            changes["owners"] = (had, owners)
    if changes:
        _note(access, "plans.place_task", task, changes)
    return Placing(task.pk, was, becomes, None if placing.owners is None else had, owners)


def _refuse_unseen(task: Task, current: str, seen: str, wanted: str) -> None:
    if current not in (seen, wanted):
        raise EditConflictError(field=task.title, current=current, wanted=wanted)
