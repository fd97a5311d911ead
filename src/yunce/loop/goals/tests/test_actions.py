"""Every write of the month: it works, a stranger cannot, bad input is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.cast import AccessOf
from yunce.ground.facts.queries import closed_months
from yunce.ground.journal.queries import entries_of
from yunce.ground.teams.models import Member, User
from yunce.kit.months import Month
from yunce.loop.goals import actions
from yunce.loop.goals.actions import EditConflictError, Targets
from yunce.loop.goals.models import Goal, MonthPlan, PlanState
from yunce.loop.goals.queries import goals_of

HELD = Targets(Decimal(12_000), Decimal(13_000))
WANTED = Targets(Decimal(14_000), Decimal(15_000))


def test_opening_a_month_twice_gives_one_plan(alice: Member, access_of: AccessOf) -> None:
    access = access_of(alice)
    first = actions.open_month(access=access, month=Month(2025, 6))
    assert actions.open_month(access=access, month=Month(2025, 6)) == first
    assert entries_of(first).count() == 1


def test_member_does_not_open_a_month(bob: Member, access_of: AccessOf) -> None:
    with pytest.raises(PermissionDenied):
        actions.open_month(access=access_of(bob), month=Month(2025, 6))


def test_direction_is_saved_and_noted(alice: Member, plan: MonthPlan, access_of: AccessOf) -> None:
    actions.set_direction(access=access_of(alice), plan=plan, direction=" 新品推广 ", seen="")
    plan.refresh_from_db()
    assert plan.direction == "新品推广"
    assert entries_of(plan)[0].changes == {"direction": ["", "新品推广"]}


def test_direction_somebody_changed_is_not_overwritten(
    alice: Member, plan: MonthPlan, access_of: AccessOf
) -> None:
    access = access_of(alice)
    actions.set_direction(access=access, plan=plan, direction="对方的", seen="")
    with pytest.raises(EditConflictError) as conflict:
        actions.set_direction(access=access, plan=plan, direction="我的", seen="")
    assert (conflict.value.current, conflict.value.wanted) == ("对方的", "我的")
    plan.refresh_from_db()
    assert plan.direction == "对方的"


def test_endless_direction_is_refused(alice: Member, plan: MonthPlan, access_of: AccessOf) -> None:
    with pytest.raises(ValidationError, match="最多 500 个字，现在有 501 个"):
        actions.set_direction(access=access_of(alice), plan=plan, direction="长" * 501, seen="")


def test_goal_takes_its_dimension_from_the_metric(
    alice: Member, bob: Member, plan: MonthPlan, access_of: AccessOf
) -> None:
    goal = actions.add_goal(
        access=access_of(alice),
        plan=plan,
        metric="pieces_article",
        targets=Targets(Decimal(20), Decimal(24)),
        label="图文",
        owner=bob,
    )
    assert (goal.dimension, goal.name, goal.owner, goal.position) == ("content", "图文", bob, 0)
    assert entries_of(goal)[0].verb == "goals.add_goal"


@pytest.mark.parametrize(
    ("metric", "targets", "sentence"),
    [
        ("new_followers", HELD, "这个月已经有「"),
        ("new_follower", HELD, "没有代码为「new_follower」的指标。是否想写：new_followers"),
        ("pieces_article", Targets(Decimal(20), Decimal(19)), "挑战目标应不低于必达目标。"),
        ("pieces_article", Targets(Decimal(-1)), "目标值不能是负数。"),
        ("readers", HELD, "「阅读人数」按人去重，每天的数不能加成一个月的数"),
    ],
)
def test_bad_goals_are_refused(
    metric: str,
    targets: Targets,
    sentence: str,
    alice: Member,
    followers: Goal,
    access_of: AccessOf,
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        actions.add_goal(
            access=access_of(alice), plan=followers.plan, metric=metric, targets=targets
        )
    assert followers.plan.goals.count() == 1


def test_goal_owner_is_one_of_the_team(
    alice: Member, plan: MonthPlan, charlie: User, access_of: AccessOf
) -> None:
    with pytest.raises(ValidationError, match="负责人要从本团队成员里选"):
        actions.add_goal(
            access=access_of(alice),
            plan=plan,
            metric="pieces_article",
            targets=Targets(Decimal(20)),
            owner=charlie.memberships.get(),
        )


def test_targets_change(alice: Member, followers: Goal, access_of: AccessOf) -> None:
    actions.set_targets(access=access_of(alice), goal=followers, targets=WANTED, seen=HELD)
    followers.refresh_from_db()
    assert Targets(followers.must, followers.stretch) == WANTED


def test_targets_somebody_changed_are_not_overwritten(
    alice: Member, followers: Goal, access_of: AccessOf
) -> None:
    stale = Targets(Decimal(10_000))
    with pytest.raises(EditConflictError) as conflict:
        actions.set_targets(access=access_of(alice), goal=followers, targets=WANTED, seen=stale)
    assert (conflict.value.current, conflict.value.wanted) == (HELD, WANTED)


def test_saving_what_is_already_there_is_no_conflict(
    alice: Member, followers: Goal, access_of: AccessOf
) -> None:
    stale = Targets(Decimal(10_000))
    saved = actions.set_targets(access=access_of(alice), goal=followers, targets=HELD, seen=stale)
    assert saved.must == 12_000
    assert not entries_of(followers).exists()


def test_label_changes_and_empties(alice: Member, followers: Goal, access_of: AccessOf) -> None:
    access = access_of(alice)
    named = actions.set_label(access=access, goal=followers, label="涨粉", seen="")
    assert named.name == "涨粉"
    assert actions.set_label(access=access, goal=followers, label="", seen="涨粉").label == ""


def test_long_label_is_refused(alice: Member, followers: Goal, access_of: AccessOf) -> None:
    with pytest.raises(ValidationError, match="最多 40 个字"):
        actions.set_label(access=access_of(alice), goal=followers, label="长" * 41, seen="")


def test_goal_is_handed_over(
    alice: Member, bob: Member, followers: Goal, access_of: AccessOf
) -> None:
    access = access_of(alice)
    assert actions.set_owner(access=access, goal=followers, owner=bob, seen=None).owner == bob
    with pytest.raises(EditConflictError):
        actions.set_owner(access=access, goal=followers, owner=alice, seen=None)


def test_removed_goal_comes_back(alice: Member, followers: Goal, access_of: AccessOf) -> None:
    access = access_of(alice)
    removed = actions.remove_goal(access=access, goal=followers)
    assert not goals_of(followers.plan).exists()
    actions.restore_goal(access=access, goal=removed)
    assert goals_of(followers.plan).get() == followers


def test_removed_goal_does_not_come_back_beside_its_twin(
    alice: Member, followers: Goal, access_of: AccessOf
) -> None:
    access = access_of(alice)
    removed = actions.remove_goal(access=access, goal=followers)
    actions.add_goal(access=access, plan=followers.plan, metric="new_followers", targets=WANTED)
    with pytest.raises(ValidationError, match="这个月已经有「"):
        actions.restore_goal(access=access, goal=removed)


def test_editing_a_removed_goal_says_so(
    alice: Member, followers: Goal, access_of: AccessOf
) -> None:
    access = access_of(alice)
    actions.remove_goal(access=access, goal=followers)
    with pytest.raises(ValidationError, match="刚被别人删除了"):
        actions.set_label(access=access, goal=followers, label="涨粉", seen="")


def test_goals_take_a_new_order(alice: Member, followers: Goal, access_of: AccessOf) -> None:
    access = access_of(alice)
    article = actions.add_goal(
        access=access, plan=followers.plan, metric="pieces_article", targets=Targets(Decimal(20))
    )
    actions.reorder_goals(access=access, plan=followers.plan, numbers=[article.pk, followers.pk])
    assert list(goals_of(followers.plan)) == [article, followers]


def test_order_that_misses_a_goal_is_refused(
    alice: Member, followers: Goal, access_of: AccessOf
) -> None:
    with pytest.raises(ValidationError, match="顺序没有保存"):
        actions.reorder_goals(access=access_of(alice), plan=followers.plan, numbers=[])


def test_finalised_plan_stands_until_taken_back(
    alice: Member, followers: Goal, access_of: AccessOf
) -> None:
    access, plan = access_of(alice), followers.plan
    actions.finalise(access=access, plan=plan)
    with pytest.raises(ValidationError, match="计划已定稿。要改请提出变更，写明原因。"):
        actions.set_targets(access=access, goal=followers, targets=WANTED, seen=HELD)
    actions.take_back(access=access, plan=plan)
    actions.set_targets(access=access, goal=followers, targets=WANTED, seen=HELD)


def test_plan_finalised_meanwhile_is_noticed(
    alice: Member, followers: Goal, access_of: AccessOf
) -> None:
    MonthPlan.objects.update(state=PlanState.LOCKED)  # while the page still shows a draft
    with pytest.raises(ValidationError, match="计划已定稿"):
        actions.remove_goal(access=access_of(alice), goal=followers)


def test_closed_month_keeps_plan_and_numbers(
    alice: Member, followers: Goal, access_of: AccessOf
) -> None:
    access, plan = access_of(alice), followers.plan
    actions.close(access=access, plan=plan)
    assert closed_months(plan.team) == {Month(2025, 5)}
    with pytest.raises(ValidationError, match="2025-05 已关账"):
        actions.add_goal(access=access, plan=plan, metric="gmv", targets=Targets(Decimal(1)))
    with pytest.raises(ValidationError, match="请先重新开账"):
        actions.take_back(access=access, plan=plan)


def test_reopened_month_takes_numbers_and_stays_finalised(
    alice: Member, plan: MonthPlan, access_of: AccessOf
) -> None:
    access = access_of(alice)
    actions.close(access=access, plan=plan)
    assert actions.reopen(access=access, plan=plan).state == PlanState.LOCKED
    assert closed_months(plan.team) == frozenset()


def test_month_that_is_open_is_not_reopened(
    alice: Member, plan: MonthPlan, access_of: AccessOf
) -> None:
    with pytest.raises(ValidationError, match="还没有关账"):
        actions.reopen(access=access_of(alice), plan=plan)


def test_finalising_twice_is_noted_once(
    alice: Member, plan: MonthPlan, access_of: AccessOf
) -> None:
    access = access_of(alice)
    actions.finalise(access=access, plan=plan)
    actions.finalise(access=access, plan=plan)
    assert entries_of(plan).count() == 1


@pytest.mark.parametrize("person", ["bob", "vera", "gus"])
def test_only_planners_change_the_plan(
    person: str, request: pytest.FixtureRequest, followers: Goal, access_of: AccessOf
) -> None:
    access = access_of(request.getfixturevalue(person))
    plan = followers.plan
    for refused in (
        lambda: actions.set_direction(access=access, plan=plan, direction="x", seen=""),
        lambda: actions.add_goal(access=access, plan=plan, metric="gmv", targets=WANTED),
        lambda: actions.set_targets(access=access, goal=followers, targets=WANTED, seen=HELD),
        lambda: actions.set_label(access=access, goal=followers, label="x", seen=""),
        lambda: actions.set_owner(access=access, goal=followers, owner=None, seen=None),
        lambda: actions.remove_goal(access=access, goal=followers),
        lambda: actions.restore_goal(access=access, goal=followers),
        lambda: actions.reorder_goals(access=access, plan=plan, numbers=[followers.pk]),
        lambda: actions.finalise(access=access, plan=plan),
        lambda: actions.take_back(access=access, plan=plan),
        lambda: actions.close(access=access, plan=plan),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_owner_of_another_team_cannot_touch_this_one(
    charlie: User, followers: Goal, access_of: AccessOf
) -> None:
    access = access_of(charlie.memberships.get())
    with pytest.raises(PermissionDenied):
        actions.set_targets(access=access, goal=followers, targets=WANTED, seen=HELD)
    with pytest.raises(PermissionDenied):
        actions.close(access=access, plan=followers.plan)
