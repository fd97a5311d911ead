"""Writing the cells of the summary."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.cast import AccessOf
from yunce.ground.journal.queries import entries_of
from yunce.ground.teams.models import Member
from yunce.loop.goals.actions import EditConflictError, close, finalise
from yunce.loop.goals.models import MonthPlan
from yunce.loop.reviews.actions import WordField, write_words
from yunce.loop.reviews.models import Reflection

PROBLEMS = WordField.PROBLEMS


def test_a_member_writes_words(access_of: AccessOf, plan: MonthPlan, bob: Member) -> None:
    text = " 落地页加载 3 秒 \r\n二行 "
    written = write_words(
        access=access_of(bob), plan=plan, dimension="user", field=PROBLEMS, text=text, seen=""
    )
    assert written.problems == "落地页加载 3 秒\n二行"
    entry = entries_of(written).get()
    assert (entry.verb, entry.actor_name) == ("reviews.write_words", "王文案")
    assert entry.changes == {"problems": ["", "落地页加载 3 秒\n二行"]}


def test_a_second_writer_gets_both_texts_and_nothing_is_overwritten(
    access_of: AccessOf, words: Reflection, bob: Member
) -> None:
    with pytest.raises(EditConflictError) as conflict:
        write_words(
            access=access_of(bob),
            plan=words.plan,
            dimension="user",
            field=PROBLEMS,
            text="我的",
            seen="旧的",
        )
    assert (conflict.value.current, conflict.value.wanted) == ("推广效果不好", "我的")
    words.refresh_from_db()
    assert words.problems == "推广效果不好"


def test_the_same_words_again_are_no_conflict_and_no_entry(
    access_of: AccessOf, words: Reflection, bob: Member
) -> None:
    write_words(
        access=access_of(bob),
        plan=words.plan,
        dimension="user",
        field=PROBLEMS,
        text="推广效果不好",
        seen="旧的",
    )
    assert not entries_of(words).exists()


def test_seen_is_compared_as_browsers_send_it(
    access_of: AccessOf, words: Reflection, bob: Member
) -> None:
    words.problems = "一行\n二行"
    words.save()
    written = write_words(
        access=access_of(bob),
        plan=words.plan,
        dimension="user",
        field=PROBLEMS,
        text="三行",
        seen="一行\r\n二行",
    )
    assert written.problems == "三行"


def test_a_finalised_plan_is_reviewed_and_a_closed_month_is_not(
    access_of: AccessOf, plan: MonthPlan, alice: Member
) -> None:
    access = access_of(alice)
    finalise(access=access, plan=plan)
    write_words(access=access, plan=plan, dimension="user", field=PROBLEMS, text="甲", seen="")
    close(access=access, plan=plan)
    with pytest.raises(ValidationError, match="已关账"):
        write_words(
            access=access, plan=plan, dimension="user", field=PROBLEMS, text="乙", seen="甲"
        )
    assert Reflection.objects.get().problems == "甲"


def test_too_many_words_are_refused_with_their_number(
    access_of: AccessOf, plan: MonthPlan, bob: Member
) -> None:
    with pytest.raises(ValidationError, match="最多 2000 个字，现在有 2001 个"):
        write_words(
            access=access_of(bob),
            plan=plan,
            dimension="user",
            field=PROBLEMS,
            text="长" * 2001,
            seen="",
        )
    assert not Reflection.objects.exists()


def test_a_viewer_writes_nothing(access_of: AccessOf, plan: MonthPlan, vera: Member) -> None:
    with pytest.raises(PermissionDenied):
        write_words(
            access=access_of(vera), plan=plan, dimension="user", field=PROBLEMS, text="x", seen=""
        )


def test_an_unknown_dimension_is_refused(access_of: AccessOf, plan: MonthPlan, bob: Member) -> None:
    with pytest.raises(ValidationError, match="目标维度"):
        write_words(
            access=access_of(bob), plan=plan, dimension="magic", field=PROBLEMS, text="x", seen=""
        )
