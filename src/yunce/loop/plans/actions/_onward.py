"""移到下月: an unfinished task goes on in the next month's plan; the old one stays as history."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.ground.calendars.queries import calendar_of
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals.actions import lock_plan, open_month
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.plans.actions._checked import lock_task
from yunce.loop.plans.actions._checked import note as _note
from yunce.loop.plans.actions._copying import copied
from yunce.loop.plans.models import CheckItem, Contribution, Task
from yunce.loop.plans.permits import capability_for
from yunce.loop.plans.queries import onward_of

MOST = 200  # tasks at once


@transaction.atomic
def move_onward(*, access: Access, tasks: Sequence[Task]) -> list[Task]:
    """Carry unfinished tasks of one month on in the next; gives the tasks made there.

    Sub-tasks not done, the checklist with its ticks, owners, estimate and contributions come
    along. Days do not, for they are another month's; what recurs is written out anew. Comments,
    files and worked time stay with the old task, which the new one names.
    """
    movers = _Movers(access, tasks)
    made = [movers.move(task) for task in movers.tasks]
    movers.link()
    return made


@transaction.atomic
def bring_back(*, access: Access, tasks: Sequence[Task]) -> None:
    """Undo `move_onward`: the tasks it made leave the next month's plan."""
    for task in tasks:
        current = lock_task(access, task, capability_for(task))
        before = current.came_from
        if before is None:
            raise ValidationError(_("「%s」不是从上月移来的。") % current.title[:30])
        if current.days.exists() or current.comments.exists():
            raise ValidationError(
                _("「%s」在新的月份已有人做或评论，不能撤销。不要它就删除它。") % current.title[:30]
            )
        current.deleted_at = timezone.now()
        current.save(update_fields=["deleted_at"])
        for about in (current, before):
            _note(access, "plans.bring_back", about, {"month": (current.plan.month, "")})


def crosses_plan(task: Task) -> bool:
    """Does it become a line of the next month's plan table? What was jotted down does not."""
    return bool(task.dimension)


class _Movers:
    """The tasks that go, checked, and the month they go to, held."""

    def __init__(self, access: Access, tasks: Sequence[Task]) -> None:
        self.access = access
        self.tasks = _checked(access, tasks)
        self.plan = _next_plan(access, self.tasks)
        self.goals = {goal.metric: goal for goal in self.plan.goals.all()}
        self.last = self.plan.tasks.aggregate(last=Max("position"))["last"] or 0
        self.made: dict[int, Task] = {}
        self.there = onward_of([task.parent for task in self.tasks if task.parent])

    def move(self, task: Task) -> Task:
        """The task with its open sub-tasks; a lone sub-task joins its parent, if that went."""
        new = self._carry(task, parent=self.there.get(task.parent_id or 0))
        for sub in task.subtasks.filter(deleted_at=None).exclude(state="done"):
            self._carry(sub, parent=new)
        months = {"month": (task.plan.month, self.plan.month)}
        _note(self.access, "plans.move_onward", task, months)
        _note(self.access, "plans.move_onward", new, months)
        return new

    def link(self) -> None:
        """Who waits for whom goes along among those that go."""
        edges = Task.after.through.objects.filter(
            from_task__in=list(self.made), to_task__in=list(self.made)
        )
        for later, earlier in edges.values_list("from_task_id", "to_task_id"):
            self.made[later].after.add(self.made[earlier])

    def _carry(self, task: Task, *, parent: Task | None) -> Task:
        self.last += 1
        goal = self._goal(task.goal) if task.goal and task.goal.deleted_at is None else None
        new = copied(task, self.plan, goal, parent=parent, position=self.last)
        new.came_from, new.state = task, task.state
        if goal is not None:
            new.dimension = goal.dimension
        if not crosses_plan(new):
            new.nodes = [self._first_workday()]
        new.save(update_fields=["came_from", "state", "dimension", "nodes"])
        _keep_ticks(task, new)
        self._promise(task, new)
        self.made[task.pk] = new
        return new

    def _goal(self, goal: Goal) -> Goal | None:
        return self.goals.get(goal.metric)

    def _promise(self, task: Task, new: Task) -> None:
        held = task.contributions.filter(goal__deleted_at=None).select_related("goal")
        pairs = [(self._goal(each.goal), each.amount) for each in held]
        Contribution.objects.bulk_create(
            Contribution(task=new, goal=goal, amount=amount) for goal, amount in pairs if goal
        )

    def _first_workday(self) -> str:
        month = self.plan.month
        days = calendar_of(self.plan.team).workdays(month.first, month.last)
        return min(days, default=month.first).isoformat()


def _checked(access: Access, tasks: Sequence[Task]) -> list[Task]:
    """The tasks as they are now; sub-tasks of chosen ones go with those."""
    if not tasks:
        raise ValidationError(_("请先勾选任务。"))
    if len(tasks) > MOST:
        raise ValidationError(_("一次最多移 %s 项任务。") % MOST)
    if len({task.plan_id for task in tasks}) > 1:
        raise ValidationError(_("一次只能移同一个月的任务。"))
    if tasks[0].plan.team_id != access.team.pk:
        raise PermissionDenied
    numbers = {task.pk for task in tasks}
    living = Task.objects.select_for_update(of=("self",)).filter(
        pk__in=numbers, deleted_at=None, parent__deleted_at=None
    )
    found = list(living.select_related("goal", "parent", "plan__team").order_by("position", "pk"))
    if len(found) != len(numbers):
        raise ValidationError(_("有任务刚被别人删除了，没有移动任何任务。请刷新页面。"))
    gone = onward_of(found)
    for task in found:
        _refuse_settled(task, gone.get(task.pk))
    return [task for task in found if task.parent_id not in numbers]


def _refuse_settled(task: Task, later: Task | None) -> None:
    name = {"name": task.title[:30]}
    if task.is_done:
        raise ValidationError(_("「%(name)s」已完成，不用移到下月。") % name)
    if later is not None:
        raise ValidationError(
            _("「%(name)s」已经移到 %(month)s。") % {**name, "month": later.plan.month}
        )


def _next_plan(access: Access, tasks: Sequence[Task]) -> MonthPlan:
    """The next month's plan, made when it is not there, and held."""
    month: Month = tasks[0].plan.month.next
    if any(crosses_plan(task) for task in tasks):
        return lock_plan(access=access, plan=open_month(access=access, month=month))
    access.require(Capability.RECORD)
    plan, _made = MonthPlan.objects.get_or_create(team=access.team, month_start=month.first)
    return lock_plan(access=access, plan=plan, capability=Capability.RECORD)


def _keep_ticks(task: Task, new: Task) -> None:
    """The checklist came along unticked; what was ticked stays ticked, by whom and when."""
    pairs = list(zip(task.checks.all(), new.checks.all(), strict=True))
    for old, item in pairs:
        item.done_by_id, item.done_at = old.done_by_id, old.done_at
    CheckItem.objects.bulk_update([item for _old, item in pairs], ["done_by", "done_at"])
