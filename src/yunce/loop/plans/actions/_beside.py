"""Writes on what stands beside a task: sub-tasks, checklist, contributions."""

from __future__ import annotations

from decimal import Decimal
from types import EllipsisType

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability
from yunce.kit.text import tidy
from yunce.loop.goals.actions import EditConflictError
from yunce.loop.goals.models import Goal
from yunce.loop.plans.actions._checked import (
    lock_task,
    refuse_goal_elsewhere,
    refuse_long,
    set_text,
)
from yunce.loop.plans.actions._checked import note as _note
from yunce.loop.plans.models import CheckItem, Contribution, Task
from yunce.loop.plans.rules import TaskField

CHECK_LENGTH = 200  # letters of one point
MOST_CHECKS = 50


@transaction.atomic
def add_subtask(*, access: Access, task: Task, title: str) -> Task:
    """A part of a task, with the same owners; it serves what the task serves."""
    current = lock_task(access, task, Capability.RECORD)
    if current.parent_id is not None:
        raise ValidationError(_("子任务只有一层：子任务下面不能再放子任务。"))
    last = current.plan.tasks.aggregate(last=Max("position"))["last"] or 0
    sub = Task(plan=current.plan, goal=current.goal, dimension=current.dimension, parent=current)
    sub.position = last + 1
    set_text(sub, TaskField.TITLE, title)
    sub.save()
    sub.owners.set(current.owners.all())
    _note(access, "plans.add_subtask", sub)
    return sub


@transaction.atomic
def add_checks(*, access: Access, task: Task, text: str) -> list[CheckItem]:
    """Points of the checklist, one a line."""
    current = lock_task(access, task, Capability.RECORD)
    lines = [line for line in map(tidy, text.splitlines()) if line]
    if not lines:
        raise ValidationError(_("请写一条检查项，例如：每篇阅读 ≥ 500。"))
    for line in lines:
        refuse_long(line, CHECK_LENGTH, field="checks")
    held = current.checks.count()
    if held + len(lines) > MOST_CHECKS:
        raise ValidationError(_("一个任务最多 %s 条检查项。请拆成子任务。") % MOST_CHECKS)
    items = [CheckItem(task=current, text=line, position=held + n) for n, line in enumerate(lines)]
    for item in items:
        item.save()
    _note(access, "plans.add_checks", current, {"checks": ("", "；".join(lines))})
    return items


@transaction.atomic
def tick(*, access: Access, item: CheckItem, is_done: bool) -> CheckItem:
    """Tick a point off, or take the tick back; ticking twice keeps who did it first."""
    current = lock_task(access, item.task, Capability.RECORD)
    item = _held(item)
    if (item.done_at is not None) == is_done:
        return item
    item.done_at = timezone.now() if is_done else None
    item.done_by = access.member if is_done else None
    item.save(update_fields=["done_at", "done_by"])
    changes = {"checks": (item.text, "✓")} if is_done else {"checks": ("✓", item.text)}
    _note(access, "plans.tick", current, changes)
    return item


@transaction.atomic
def remove_check(*, access: Access, item: CheckItem) -> None:
    current = lock_task(access, item.task, Capability.RECORD)
    _held(item).delete()
    _note(access, "plans.remove_check", current, {"checks": (item.text, "")})


def _held(item: CheckItem) -> CheckItem:
    found = CheckItem.objects.select_for_update().filter(pk=item.pk).first()
    if found is None:
        raise ValidationError(_("这条检查项刚被别人删除了。请刷新页面。"))
    return found


@transaction.atomic
def set_contribution(
    *,
    access: Access,
    task: Task,
    goal: Goal,
    amount: Decimal | None,
    seen: Decimal | EllipsisType | None = ...,
) -> Contribution | None:
    """Say how much a task is expected to bring to a goal; None takes the expectation back.

    ``seen`` is the expectation as the person saw it (``...``: not asked).
    """
    current = lock_task(access, task, Capability.RECORD)
    refuse_goal_elsewhere(goal, current.plan)
    if amount is not None and amount <= 0:
        raise ValidationError({"amount": _("预计贡献要大于 0。不再贡献就清空它。")})
    held = current.contributions.filter(goal=goal).first()
    was = held.amount if held else None
    if was == amount:
        return held
    if seen is not ... and was != seen:
        raise EditConflictError(field="contribution", current=was, wanted=amount)
    if amount is None:
        current.contributions.filter(goal=goal).delete()
        held = None
    else:
        held, _created = Contribution.objects.update_or_create(
            task=current, goal=goal, defaults={"amount": amount}
        )
    _note(access, "plans.set_contribution", current, {"contribution": (was, amount)})
    return held
