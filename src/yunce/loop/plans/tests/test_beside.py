"""Sub-tasks, checklist, contributions, comments, files, copies."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from tests.cast import AccessOf
from yunce.ground.teams.models import Member, Team
from yunce.kit.months import Month
from yunce.loop.goals.actions import EditConflictError, open_month
from yunce.loop.goals.models import Goal, MonthPlan, Part, PlanState
from yunce.loop.plans.actions import (
    add_checks,
    add_comment,
    add_subtask,
    attach,
    copy_previous_month,
    copy_task,
    edit_comment,
    remove_attachment,
    remove_check,
    remove_comment,
    remove_task,
    restore_attachment,
    restore_comment,
    set_contribution,
    tick,
)
from yunce.loop.plans.models import Attachment, Comment, Contribution, Task
from yunce.loop.plans.queries import plan_rows, tasks_of


def test_subtask_has_the_owners_and_goal_of_its_task(
    bob: Member, livestreams: Task, followers: Goal, access_of: AccessOf
) -> None:
    sub = add_subtask(access=access_of(bob), task=livestreams, title="写直播脚本")
    assert (sub.goal, list(sub.owners.all())) == (followers, [bob])


def test_subtasks_stand_in_lists_and_not_in_the_table(
    bob: Member, livestreams: Task, access_of: AccessOf
) -> None:
    sub = add_subtask(access=access_of(bob), task=livestreams, title="写直播脚本")
    assert [row.task for row in plan_rows(livestreams.plan)] == [livestreams]
    assert list(tasks_of(livestreams.plan)) == [livestreams, sub]


def test_removed_task_takes_its_subtasks_along(
    alice: Member, livestreams: Task, access_of: AccessOf
) -> None:
    add_subtask(access=access_of(alice), task=livestreams, title="写直播脚本")
    remove_task(access=access_of(alice), task=livestreams)
    assert not tasks_of(livestreams.plan).exists()


def test_subtask_has_no_subtasks(bob: Member, livestreams: Task, access_of: AccessOf) -> None:
    sub = add_subtask(access=access_of(bob), task=livestreams, title="写直播脚本")
    with pytest.raises(ValidationError, match="子任务只有一层"):
        add_subtask(access=access_of(bob), task=sub, title="选开场白")


def test_each_line_is_a_check_item(bob: Member, livestreams: Task, access_of: AccessOf) -> None:
    add_checks(access=access_of(bob), task=livestreams, text="观看 ≥ 2,000\n\n新增粉丝 ≥ 3,000 ")
    assert [item.text for item in livestreams.checks.all()] == ["观看 ≥ 2,000", "新增粉丝 ≥ 3,000"]


def test_tick_remembers_who_and_when(bob: Member, livestreams: Task, access_of: AccessOf) -> None:
    item = add_checks(access=access_of(bob), task=livestreams, text="观看 ≥ 2,000")[0]
    item = tick(access=access_of(bob), item=item, is_done=True)
    assert (item.done_by, item.done_at is not None) == (bob, True)
    item = tick(access=access_of(bob), item=item, is_done=False)
    assert (item.done_by, item.done_at) == (None, None)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [(" \n ", "请写一条检查项"), ("字" * 201, "最多 200 个字"), ("项\n" * 51, "最多 50 条检查项")],
)
def test_unfit_check_items_are_refused(
    text: str, sentence: str, bob: Member, livestreams: Task, access_of: AccessOf
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        add_checks(access=access_of(bob), task=livestreams, text=text)
    assert not livestreams.checks.exists()


def test_check_item_somebody_removed_is_said(
    alice: Member, bob: Member, livestreams: Task, access_of: AccessOf
) -> None:
    item = add_checks(access=access_of(bob), task=livestreams, text="观看 ≥ 2,000")[0]
    remove_check(access=access_of(alice), item=item)
    with pytest.raises(ValidationError, match="刚被别人删除"):
        tick(access=access_of(bob), item=item, is_done=True)


def test_contribution_is_one_per_goal(
    bob: Member, livestreams: Task, followers: Goal, access_of: AccessOf
) -> None:
    for amount in (Decimal(9000), Decimal(8000)):
        set_contribution(access=access_of(bob), task=livestreams, goal=followers, amount=amount)
    assert Contribution.objects.get().amount == 8000


def test_contribution_is_taken_back(
    bob: Member, livestreams: Task, followers: Goal, access_of: AccessOf
) -> None:
    set_contribution(access=access_of(bob), task=livestreams, goal=followers, amount=Decimal(9000))
    set_contribution(access=access_of(bob), task=livestreams, goal=followers, amount=None)
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("amount", [Decimal(0), Decimal(-5)])
def test_contribution_is_above_zero(
    amount: Decimal, bob: Member, livestreams: Task, followers: Goal, access_of: AccessOf
) -> None:
    with pytest.raises(ValidationError, match="要大于 0"):
        set_contribution(access=access_of(bob), task=livestreams, goal=followers, amount=amount)


def test_contribution_to_another_month_is_refused(
    bob: Member, team: Team, livestreams: Task, access_of: AccessOf, alice: Member
) -> None:
    june = open_month(access=access_of(alice), month=Month(2025, 6))
    goal = Goal.objects.create(plan=june, dimension="user", metric="new_followers", must=1)
    with pytest.raises(ValidationError, match="这个月没有这个目标"):
        set_contribution(access=access_of(bob), task=livestreams, goal=goal, amount=Decimal(1))


def test_comment_mentions_by_name_and_position(
    alice: Member, bob: Member, livestreams: Task, access_of: AccessOf
) -> None:
    comment = add_comment(
        access=access_of(bob), task=livestreams, text="@李组长 请审，@文案专员 补图"
    )
    assert set(comment.mentions.all()) == {alice, bob}


def test_only_the_author_changes_a_comment(
    alice: Member, bob: Member, livestreams: Task, access_of: AccessOf
) -> None:
    comment = add_comment(access=access_of(bob), task=livestreams, text="脚本好了")
    with pytest.raises(PermissionDenied):
        edit_comment(access=access_of(alice), comment=comment, text="没好", seen="脚本好了")
    with pytest.raises(PermissionDenied):
        remove_comment(access=access_of(alice), comment=comment)
    edit_comment(access=access_of(bob), comment=comment, text="脚本好了，待审", seen="脚本好了")
    assert Comment.objects.get().edited_at is not None


def test_comment_changed_in_another_window_is_a_conflict(
    bob: Member, livestreams: Task, access_of: AccessOf
) -> None:
    comment = add_comment(access=access_of(bob), task=livestreams, text="一稿")
    edit_comment(access=access_of(bob), comment=comment, text="二稿", seen="一稿")
    with pytest.raises(EditConflictError):
        edit_comment(access=access_of(bob), comment=comment, text="三稿", seen="一稿")


def test_removed_comment_comes_back(bob: Member, livestreams: Task, access_of: AccessOf) -> None:
    comment = add_comment(access=access_of(bob), task=livestreams, text="一稿")
    remove_comment(access=access_of(bob), comment=comment)
    assert Comment.objects.get().deleted_at is not None
    restore_comment(access=access_of(bob), comment=comment)
    assert Comment.objects.get().deleted_at is None


def test_empty_comment_is_refused(bob: Member, livestreams: Task, access_of: AccessOf) -> None:
    with pytest.raises(ValidationError, match="评论不能空着"):
        add_comment(access=access_of(bob), task=livestreams, text=" \r\n ")


def test_file_is_kept_by_its_content_on_a_shelf_of_its_own(
    bob: Member, livestreams: Task, access_of: AccessOf, settings: Any
) -> None:
    made = attach(access=access_of(bob), task=livestreams, name="C:\\稿\\脚本.docx", content=b"abc")
    assert (made.name, made.size) == ("脚本.docx", 3)
    kept = Path(settings.YUNCE_DATA) / "uploads" / "tasks" / made.sha256[:2] / made.sha256
    assert kept.read_bytes() == b"abc"


def test_same_file_is_attached_once(bob: Member, livestreams: Task, access_of: AccessOf) -> None:
    for _time in range(2):
        attach(access=access_of(bob), task=livestreams, name="脚本.docx", content=b"abc")
    assert Attachment.objects.count() == 1


def test_empty_file_is_refused(bob: Member, livestreams: Task, access_of: AccessOf) -> None:
    with pytest.raises(ValidationError, match="文件是空的"):
        attach(access=access_of(bob), task=livestreams, name="脚本.docx", content=b"")


def test_removed_file_comes_back(bob: Member, livestreams: Task, access_of: AccessOf) -> None:
    made = attach(access=access_of(bob), task=livestreams, name="脚本.docx", content=b"abc")
    remove_attachment(access=access_of(bob), attachment=made)
    assert Attachment.objects.get().deleted_at is not None
    restore_attachment(access=access_of(bob), attachment=made)
    assert Attachment.objects.get().deleted_at is None


def test_copy_brings_subtasks_checklist_and_contributions(
    alice: Member, bob: Member, livestreams: Task, followers: Goal, access_of: AccessOf
) -> None:
    access = access_of(alice)
    sub = add_subtask(access=access, task=livestreams, title="写直播脚本")
    item = add_checks(access=access, task=livestreams, text="观看 ≥ 2,000")[0]
    tick(access=access, item=item, is_done=True)
    set_contribution(access=access, task=livestreams, goal=followers, amount=Decimal(9000))
    copy = copy_task(access=access, task=livestreams)
    assert (copy.title, copy.nodes, list(copy.owners.all())) == (
        livestreams.title,
        livestreams.nodes,
        [bob],
    )
    assert [each.title for each in copy.subtasks.all()] == [sub.title]
    assert [(each.text, each.done_at) for each in copy.checks.all()] == [("观看 ≥ 2,000", None)]
    assert copy.contributions.get().amount == 9000


def test_month_copied_keeps_subtasks_and_writes_recurring_days_anew(
    alice: Member, livestreams: Task, access_of: AccessOf
) -> None:
    access = access_of(alice)
    add_subtask(access=access, task=livestreams, title="写直播脚本")
    Task.objects.filter(pk=livestreams.pk).update(recurrence="weekly:5")
    june = copy_previous_month(access=access, plan=open_month(access=access, month=Month(2025, 6)))
    line = Task.objects.get(plan=june, parent=None)
    assert line.nodes == ["2025-06-06", "2025-06-13", "2025-06-20", "2025-06-27"]
    assert line.subtasks.get().title == "写直播脚本"


def test_closed_month_takes_no_more(bob: Member, livestreams: Task, access_of: AccessOf) -> None:
    MonthPlan.objects.update(state=PlanState.CLOSED)
    access = access_of(bob)
    with pytest.raises(ValidationError, match="已关账"):
        add_comment(access=access, task=livestreams, text="晚了")
    with pytest.raises(ValidationError, match="已关账"):
        attach(access=access, task=livestreams, name="a.txt", content=b"a")
    with pytest.raises(ValidationError, match="已关账"):
        add_checks(access=access, task=livestreams, text="晚了")


def test_viewer_adds_nothing(vera: Member, livestreams: Task, access_of: AccessOf) -> None:
    with pytest.raises(PermissionDenied):
        add_comment(access=access_of(vera), task=livestreams, text="看看")
    with pytest.raises(PermissionDenied):
        add_subtask(access=access_of(vera), task=livestreams, title="看看")


def test_other_team_is_refused(charlie: Any, livestreams: Task, access_of: AccessOf) -> None:
    stranger = Member.objects.get(user=charlie)
    with pytest.raises((PermissionDenied, ValidationError, Http404)):
        add_comment(access=access_of(stranger), task=livestreams, text="我来了")
    assert not Comment.objects.exists()


def test_month_copied_keeps_trees_weights_and_contributions(
    alice: Member, livestreams: Task, followers: Goal, team: Team, access_of: AccessOf
) -> None:
    access = access_of(alice)
    live = Part.objects.create(goal=followers, name="直播拉新", kind="product")
    Part.objects.create(goal=followers, parent=live, name="场次", amount=3)
    Part.objects.create(goal=followers, name="第 1 周", amount=100, week=date(2025, 4, 28))
    followers.importance = 3
    followers.save()
    set_contribution(access=access, task=livestreams, goal=followers, amount=Decimal(9_000))
    june = MonthPlan.objects.create(team=team, month_start=date(2025, 6, 1))
    copy_previous_month(access=access, plan=june)
    goal = june.goals.get()
    assert goal.importance == 3
    assert [(p.name, p.amount, p.parent and p.parent.name) for p in goal.parts.all()] == [
        ("直播拉新", None, None),
        ("场次", Decimal(3), "直播拉新"),
    ]
    assert june.tasks.get().contributions.get().amount == Decimal(9_000)
