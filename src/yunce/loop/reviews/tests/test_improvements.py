"""Measures: added, changed, removed, brought back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.cast import AccessOf
from yunce.ground.journal.queries import entries_of
from yunce.ground.teams.models import Member, User
from yunce.loop.goals.actions import EditConflictError, close
from yunce.loop.goals.models import MonthPlan
from yunce.loop.reviews.actions import (
    Measure,
    add_improvement,
    adopt,
    change_improvement,
    measure_of,
    remove_improvement,
    restore_improvement,
)
from yunce.loop.reviews.models import Improvement
from yunce.loop.reviews.queries import improvements_of


def test_a_member_adds_a_measure(access_of: AccessOf, plan: MonthPlan, bob: Member) -> None:
    words = Measure(" 压缩落地页图片 ", "加载 ≤ 2 秒", bob, date(2025, 6, 15))
    added = add_improvement(access=access_of(bob), plan=plan, dimension="conversion", words=words)
    assert measure_of(added) == Measure("压缩落地页图片", "加载 ≤ 2 秒", bob, date(2025, 6, 15))
    assert entries_of(added).get().verb == "reviews.add_improvement"


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (Measure("  "), "measure"),
        (Measure("长" * 201), "measure"),
        (Measure("做", expected="长" * 201), "expected"),
        (Measure("做", due_on=date(2025, 4, 30)), "due_on"),
    ],
)
def test_a_bad_measure_is_refused_by_field(
    access_of: AccessOf, plan: MonthPlan, bob: Member, words: Measure, field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        add_improvement(access=access_of(bob), plan=plan, dimension="user", words=words)
    assert [*refused.value.message_dict] == [field]
    assert not Improvement.objects.exists()


def test_an_owner_of_another_team_is_refused(
    access_of: AccessOf, plan: MonthPlan, bob: Member, charlie: User
) -> None:
    outsider = Member.objects.get(user=charlie)
    with pytest.raises(ValidationError, match="本团队成员"):
        add_improvement(
            access=access_of(bob), plan=plan, dimension="user", words=Measure("做", owner=outsider)
        )


def test_a_measure_is_changed(
    access_of: AccessOf, improvement: Improvement, bob: Member, alice: Member
) -> None:
    held = measure_of(improvement)
    changed = change_improvement(
        access=access_of(bob),
        improvement=improvement,
        words=replace(held, owner=alice),
        seen=held,
    )
    assert changed.owner == alice
    assert entries_of(changed).get().changes == {"owner": ["文案专员", "运营组长"]}


def test_a_measure_changed_meanwhile_is_not_overwritten(
    access_of: AccessOf, improvement: Improvement, bob: Member
) -> None:
    with pytest.raises(EditConflictError) as conflict:
        change_improvement(
            access=access_of(bob),
            improvement=improvement,
            words=Measure("我的"),
            seen=Measure("旧的"),
        )
    assert conflict.value.current == measure_of(improvement)
    assert conflict.value.wanted == Measure("我的")


def test_a_removed_measure_comes_back(
    access_of: AccessOf, improvement: Improvement, bob: Member
) -> None:
    access = access_of(bob)
    remove_improvement(access=access, improvement=improvement)
    assert not improvements_of(improvement.plan).exists()
    restore_improvement(access=access, improvement=improvement)
    restore_improvement(access=access, improvement=improvement)
    assert improvements_of(improvement.plan).get() == improvement
    verbs = [entry.verb for entry in entries_of(improvement)]
    assert verbs == ["reviews.restore_improvement", "reviews.remove_improvement"]


def test_a_measure_removed_meanwhile_is_not_changed(
    access_of: AccessOf, improvement: Improvement, bob: Member
) -> None:
    access, held = access_of(bob), measure_of(improvement)
    remove_improvement(access=access, improvement=improvement)
    with pytest.raises(ValidationError, match="刚被别人删除"):
        change_improvement(access=access, improvement=improvement, words=Measure("新的"), seen=held)


def test_an_adopted_measure_is_neither_changed_nor_removed(
    access_of: AccessOf, improvement: Improvement, alice: Member
) -> None:
    access, held = access_of(alice), measure_of(improvement)
    adopt(access=access, improvement=improvement)
    with pytest.raises(ValidationError, match="已纳入 6 月计划"):
        remove_improvement(access=access, improvement=improvement)
    with pytest.raises(ValidationError, match="已纳入 6 月计划"):
        change_improvement(access=access, improvement=improvement, words=Measure("新的"), seen=held)


def test_a_closed_month_takes_no_measures(
    access_of: AccessOf, plan: MonthPlan, alice: Member
) -> None:
    access = access_of(alice)
    close(access=access, plan=plan)
    with pytest.raises(ValidationError, match="已关账"):
        add_improvement(access=access, plan=plan, dimension="user", words=Measure("做"))
