"""Every write of a task: it works, a stranger cannot, bad input is refused."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.cast import AccessOf
from yunce.ground.journal.queries import entries_of
from yunce.ground.teams.models import Member, Team, User
from yunce.loop.goals.actions import EditConflictError, close, finalise
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.plans import actions
from yunce.loop.plans.models import Task, TaskState
from yunce.loop.plans.queries import cell_text, last_change, plan_rows, tasks_of
from yunce.loop.plans.rules import TaskField

NODES = "5/10、5/20、5/30"


def test_task_is_added_under_its_goal(
    alice: Member, bob: Member, followers: Goal, access_of: AccessOf
) -> None:
    task = actions.add_task(
        access=access_of(alice),
        plan=followers.plan,
        goal=followers,
        title=" 2 次裂变 ",
        owners=[bob],
        nodes="5/15、5/25",
        standard="参与 ≥ 500 人",
    )
    assert (task.title, task.dimension, task.nodes) == (
        "2 次裂变",
        "user",
        ["2025-05-15", "2025-05-25"],
    )
    assert list(task.owners.all()) == [bob]
    assert entries_of(task).get().verb == "plans.add_task"


def test_task_without_a_goal_needs_a_dimension(
    alice: Member, plan: MonthPlan, access_of: AccessOf
) -> None:
    access = access_of(alice)
    with pytest.raises(ValidationError, match="请选一个目标维度"):
        actions.add_task(access=access, plan=plan, title="维护粉丝群")
    task = actions.add_task(access=access, plan=plan, title="维护粉丝群", dimension="user")
    assert (task.goal, task.dimension) == (None, "user")


@pytest.mark.parametrize(
    ("title", "nodes", "sentence"),
    [
        ("", "", "核心任务不能空着"),
        ("\u3000 ", "", "核心任务不能空着"),
        ("长" * 201, "", "最多 200 个字，现在有 201 个"),
        ("直播", "月底", "看不懂「月底」"),
        ("直播", "7/1", "「7/1」太远"),
    ],
)
def test_bad_tasks_are_refused(
    title: str, nodes: str, sentence: str, alice: Member, followers: Goal, access_of: AccessOf
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        actions.add_task(
            access=access_of(alice), plan=followers.plan, goal=followers, title=title, nodes=nodes
        )
    assert not Task.objects.exists()


def test_goal_of_another_month_is_refused(
    alice: Member, followers: Goal, team: Team, access_of: AccessOf
) -> None:
    june = MonthPlan.objects.create(team=team, month_start=date(2025, 6, 1))
    with pytest.raises(ValidationError, match="这个月没有这个目标"):
        actions.add_task(access=access_of(alice), plan=june, goal=followers, title="直播")


@pytest.mark.parametrize(
    ("field", "seen", "value", "kept"),
    [
        (TaskField.TITLE, "3 场视频直播", " 4 场 直播 ", "4 场 直播"),
        (TaskField.STANDARD, "每场观看 ≥ 2,000 人", "第一行\r\n第二行", "第一行\n第二行"),
        (TaskField.NOTE, "提前 3 天预热", "", ""),
        (TaskField.NODES, NODES, "5/9,5/16,5/28", "5/9、5/16、5/28"),
        (TaskField.NODES, NODES, "5/26前上线", "5/26 前上线"),
        (TaskField.NODES, NODES, "", ""),
    ],
)
def test_cell_is_saved_and_noted(
    field: TaskField,
    seen: str,
    value: str,
    kept: str,
    alice: Member,
    livestreams: Task,
    access_of: AccessOf,
) -> None:
    actions.edit_task(
        access=access_of(alice), task=livestreams, field=field, value=value, seen=seen
    )
    saved = Task.objects.get()
    assert cell_text(saved, field) == kept
    change = last_change(saved, field.value)
    assert change is not None
    assert (change.actor_name, change.changes) == ("李组长", {field.value: [seen, kept]})


def test_owners_are_replaced(
    alice: Member, bob: Member, livestreams: Task, access_of: AccessOf
) -> None:
    actions.edit_task(
        access=access_of(alice),
        task=livestreams,
        field=TaskField.OWNERS,
        value=f"{alice.pk},{bob.pk}",
        seen=str(bob.pk),
    )
    assert set(livestreams.owners.all()) == {alice, bob}


def test_task_moves_to_another_goal_and_its_dimension(
    alice: Member, livestreams: Task, articles: Goal, followers: Goal, access_of: AccessOf
) -> None:
    saved = actions.edit_task(
        access=access_of(alice),
        task=livestreams,
        field=TaskField.GOAL,
        value=str(articles.pk),
        seen=str(followers.pk),
    )
    assert (saved.goal, saved.dimension) == (articles, "content")


@pytest.mark.parametrize("field", [TaskField.TITLE, TaskField.NODES, TaskField.OWNERS])
def test_cell_somebody_changed_is_not_overwritten(
    field: TaskField, alice: Member, livestreams: Task, access_of: AccessOf
) -> None:
    held = cell_text(livestreams, field)
    wanted = {TaskField.TITLE: "我的", TaskField.NODES: "5/9", TaskField.OWNERS: str(alice.pk)}
    with pytest.raises(EditConflictError) as conflict:
        actions.edit_task(
            access=access_of(alice),
            task=livestreams,
            field=field,
            value=wanted[field],
            seen="5/1",
        )
    assert (conflict.value.current, conflict.value.wanted) == (held, wanted[field])
    assert cell_text(Task.objects.get(), field) == held


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        (TaskField.TITLE, "  ", "核心任务不能空着"),
        (TaskField.NODES, "直播 5/9", "看不懂「直播 5/9」"),
        (TaskField.NODES, "5/31-5/1", "结束日早于开始日"),
        (TaskField.NOTE, "长" * 501, "最多 500 个字"),
        (TaskField.OWNERS, "文案", "负责人要从本团队成员里选"),
        (TaskField.OWNERS, "999999", "负责人要从本团队成员里选"),
        (TaskField.GOAL, "999999", "这个月没有这个目标"),
        (TaskField.GOAL, "直播", "这个月没有这个目标"),
    ],
)
def test_bad_cells_are_refused(
    field: TaskField,
    value: str,
    sentence: str,
    alice: Member,
    livestreams: Task,
    access_of: AccessOf,
) -> None:
    held = cell_text(livestreams, field)
    with pytest.raises(ValidationError, match=sentence):
        actions.edit_task(
            access=access_of(alice), task=livestreams, field=field, value=value, seen=held
        )
    assert cell_text(Task.objects.get(), field) == held


def test_stranger_is_no_owner(
    alice: Member, charlie: User, livestreams: Task, bob: Member, access_of: AccessOf
) -> None:
    with pytest.raises(ValidationError, match="负责人要从本团队成员里选"):
        actions.edit_task(
            access=access_of(alice),
            task=livestreams,
            field=TaskField.OWNERS,
            value=str(charlie.memberships.get().pk),
            seen=str(bob.pk),
        )


def test_removed_task_comes_back(alice: Member, livestreams: Task, access_of: AccessOf) -> None:
    access = access_of(alice)
    removed = actions.remove_task(access=access, task=livestreams)
    assert not tasks_of(livestreams.plan).exists()
    actions.restore_task(access=access, task=removed)
    assert tasks_of(livestreams.plan).get() == livestreams


def test_editing_a_removed_task_says_so(
    alice: Member, livestreams: Task, access_of: AccessOf
) -> None:
    access = access_of(alice)
    actions.remove_task(access=access, task=livestreams)
    with pytest.raises(ValidationError, match="刚被别人删除了"):
        actions.remove_task(access=access, task=livestreams)


def test_member_moves_a_task_on_in_a_finalised_month(
    alice: Member, bob: Member, livestreams: Task, access_of: AccessOf
) -> None:
    finalise(access=access_of(alice), plan=livestreams.plan)
    done = actions.set_state(access=access_of(bob), task=livestreams, state="done", seen="todo")
    assert (done.state, done.done_at is not None) == (TaskState.DONE, True)
    again = actions.set_state(access=access_of(bob), task=livestreams, state="doing", seen="done")
    assert again.done_at is None


def test_state_somebody_changed_is_not_overwritten(
    bob: Member, livestreams: Task, access_of: AccessOf
) -> None:
    access = access_of(bob)
    actions.set_state(access=access, task=livestreams, state="done", seen="todo")
    with pytest.raises(EditConflictError):
        actions.set_state(access=access, task=livestreams, state="doing", seen="todo")


def test_unknown_state_is_refused(bob: Member, livestreams: Task, access_of: AccessOf) -> None:
    with pytest.raises(ValidationError, match="没有「dropped」这个状态"):
        actions.set_state(access=access_of(bob), task=livestreams, state="dropped", seen="todo")


def test_tasks_take_a_new_order(alice: Member, livestreams: Task, access_of: AccessOf) -> None:
    access, plan = access_of(alice), livestreams.plan
    other = actions.add_task(access=access, plan=plan, title="2 次裂变", goal=livestreams.goal)
    actions.reorder_tasks(access=access, plan=plan, numbers=[other.pk, livestreams.pk])
    assert list(tasks_of(plan)) == [other, livestreams]
    with pytest.raises(ValidationError, match="顺序没有保存"):
        actions.reorder_tasks(access=access, plan=plan, numbers=[other.pk])


def test_empty_month_takes_over_the_previous_one(
    alice: Member, bob: Member, articles: Goal, livestreams: Task, team: Team, access_of: AccessOf
) -> None:
    june = MonthPlan.objects.create(team=team, month_start=date(2025, 6, 1))
    actions.copy_previous_month(access=access_of(alice), plan=june)
    rows = plan_rows(june)
    assert [(row.metric_text, row.title, row.owners_text) for row in rows] == [
        ("图文 20 篇（挑战 24 篇）", "", ""),
        ("新增粉丝 12,000 人", "3 场视频直播", "文案专员"),
    ]
    assert (rows[1].nodes_text, rows[1].standard) == ("", "每场观看 ≥ 2,000 人")


def test_month_with_lines_takes_nothing_over(
    alice: Member, articles: Goal, access_of: AccessOf
) -> None:
    with pytest.raises(ValidationError, match="不能再从上月复制"):
        actions.copy_previous_month(access=access_of(alice), plan=articles.plan)


def test_nothing_to_copy_is_said(alice: Member, plan: MonthPlan, access_of: AccessOf) -> None:
    with pytest.raises(ValidationError, match="上个月没有计划可以复制"):
        actions.copy_previous_month(access=access_of(alice), plan=plan)


def test_closed_month_keeps_its_tasks(
    alice: Member, bob: Member, livestreams: Task, access_of: AccessOf
) -> None:
    close(access=access_of(alice), plan=livestreams.plan)
    livestreams.refresh_from_db()
    with pytest.raises(ValidationError, match="2025-05 已关账"):
        actions.set_state(access=access_of(bob), task=livestreams, state="done", seen="todo")
    with pytest.raises(ValidationError, match="2025-05 已关账"):
        actions.remove_task(access=access_of(alice), task=livestreams)


def test_finalised_plan_keeps_its_cells(
    alice: Member, livestreams: Task, access_of: AccessOf
) -> None:
    access = access_of(alice)
    finalise(access=access, plan=livestreams.plan)
    with pytest.raises(ValidationError, match="计划已定稿"):
        actions.edit_task(
            access=access, task=livestreams, field=TaskField.NOTE, value="x", seen="提前 3 天预热"
        )


@pytest.mark.parametrize("person", ["bob", "vera", "gus"])
def test_only_planners_change_the_table(
    person: str, request: pytest.FixtureRequest, livestreams: Task, access_of: AccessOf
) -> None:
    access, plan = access_of(request.getfixturevalue(person)), livestreams.plan
    note = TaskField.NOTE
    for refused in (
        lambda: actions.add_task(access=access, plan=plan, title="x", dimension="user"),
        lambda: actions.edit_task(access=access, task=livestreams, field=note, value="", seen=""),
        lambda: actions.remove_task(access=access, task=livestreams),
        lambda: actions.restore_task(access=access, task=livestreams),
        lambda: actions.reorder_tasks(access=access, plan=plan, numbers=[livestreams.pk]),
        lambda: actions.copy_previous_month(access=access, plan=plan),
    ):
        with pytest.raises(PermissionDenied):
            refused()


@pytest.mark.parametrize("person", ["vera", "gus"])
def test_readers_move_no_task_on(
    person: str, request: pytest.FixtureRequest, livestreams: Task, access_of: AccessOf
) -> None:
    access = access_of(request.getfixturevalue(person))
    with pytest.raises(PermissionDenied):
        actions.set_state(access=access, task=livestreams, state="done", seen="todo")


def test_owner_of_another_team_cannot_touch_this_one(
    charlie: User, livestreams: Task, access_of: AccessOf
) -> None:
    access = access_of(charlie.memberships.get())
    with pytest.raises(PermissionDenied):
        actions.remove_task(access=access, task=livestreams)
    with pytest.raises(PermissionDenied):
        actions.set_state(access=access, task=livestreams, state="done", seen="todo")
