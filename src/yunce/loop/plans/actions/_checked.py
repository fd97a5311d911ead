"""What every write on tasks asks first: the right, the record as it is now, fit words and days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yunce.ground.calendars.queries import calendar_of
from yunce.ground.journal.actions import Changes
from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import Access, members_of
from yunce.ground.teams.rules import Capability
from yunce.kit.text import tidy
from yunce.loop.goals.actions import lock_plan
from yunce.loop.goals.models import DimensionChoice, Goal, MonthPlan
from yunce.loop.plans.models import Task
from yunce.loop.plans.recurrence import days_of
from yunce.loop.plans.rules import (
    LENGTHS,
    TaskField,
    TimingError,
    read_numbers,
    read_timing,
)


def lock_task(access: Access, task: Task, capability: Capability = Capability.PLAN) -> Task:
    """The task as it is now, held until the transaction ends, in a month that may be changed."""
    plan = lock_plan(access=access, plan=task.plan, capability=capability)
    current = Task.objects.select_for_update().filter(pk=task.pk, deleted_at=None).first()
    if current is None:
        raise ValidationError(_("这个任务刚被别人删除了。请刷新页面。"))
    current.plan = plan
    return current


def dimension_of(plan: MonthPlan, goal: Goal | None, dimension: str) -> str:
    if goal is not None:
        refuse_goal_elsewhere(goal, plan)
        return goal.dimension
    if dimension not in DimensionChoice.values:
        raise ValidationError({"dimension": _("请选一个目标维度。")})
    return dimension


def refuse_goal_elsewhere(goal: Goal, plan: MonthPlan) -> None:
    if goal.plan_id != plan.pk or goal.deleted_at is not None:
        raise ValidationError({"goal": _("这个月没有这个目标。请从列表里选。")})


def set_text(task: Task, field: TaskField, value: str) -> None:
    """Titles are one line; standards and notes keep their lines."""
    text = tidy(value) if field is TaskField.TITLE else "\n".join(map(tidy, value.splitlines()))
    text = text.strip()
    if field is TaskField.TITLE and not text:
        raise ValidationError({field.value: _("核心任务不能空着。不要这一行就删除它。")})
    refuse_long(text, LENGTHS[field], field=field.value)
    setattr(task, field.value, text)


def refuse_long(text: str, most: int, *, field: str) -> None:
    if len(text) > most:
        raise ValidationError(
            {
                field: _("最多 %(most)s 个字，现在有 %(length)s 个。请写短一些。")
                % {"most": most, "length": len(text)}
            }
        )


def set_timing(task: Task, value: str) -> None:
    """Days typed by hand; a rule that named other days no longer stands."""
    try:
        timing = read_timing(value, task.plan.month)
    except TimingError as error:
        raise ValidationError({"nodes": str(error)}) from error
    if timing != task.timing:
        task.recurrence = ""
    task.starts_on, task.ends_on, task.timing_words = timing.starts_on, timing.ends_on, timing.words
    task.nodes = [day.isoformat() for day in timing.nodes]


def repeat(task: Task, rule: str) -> None:
    """Write a rule out as this month's nodes; without one the days stay as they are."""
    task.recurrence = rule
    if not rule:
        return
    month = task.plan.month
    workdays = calendar_of(task.plan.team).workdays(month.first, month.last)
    days = days_of(rule, month, set(workdays))
    task.starts_on = task.ends_on = None
    task.timing_words, task.nodes = "", [day.isoformat() for day in days]


def members_numbered(access: Access, value: str) -> list[Member]:
    return members_among({member.pk: member for member in members_of(access.team)}, value)


def members_among(living: Mapping[int, Member], value: str) -> list[Member]:
    numbers = read_numbers(value)
    if numbers is None or not set(numbers) <= set(living):
        raise ValidationError({"owners": _("负责人要从本团队成员里选。")})
    return [living[number] for number in numbers]


def refuse_outsiders(access: Access, owners: Iterable[Member]) -> None:
    if any(owner.team_id != access.team.pk for owner in owners):
        raise ValidationError({"owners": _("负责人要从本团队成员里选。")})


def numbers_text(records: Sequence[Member | Task]) -> str:
    return ",".join(map(str, sorted(record.pk for record in records)))


def note(access: Access, verb: str, task: Task, changes: Changes | None = None) -> None:
    write_journal(
        verb=verb, subject=task, actor=access.user, team_id=access.team.pk, changes=changes
    )
