"""A measure becomes a task of next month, once, and can be taken back while it is untouched."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.cast import AccessOf
from yunce.ground.journal.queries import entries_of
from yunce.ground.teams.models import Member
from yunce.kit.months import Month
from yunce.loop.goals.actions import close, finalise, open_month
from yunce.loop.goals.models import MonthPlan
from yunce.loop.plans.actions import remove_task, set_state
from yunce.loop.plans.models import Task
from yunce.loop.plans.queries import tasks_of
from yunce.loop.reviews.actions import adopt, withdraw
from yunce.loop.reviews.models import Improvement

JUNE = Month(2025, 6)


def test_a_measure_becomes_a_task_of_next_month(
    access_of: AccessOf, improvement: Improvement, alice: Member, bob: Member
) -> None:
    task = adopt(access=access_of(alice), improvement=improvement)
    assert task.plan.month == JUNE
    assert (task.title, task.dimension) == ("裂变海报改成两版对比", "user")
    assert [*task.owners.all()] == [bob]
    assert (task.ends_on, task.standard) == (date(2025, 6, 5), "入群转化 12% → 20%")
    assert task.note == "来自 5 月复盘"
    improvement.refresh_from_db()
    assert improvement.task == task
    assert entries_of(improvement).get().verb == "reviews.adopt"


def test_adopting_twice_makes_one_task(
    access_of: AccessOf, improvement: Improvement, alice: Member
) -> None:
    first = adopt(access=access_of(alice), improvement=improvement)
    assert adopt(access=access_of(alice), improvement=improvement) == first
    assert Task.objects.count() == 1


def test_a_measure_without_owner_and_day_is_adopted_too(
    access_of: AccessOf, plan: MonthPlan, alice: Member
) -> None:
    bare = Improvement.objects.create(plan=plan, dimension="content", measure="改标题")
    task = adopt(access=access_of(alice), improvement=bare)
    assert (task.ends_on, task.nodes, [*task.owners.all()]) == (None, [], [])


def test_a_far_due_day_is_kept_in_the_note(
    access_of: AccessOf, improvement: Improvement, alice: Member
) -> None:
    Improvement.objects.update(due_on=date(2025, 9, 1))
    task = adopt(access=access_of(alice), improvement=improvement)
    assert task.ends_on is None
    assert task.note == "来自 5 月复盘；完成日期 2025-09-01"


def test_december_is_followed_by_january(
    access_of: AccessOf, plan: MonthPlan, alice: Member
) -> None:
    december = MonthPlan.objects.create(team=plan.team, month_start=date(2025, 12, 1))
    improvement = Improvement.objects.create(plan=december, dimension="user", measure="做")
    assert adopt(access=access_of(alice), improvement=improvement).plan.month == Month(2026, 1)


def test_a_closed_month_may_still_hand_on_its_measures(
    access_of: AccessOf, improvement: Improvement, alice: Member
) -> None:
    close(access=access_of(alice), plan=improvement.plan)
    assert adopt(access=access_of(alice), improvement=improvement).plan.month == JUNE


def test_a_finalised_next_month_takes_nothing(
    access_of: AccessOf, improvement: Improvement, alice: Member
) -> None:
    access = access_of(alice)
    finalise(access=access, plan=open_month(access=access, month=JUNE))
    with pytest.raises(ValidationError, match="6 月计划已定稿"):
        adopt(access=access, improvement=improvement)
    assert not Task.objects.exists()


def test_a_closed_next_month_takes_nothing(
    access_of: AccessOf, improvement: Improvement, alice: Member
) -> None:
    access = access_of(alice)
    close(access=access, plan=open_month(access=access, month=JUNE))
    with pytest.raises(ValidationError, match="6 月已关账"):
        adopt(access=access, improvement=improvement)


def test_a_member_does_not_plan_next_month(
    access_of: AccessOf, improvement: Improvement, bob: Member
) -> None:
    with pytest.raises(PermissionDenied):
        adopt(access=access_of(bob), improvement=improvement)
    assert not MonthPlan.objects.filter(month_start=JUNE.first).exists()


def test_withdrawing_takes_the_task_out(
    access_of: AccessOf, improvement: Improvement, alice: Member
) -> None:
    access = access_of(alice)
    task = adopt(access=access, improvement=improvement)
    withdraw(access=access, improvement=improvement)
    withdraw(access=access, improvement=improvement)
    improvement.refresh_from_db()
    assert improvement.task is None
    assert not tasks_of(task.plan).exists()
    assert adopt(access=access, improvement=improvement) != task


def test_a_task_somebody_worked_on_is_not_withdrawn(
    access_of: AccessOf, improvement: Improvement, alice: Member
) -> None:
    access = access_of(alice)
    task = adopt(access=access, improvement=improvement)
    set_state(access=access, task=task, state="doing", seen="todo")
    with pytest.raises(ValidationError, match="已经改过或开始做"):
        withdraw(access=access, improvement=improvement)
    assert tasks_of(task.plan).get() == task


def test_a_task_removed_from_the_plan_can_be_adopted_again(
    access_of: AccessOf, improvement: Improvement, alice: Member
) -> None:
    access = access_of(alice)
    first = adopt(access=access, improvement=improvement)
    remove_task(access=access, task=first)
    again = adopt(access=access, improvement=improvement)
    assert again != first
    assert tasks_of(again.plan).get() == again
