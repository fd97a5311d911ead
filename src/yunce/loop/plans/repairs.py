"""One-click repairs of a SMART letter: a baseline from last month, a day for tasks without one."""

from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from yunce.ground.teams.queries import Access
from yunce.kit.numbers import round_half_up
from yunce.loop.goals.actions import set_baseline
from yunce.loop.goals.models import Goal
from yunce.loop.goals.queries.history import history_of
from yunce.loop.goals.rules import DECIMALS
from yunce.loop.plans.actions import edit_task
from yunce.loop.plans.aims import is_undated
from yunce.loop.plans.queries import cell_text, lines_in
from yunce.loop.plans.rules import TaskField


def take_baseline(*, access: Access, goal: Goal) -> Decimal:
    """Last month's number becomes the goal's baseline."""
    last = history_of(goal).last
    if last is None:
        raise ValidationError(_("上月没有「%s」的数据，不能作基线。") % goal.name)
    baseline = round_half_up(last, DECIMALS)
    set_baseline(access=access, goal=goal, baseline=baseline, seen=goal.baseline)
    return baseline


@transaction.atomic
def date_tasks(*, access: Access, goal: Goal) -> int:
    """Tasks of the goal without a day are due on the month's last; how many they were."""
    month = goal.plan.month
    due = f"{month.number}/{month.day_count}"
    undated = [task for task in lines_in(goal.plan).filter(goal=goal) if is_undated(task)]
    for task in undated:
        seen = cell_text(task, TaskField.NODES)
        edit_task(access=access, task=task, field=TaskField.NODES, value=due, seen=seen)
    return len(undated)
