"""Cells and measures over the web: in place for htmx, as pages without it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import AccessOf
from yunce.ground.teams.models import Member
from yunce.kit.months import Month
from yunce.loop.goals.actions import finalise, open_month
from yunce.loop.goals.models import Goal
from yunce.loop.plans.models import Task
from yunce.loop.reviews.models import Improvement, Reflection

SignIn = Callable[[Member], Client]
PAGE = "/t/content/2025-05/review/"
CELL = f"{PAGE}words/user/problems/"
NEW = f"{PAGE}improvements/new/user/"
HTMX = {"HX-Request": "true"}
EMPTY = {"measure": "", "expected": "", "owner": "", "due_on": ""}


@pytest.fixture
def bobs(signed_in: SignIn, bob: Member, followers: Goal) -> Client:
    return signed_in(bob)


def test_a_cell_opens_with_what_it_holds(bobs: Client, words: Reflection) -> None:
    answer = bobs.get(CELL, headers=HTMX).content.decode()
    assert answer.startswith('<td id="problems-user"')
    assert ">推广效果不好</textarea>" in answer
    assert '<input type="hidden" name="seen" value="推广效果不好">' in answer


def test_a_saved_cell_comes_closed_with_a_way_back(bobs: Client, words: Reflection) -> None:
    sent = {"text": "落地页加载 3 秒，10% 离开", "seen": "推广效果不好"}
    answer = bobs.post(CELL, sent, headers=HTMX)
    said = answer.content.decode()
    assert (answer.status_code, answer["HX-Retarget"]) == (200, "#problems-user")
    assert said.startswith('<td id="problems-user"')
    assert "落地页加载 3 秒" in said
    assert '<input type="hidden" name="text" value="推广效果不好">' in said
    assert 'id="review-lede" hx-swap-oob="true"' in said


def test_an_undone_cell_says_so_and_offers_no_second_undo(bobs: Client, words: Reflection) -> None:
    sent = {"text": "原来的", "seen": "推广效果不好", "undo": "1"}
    said = bobs.post(CELL, sent, headers=HTMX).content.decode()
    assert "已撤销。" in said
    assert "data-undo" not in said


def test_a_conflict_shows_both_texts_and_keeps_the_typed_one(
    bobs: Client, words: Reflection
) -> None:
    answer = bobs.post(CELL, {"text": "我的", "seen": "旧的"}, headers=HTMX)
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "<q>推广效果不好</q>" in said
    assert ">我的</textarea>" in said


def test_a_conflict_names_who_wrote_last(
    signed_in: SignIn, bobs: Client, words: Reflection, alice: Member
) -> None:
    signed_in(alice).post(CELL, {"text": "组长写的", "seen": "推广效果不好"})
    said = bobs.post(CELL, {"text": "我的", "seen": "推广效果不好"}).content.decode()
    assert "李组长 在" in said
    assert "组长写的" in said


def test_too_long_words_are_kept_in_the_field(bobs: Client, words: Reflection) -> None:
    answer = bobs.post(CELL, {"text": "长" * 2001, "seen": "推广效果不好"}, headers=HTMX)
    assert answer.status_code == 422
    assert "最多 2000 个字" in answer.content.decode()
    assert "长" * 2001 in answer.content.decode()


def test_without_htmx_a_cell_is_a_page(bobs: Client, words: Reflection) -> None:
    assert "<html" in bobs.get(CELL).content.decode()
    answer = bobs.post(CELL, {"text": "新的", "seen": "推广效果不好"}, follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "已保存「用户增长」问题反思。" in answer.content.decode()


@pytest.mark.parametrize("path", ["words/magic/problems/", "words/user/magic/"])
def test_an_unknown_cell_is_not_found(bobs: Client, path: str) -> None:
    assert bobs.get(PAGE + path).status_code == 404


def test_a_month_without_a_plan_has_no_cells(bobs: Client) -> None:
    assert bobs.get(CELL.replace("2025-05", "2025-07")).status_code == 404


def test_a_measure_without_words_is_refused_by_its_field(bobs: Client) -> None:
    answer = bobs.post(NEW, EMPTY, headers=HTMX)
    assert answer.status_code == 422
    assert "请写要做什么" in answer.content.decode()
    assert "HX-Retarget" not in answer
    assert not Improvement.objects.exists()


def test_a_measure_of_a_wrong_day_is_refused_by_its_field(bobs: Client) -> None:
    answer = bobs.post(NEW, {**EMPTY, "measure": "做", "due_on": "2025-04-30"}, headers=HTMX)
    assert answer.status_code == 422
    assert "完成日期不能早于 2025/5/1。" in answer.content.decode()


def test_an_added_measure_renews_the_review(bobs: Client) -> None:
    answer = bobs.post(NEW, {**EMPTY, "measure": "改标题"}, headers=HTMX)
    said = answer.content.decode()
    assert (answer.status_code, answer["HX-Retarget"]) == (200, "#review")
    assert said.lstrip().startswith('<div id="review"')
    assert "还缺负责人 / 日期 / 预期变化" in said
    assert f'hx-post="{PAGE}improvements/{Improvement.objects.get().pk}/remove/"' in said


def test_a_measure_is_changed_with_what_was_seen(
    bobs: Client, improvement: Improvement, bob: Member
) -> None:
    address = f"{PAGE}improvements/{improvement.pk}/"
    seen = {
        "seen-measure": "裂变海报改成两版对比",
        "seen-expected": "入群转化 12% → 20%",
        "seen-owner": bob.pk,
        "seen-due_on": "2025-06-05",
    }
    assert all(f'name="{name}"' in bobs.get(address).content.decode() for name in seen)
    assert bobs.post(address, {**EMPTY, **seen, "measure": "三版对比"}).status_code == 302
    improvement.refresh_from_db()
    assert (improvement.measure, improvement.owner) == ("三版对比", None)
    late = bobs.post(address, {**EMPTY, **seen, "measure": "四版对比"})
    assert late.status_code == 409
    assert "<q>三版对比</q>" in late.content.decode()


def test_adopting_and_withdrawing_by_button(
    signed_in: SignIn, improvement: Improvement, followers: Goal, alice: Member
) -> None:
    client, one = signed_in(alice), f"{PAGE}improvements/{improvement.pk}/"
    said = client.post(f"{one}adopt/", headers=HTMX).content.decode()
    assert "已纳入 6 月计划" in said
    assert "1 / 1 已纳入" in said
    said = client.post(f"{one}withdraw/", headers=HTMX).content.decode()
    assert "0 / 1 已纳入" in said


def test_a_refused_adoption_says_why_and_changes_nothing(
    access_of: AccessOf,
    signed_in: SignIn,
    improvement: Improvement,
    followers: Goal,
    alice: Member,
) -> None:
    access = access_of(alice)
    finalise(access=access, plan=open_month(access=access, month=Month(2025, 6)))
    client = signed_in(alice)
    answer = client.post(f"{PAGE}improvements/adopt/", headers=HTMX)
    assert answer.status_code == 422
    assert "6 月计划已定稿，不能再改。请到计划页提出变更。" in answer.content.decode()
    answer = client.post(f"{PAGE}improvements/{improvement.pk}/adopt/", follow=True)
    assert "6 月计划已定稿" in answer.content.decode()
    assert not Task.objects.exists()


def test_all_measures_are_adopted_at_once(
    signed_in: SignIn, improvement: Improvement, followers: Goal, alice: Member
) -> None:
    Improvement.objects.create(plan=improvement.plan, dimension="content", measure="改标题")
    answer = signed_in(alice).post(f"{PAGE}improvements/adopt/", follow=True)
    assert "2 条改进都已纳入 6 月计划。" in answer.content.decode()
    assert Task.objects.count() == 2


def test_another_months_measure_is_not_found(
    signed_in: SignIn, improvement: Improvement, alice: Member, access_of: AccessOf
) -> None:
    open_month(access=access_of(alice), month=Month(2025, 6))
    elsewhere = f"/t/content/2025-06/review/improvements/{improvement.pk}/"
    assert signed_in(alice).get(elsewhere).status_code == 404
    assert signed_in(alice).post(f"{elsewhere}adopt/").status_code == 404
