"""Writes of the 今日 page: jotting down, the clock of a day's work, its place on the axis."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.ground.calendars.queries import calendar_of
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals.actions import lock_plan
from yunce.loop.goals.models import MonthPlan
from yunce.loop.plans.actions._checked import lock_task, set_text
from yunce.loop.plans.actions._checked import note as _note
from yunce.loop.plans.efforts import EffortError, read_minutes
from yunce.loop.plans.models import DayWork, Quadrant, Task, TaskState
from yunce.loop.plans.rules import TaskField

MOST_MINUTES = 24 * 60
NEXT_WORKDAY_WITHIN = 15  # days; the longest holidays are shorter


@transaction.atomic
def jot(*, access: Access, day: date, title: str, estimate: str = "", quadrant: str = "") -> Task:
    """记一件事: a task of one's own for one day, outside the plan table."""
    access.require(Capability.RECORD)
    plan, _made = MonthPlan.objects.get_or_create(team=access.team, month_start=Month.of(day).first)
    plan = lock_plan(access=access, plan=plan, capability=Capability.RECORD)
    if quadrant and quadrant not in Quadrant.values:
        raise ValidationError({"quadrant": _("没有「%s」这个象限。请从四个里选。") % quadrant})
    task = Task(plan=plan, nodes=[day.isoformat()], quadrant=quadrant)
    set_text(task, TaskField.TITLE, title)
    task.estimate_minutes = _minutes(estimate)
    task.position = (plan.tasks.aggregate(last=Max("position"))["last"] or 0) + 1
    task.save()
    task.owners.set([access.member])
    _note(access, "plans.jot", task)
    return task


def _minutes(text: str) -> int | None:
    try:
        return read_minutes(text)
    except EffortError as error:
        raise ValidationError({"estimate": str(error)}) from error


@transaction.atomic
def start_work(*, access: Access, task: Task, day: date) -> DayWork:
    """Start one's clock on a task; a clock of one's own that runs elsewhere stops first."""
    current = lock_task(access, task, Capability.RECORD)
    now = timezone.now()
    for other in DayWork.objects.filter(member=access.member, running_since__isnull=False):
        if other.task_id != current.pk or other.day != day:
            _stop(other, now)
    work = _work(access, current, day)
    if work.running_since is not None:
        return work
    work.running_since, work.done_at = now, None
    if work.minutes == 0:
        work.starts_at = timezone.localtime(now).time().replace(second=0, microsecond=0)
    work.save(update_fields=["running_since", "done_at", "starts_at"])
    if current.state == TaskState.TODO:
        _move(current, TaskState.DOING)
    _note(access, "plans.start_work", current)
    return work


@transaction.atomic
def stop_work(*, access: Access, task: Task, day: date) -> DayWork:
    """Stop one's clock; what ran is added to the day's minutes."""
    current = lock_task(access, task, Capability.RECORD)
    work = _work(access, current, day)
    if work.running_since is not None:
        _stop(work, timezone.now())
        _note(access, "plans.stop_work", current, {"minutes": ("", work.minutes)})
    return work


@transaction.atomic
def finish_day(*, access: Access, task: Task, day: date) -> DayWork:
    """Tick off a day's share of a task; on its last day the task itself is done."""
    current = lock_task(access, task, Capability.RECORD)
    work = _work(access, current, day)
    if work.done_at is not None:
        return work
    now = timezone.now()
    _stop(work, now)
    work.done_at = now
    work.save(update_fields=["done_at"])
    is_last = not any(named > day for named in current.timing.days)
    _move(current, TaskState.DONE if is_last else TaskState.DOING)
    _note(access, "plans.finish_day", current, {"day": ("", day)})
    return work


@transaction.atomic
def reopen_day(*, access: Access, task: Task, day: date) -> DayWork:
    """Take the tick of a day back."""
    current = lock_task(access, task, Capability.RECORD)
    work = _work(access, current, day)
    if work.done_at is None and not current.is_done:
        return work
    work.done_at = None
    work.save(update_fields=["done_at"])
    if current.is_done:
        _move(current, TaskState.DOING if work.minutes else TaskState.TODO)
    _note(access, "plans.reopen_day", current, {"day": (day, "")})
    return work


@transaction.atomic
def note_minutes(*, access: Access, task: Task, day: date, minutes: str) -> DayWork:
    """Write down how long a day's work took, in place of what the clock counted."""
    current = lock_task(access, task, Capability.RECORD)
    amount = _minutes(minutes) or 0
    if amount > MOST_MINUTES:
        raise ValidationError({"minutes": _("一天只有 24 小时。请检查实际用时。")})
    work = _work(access, current, day)
    was, work.minutes, work.running_since = work.minutes, amount, None
    work.save(update_fields=["minutes", "running_since"])
    _note(access, "plans.note_minutes", current, {"minutes": (was, amount)})
    return work


@transaction.atomic
def place_work(*, access: Access, task: Task, day: date, at: str) -> DayWork:
    """Give a day's work its hour on the axis (14:30), or take it off with an empty text."""
    current = lock_task(access, task, Capability.RECORD)
    work = _work(access, current, day)
    was, work.starts_at = work.starts_at, _clock(at)
    work.save(update_fields=["starts_at"])
    _note(access, "plans.place_work", current, {"starts_at": (was, work.starts_at)})
    return work


def _clock(text: str) -> time | None:
    plain = text.strip().replace("：", ":")
    if not plain:
        return None
    try:
        return datetime.strptime(plain, "%H:%M").time()  # noqa: DTZ007  a clock has no zone
    except ValueError as error:
        raise ValidationError(
            {"at": _("看不懂「%s」。请写几点几分，例如 14:30。") % text}
        ) from error


@transaction.atomic
def bring_to(*, access: Access, tasks: Sequence[Task], day: date) -> list[Task]:
    """Put undone tasks on one's list of a day; their nodes in the plan stay where they are."""
    brought = []
    for task in tasks:
        current = lock_task(access, task, Capability.RECORD)
        if not current.is_done:
            _work(access, current, day)
            _note(access, "plans.bring_to", current, {"day": ("", day)})
            brought.append(current)
    return brought


@transaction.atomic
def send_back(*, access: Access, tasks: Sequence[Task], day: date) -> None:
    """Undo `bring_to`: what nobody has worked on that day leaves its list again."""
    for task in tasks:
        current = lock_task(access, task, Capability.RECORD)
        untouched = DayWork.objects.filter(
            task=current, member=access.member, day=day, minutes=0, done_at=None, running_since=None
        )
        untouched.delete()
        _note(access, "plans.send_back", current, {"day": (day, "")})


def next_workday(access: Access, day: date) -> date:
    """The working day after this one; tomorrow when the calendar knows none soon."""
    after = date.fromordinal(day.toordinal() + 1)
    until = date.fromordinal(day.toordinal() + NEXT_WORKDAY_WITHIN)
    return next(iter(calendar_of(access.team).workdays(after, until)), after)


def _work(access: Access, task: Task, day: date) -> DayWork:
    work, _made = DayWork.objects.select_for_update().get_or_create(
        task=task, member=access.member, day=day
    )
    return work


def _stop(work: DayWork, now: datetime) -> None:
    if work.running_since is None:
        return
    ran = int((now - work.running_since).total_seconds() // 60)
    work.minutes = min(work.minutes + max(ran, 1), MOST_MINUTES)
    work.running_since = None
    work.save(update_fields=["minutes", "running_since"])


def _move(task: Task, state: TaskState) -> None:
    task.state = state
    task.done_at = timezone.now() if state == TaskState.DONE else None
    task.save(update_fields=["state", "done_at"])
