"""The fields of a task beyond the seven columns."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from tests.cast import AccessOf
from yunce.ground.journal.queries import entries_of
from yunce.ground.teams.models import Member, User
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.loop.goals.actions import EditConflictError
from yunce.loop.goals.models import Goal, MonthPlan, PlanState
from yunce.loop.plans.actions import edit_task
from yunce.loop.plans.models import Task
from yunce.loop.plans.rules import TaskField


@pytest.fixture
def warm_up(livestreams: Task) -> Task:
    return Task.objects.create(plan=livestreams.plan, dimension="user", title="预热", position=1)


def put(
    access_of: AccessOf, who: Member, task: Task, field: str, value: str, seen: str = ""
) -> Task:
    return edit_task(
        access=access_of(who), task=task, field=TaskField(field), value=value, seen=seen
    )


@pytest.mark.parametrize(
    ("field", "value", "attribute", "held"),
    [
        ("estimate", "1.5 小时", "estimate_minutes", 90),
        ("importance", "5", "importance", 5),
        ("quadrant", "do", "quadrant", "do"),
    ],
)
def test_member_sets_how_the_work_is_done_in_a_finalised_month(
    field: str,
    value: str,
    attribute: str,
    held: object,
    bob: Member,
    livestreams: Task,
    access_of: AccessOf,
) -> None:
    MonthPlan.objects.update(state=PlanState.LOCKED)
    put(access_of, bob, livestreams, field, value)
    assert getattr(Task.objects.get(pk=livestreams.pk), attribute) == held
    assert entries_of(livestreams)[0].verb == "plans.edit_task"


def test_reviewers_are_members_of_the_team(
    alice: Member, bob: Member, livestreams: Task, access_of: AccessOf
) -> None:
    put(access_of, bob, livestreams, "reviewers", str(alice.pk))
    assert list(livestreams.reviewers.all()) == [alice]
    with pytest.raises(ValidationError, match="要从本团队成员里选"):
        put(access_of, bob, livestreams, "reviewers", "999999", seen=str(alice.pk))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("estimate", "很久", "看不懂「很久」"),
        ("estimate", "500 小时", "用时要在 1 分钟到 400 小时之间"),
        ("importance", "9", "重要程度是 1 到 5"),
        ("quadrant", "later", "没有「later」这个象限"),
        ("after", "999999", "前置任务要从本月的任务里选"),
        ("parent", "999999", "这个月没有这个任务"),
        ("recurrence", "有空就做", "看不懂「有空就做」"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    field: str, value: str, sentence: str, alice: Member, livestreams: Task, access_of: AccessOf
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        put(access_of, alice, livestreams, field, value)


def test_circle_of_predecessors_is_refused_naming_it(
    alice: Member, livestreams: Task, warm_up: Task, access_of: AccessOf
) -> None:
    put(access_of, alice, livestreams, "after", str(warm_up.pk))
    with pytest.raises(ValidationError) as refused:
        put(access_of, alice, warm_up, "after", str(livestreams.pk))
    assert "「预热」 → 「3 场视频直播」 → 「预热」" in refused.value.messages[0]
    assert not warm_up.after.exists()


def test_task_comes_not_after_itself(alice: Member, livestreams: Task, access_of: AccessOf) -> None:
    with pytest.raises(ValidationError, match="绕成了一圈"):
        put(access_of, alice, livestreams, "after", str(livestreams.pk))


def test_weekly_rule_is_written_out_as_nodes(
    alice: Member, livestreams: Task, access_of: AccessOf
) -> None:
    put(access_of, alice, livestreams, "recurrence", "每周五")
    task = Task.objects.get(pk=livestreams.pk)
    assert task.recurrence == "weekly:5"
    assert [node[-2:] for node in task.nodes] == ["02", "09", "16", "23", "30"]  # Fridays of 5/2025


def test_workdays_leave_out_holidays(alice: Member, livestreams: Task, access_of: AccessOf) -> None:
    put(access_of, alice, livestreams, "recurrence", "每个工作日")
    nodes = Task.objects.get(pk=livestreams.pk).nodes
    # May 2025: 22 weekdays, of which 1, 2 and 5 May are 劳动节; no weekend day is worked.
    assert "2025-05-05" not in nodes
    assert "2025-05-06" in nodes
    assert len(nodes) == 19


def test_days_typed_by_hand_end_the_rule(
    alice: Member, livestreams: Task, access_of: AccessOf
) -> None:
    task = put(access_of, alice, livestreams, "recurrence", "每周五")
    task = put(access_of, alice, task, "nodes", "5/10", seen="5/2、5/9、5/16、5/23、5/30")
    assert (task.recurrence, task.nodes) == ("", ["2025-05-10"])


def test_subtask_takes_the_goal_of_its_parent(
    alice: Member, livestreams: Task, warm_up: Task, followers: Goal, access_of: AccessOf
) -> None:
    put(access_of, alice, warm_up, "parent", str(livestreams.pk))
    warm_up.refresh_from_db()
    assert (warm_up.parent, warm_up.goal) == (livestreams, followers)


def test_there_is_one_level_of_subtasks(
    alice: Member, livestreams: Task, warm_up: Task, access_of: AccessOf
) -> None:
    put(access_of, alice, warm_up, "parent", str(livestreams.pk))
    with pytest.raises(ValidationError, match="子任务只有一层"):
        put(access_of, alice, livestreams, "parent", str(warm_up.pk))


def test_change_somebody_made_meanwhile_is_a_conflict(
    alice: Member, bob: Member, livestreams: Task, access_of: AccessOf
) -> None:
    put(access_of, alice, livestreams, "estimate", "60")
    with pytest.raises(EditConflictError) as conflict:
        put(access_of, bob, livestreams, "estimate", "90", seen="")
    assert (conflict.value.current, conflict.value.wanted) == ("1 小时", "1 小时 30 分")


def test_member_does_not_change_what_the_plan_promises(
    bob: Member, livestreams: Task, access_of: AccessOf
) -> None:
    with pytest.raises(PermissionDenied):
        put(access_of, bob, livestreams, "recurrence", "每周五")


def test_closed_month_is_refused(alice: Member, livestreams: Task, access_of: AccessOf) -> None:
    MonthPlan.objects.update(state=PlanState.CLOSED)
    with pytest.raises(ValidationError, match="已关账"):
        put(access_of, alice, livestreams, "estimate", "60")


def test_viewer_changes_nothing(vera: Member, livestreams: Task, access_of: AccessOf) -> None:
    with pytest.raises(PermissionDenied):
        put(access_of, vera, livestreams, "estimate", "60")


def test_stranger_does_not_even_get_in(charlie: User, livestreams: Task) -> None:
    with pytest.raises(Http404):
        access_for(charlie, "content", Capability.RECORD)
