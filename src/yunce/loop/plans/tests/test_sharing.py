"""Share links: what another department sees of a plan, what it never sees, and until when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from tests.cast import AccessOf
from yunce.ground.journal.models import Entry
from yunce.ground.journal.queries import recent_lines
from yunce.ground.teams.models import Member, User
from yunce.loop.goals.models import Goal, MonthPlan, PlanChange
from yunce.loop.plans.actions import renew_share, revoke_share, share_plan
from yunce.loop.plans.models import Share, SharedColumn, Task

SignIn = Callable[[Member | User], Client]
PAGE = "/t/content/2025-05/plan/addresses/"
SECRETS = {  # by column: a text that stands nowhere else
    "goals": "12,345 人",
    "dimension": "用户增长",
    "metric": "新增粉丝",
    "title": "三场直播",
    "owners": "文案专员",
    "nodes": "5/17",
    "standard": "观看两千",
    "note": "预算六千",
}


@pytest.fixture
def task(plan: MonthPlan, bob: Member) -> Task:
    goal = Goal.objects.create(
        plan=plan, dimension="user", metric="new_followers", must=Decimal(12_345)
    )
    task = Task.objects.create(
        plan=plan,
        goal=goal,
        dimension="user",
        title="三场直播",
        nodes=["2025-05-17"],
        standard="观看两千",
        note="预算六千",
    )
    task.owners.set([bob])
    return task


def made(
    access_of: AccessOf, member: Member, plan: MonthPlan, *columns: str, days: int = 30
) -> tuple[Share, str]:
    share, token = share_plan(
        access=access_of(member), plan=plan, recipient="设计部", columns=columns, days=days
    )
    return share, f"/shared/{token}/"


def body(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("column", SharedColumn.values)
def test_a_guest_sees_the_chosen_column_and_no_text_of_another(
    access_of: AccessOf, alice: Member, plan: MonthPlan, task: Task, column: str
) -> None:
    page = body(made(access_of, alice, plan, column)[1])
    seen = {name for name, text in SECRETS.items() if text in page}
    # The metric's cell names its target, and the list of goals its metric.
    due = {"goals": {"goals", "metric"}, "metric": {"goals", "metric"}}.get(column, {column})
    assert seen == due


def test_all_columns_show_the_table_everybody_knows(
    access_of: AccessOf, alice: Member, plan: MonthPlan, task: Task
) -> None:
    page = body(made(access_of, alice, plan, *SharedColumn.values)[1])
    assert [name for name, text in SECRETS.items() if text not in page] == []


def test_without_a_tasks_column_every_goal_stands_once(
    access_of: AccessOf, alice: Member, plan: MonthPlan, task: Task
) -> None:
    Task.objects.create(plan=plan, goal=task.goal, dimension="user", title="海报")
    page = body(made(access_of, alice, plan, "dimension", "metric")[1])
    assert page.count("新增粉丝 12,345 人") == 1
    assert "rowspan" not in page.replace('rowspan="1"', "")


def test_what_was_changed_after_the_lock_is_struck_through(
    access_of: AccessOf, alice: Member, plan: MonthPlan, task: Task
) -> None:
    MonthPlan.objects.update(state="locked")
    changes: tuple[tuple[str, int | None, str, str, dict[str, str]], ...] = (
        ("task", task.pk, "nodes", "5/12", {}),
        ("goal", task.goal_id, "targets", "10,000", {"must": "10,000", "stretch": ""}),
    )
    for kind, subject, field, was_text, was in changes:
        PlanChange.objects.create(
            plan=plan,
            verb="edit",
            kind=kind,
            subject=subject,
            field=field,
            was=was,
            was_text=was_text,
            reason="改期",
            state="applied",
            decided_at=datetime(2025, 5, 6, tzinfo=UTC),
        )
    page = body(made(access_of, alice, plan, "metric", "title", "nodes")[1])
    assert "<del>5/12</del>5/17" in page
    assert "<del>10,000 人</del>新增粉丝 12,345 人" in page
    hidden = body(made(access_of, alice, plan, "title")[1])
    assert "5/12" not in hidden
    assert "10,000" not in hidden


def test_nobody_keeps_or_finds_the_page(
    access_of: AccessOf, alice: Member, plan: MonthPlan, task: Task
) -> None:
    answer = Client().get(made(access_of, alice, plan, "title")[1])
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["X-Robots-Tag"].startswith("noindex")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies
    assert "csrf" not in answer.content.decode().lower()


def test_expired_revoked_and_unknown_answer_alike(
    access_of: AccessOf, alice: Member, plan: MonthPlan, task: Task
) -> None:
    old, expired = made(access_of, alice, plan, "title")
    Share.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    ended, revoked = made(access_of, alice, plan, "title")
    revoke_share(access=access_of(alice), share=ended)
    answers = [Client().get(each) for each in (expired, revoked, "/shared/no-such-token/")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert "链接已失效" in answers[0].content.decode()
    assert answers[0]["Cache-Control"] == "no-store, private"


def test_a_new_address_kills_the_old_one(
    access_of: AccessOf, alice: Member, plan: MonthPlan, task: Task
) -> None:
    share, old = made(access_of, alice, plan, "title")
    token = renew_share(access=access_of(alice), share=share)
    assert Client().get(old).status_code == 404
    assert "三场直播" in body(f"/shared/{token}/")


def test_what_is_over_gets_no_new_address(
    access_of: AccessOf, alice: Member, plan: MonthPlan
) -> None:
    share, _address = made(access_of, alice, plan, "title")
    revoke_share(access=access_of(alice), share=share)
    with pytest.raises(ValidationError, match="已经停用或到期"):
        renew_share(access=access_of(alice), share=share)


def test_a_link_outlives_its_maker(
    access_of: AccessOf, alice: Member, plan: MonthPlan, task: Task
) -> None:
    _share, address = made(access_of, alice, plan, "title")
    Member.objects.filter(pk=alice.pk).update(left_at=timezone.now())
    assert "三场直播" in body(address)


def test_openings_are_counted(access_of: AccessOf, alice: Member, plan: MonthPlan) -> None:
    share, address = made(access_of, alice, plan, "title")
    Client().get(address)
    Client().get(address)
    share.refresh_from_db()
    assert share.opened == 2
    assert share.used_at is not None


def test_the_address_is_kept_as_a_hash_and_the_journal_says_what_is_shown(
    access_of: AccessOf, alice: Member, plan: MonthPlan
) -> None:
    _share, address = made(access_of, alice, plan, "title", "nodes")
    token = address.split("/")[2]
    assert token not in str(Share.objects.values().get())
    assert token not in str(list(Entry.objects.values()))
    [line] = recent_lines(plan.team_id)
    assert (line.what, line.subject) == ("把计划分享给了其他部门", "设计部")
    assert line.changes == ("列：空 → 核心任务、时间节点",)


def test_only_who_plans_may_share(access_of: AccessOf, plan: MonthPlan, bob: Member) -> None:
    with pytest.raises(PermissionDenied):
        made(access_of, bob, plan, "title")


def test_what_is_missing_is_said_together(
    access_of: AccessOf, alice: Member, plan: MonthPlan
) -> None:
    with pytest.raises(ValidationError) as refused:
        share_plan(access=access_of(alice), plan=plan, recipient=" ", columns=(), days=365)
    assert set(refused.value.message_dict) == {"recipient", "columns", "days"}
    assert not Share.objects.exists()


def test_an_unknown_column_is_refused(access_of: AccessOf, alice: Member, plan: MonthPlan) -> None:
    with pytest.raises(ValidationError, match="没有这一列：salary"):
        made(access_of, alice, plan, "title", "salary")


def test_the_page_shows_the_link_once(signed_in: SignIn, plan: MonthPlan, alice: Member) -> None:
    client = signed_in(alice)
    sent: dict[str, Any] = {"recipient": "设计部", "days": "30", "columns": ["title", "nodes"]}
    answer = client.post(f"{PAGE}shares/", sent)
    assert answer.status_code == 200
    assert "/shared/" in answer.content.decode()
    assert "对方能看到：核心任务、时间节点。" in answer.content.decode()
    again = client.get(PAGE).content.decode()
    assert "/shared/" not in again
    assert "设计部" in again


def test_a_form_that_is_wrong_keeps_what_was_typed(
    signed_in: SignIn, plan: MonthPlan, alice: Member
) -> None:
    answer = signed_in(alice).post(f"{PAGE}shares/", {"recipient": "设计部", "days": "30"})
    assert answer.status_code == 422
    assert "至少选一列给对方看。" in answer.content.decode()
    assert 'value="设计部"' in answer.content.decode()


def test_a_member_sees_the_feeds_but_not_the_links(
    access_of: AccessOf, signed_in: SignIn, plan: MonthPlan, alice: Member, bob: Member
) -> None:
    made(access_of, alice, plan, "title")
    page = signed_in(bob).get(PAGE).content.decode()
    assert "日历订阅" in page
    assert "设计部" not in page


def test_more_lines_ask_the_database_no_more(
    access_of: AccessOf,
    alice: Member,
    plan: MonthPlan,
    task: Task,
    django_assert_max_num_queries: Any,
) -> None:
    _share, address = made(access_of, alice, plan, *SharedColumn.values)
    with django_assert_max_num_queries(20) as few:
        body(address)
    for number in range(10):
        other = Task.objects.create(plan=plan, goal=task.goal, dimension="user", title=str(number))
        other.owners.set([alice])
    with django_assert_max_num_queries(len(few.captured_queries)):
        body(address)
