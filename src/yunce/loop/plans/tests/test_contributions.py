"""任务怎样帮到指标: sums against must and stretch, worked out by hand; who may write."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.test import Client

from yunce.ground.teams.models import Member, User
from yunce.loop.goals.models import Goal
from yunce.loop.plans.contributions import contributions_of
from yunce.loop.plans.models import Contribution, Task

SignedIn = Callable[[User | Member], Client]
PAGE = "/t/content/2025-05/contributions/"


def test_gap_is_what_tasks_do_not_bring(
    alice: Member, followers: Goal, livestreams: Task, signed_in: SignedIn
) -> None:
    Contribution.objects.create(task=livestreams, goal=followers, amount=9_000)
    said = signed_in(alice).get(PAGE).content.decode()
    assert "9,000" in said
    assert "缺口 3,000" in said  # 12,000 − 9,000


def test_two_tasks_add_up(followers: Goal, livestreams: Task) -> None:
    fission = Task.objects.create(
        plan=followers.plan, goal=followers, dimension="user", title="2 次裂变"
    )
    Contribution.objects.create(task=livestreams, goal=followers, amount=9_000)
    Contribution.objects.create(task=fission, goal=followers, amount=3_000)
    (column,) = contributions_of(followers.plan).columns
    assert (column.total, column.word) == (Decimal(12_000), "吻合")


def test_points_of_a_rate_stand_on_the_baseline(followers: Goal, livestreams: Task) -> None:
    rate = Goal.objects.create(
        plan=followers.plan,
        dimension="interaction",
        metric="interaction_rate_reads",
        must=Decimal("0.15"),
        baseline=Decimal("0.10"),
        position=2,
    )
    Contribution.objects.create(task=livestreams, goal=rate, amount=Decimal("0.03"))
    column = contributions_of(followers.plan).columns[-1]
    assert column.must.gap == Decimal("0.02")  # 10 % + 3 points = 13 %, 2 short of 15 %


def test_member_writes_a_cell(bob: Member, livestreams: Task, signed_in: SignedIn) -> None:
    words = {"task": livestreams.pk, "goal": livestreams.goal_id, "amount": "9,000"}
    assert signed_in(bob).post(PAGE, words).status_code == 302
    assert Contribution.objects.get().amount == 9_000


def test_viewer_and_stranger_cannot_write(
    vera: Member, charlie: User, livestreams: Task, signed_in: SignedIn
) -> None:
    words = {"task": livestreams.pk, "goal": livestreams.goal_id, "amount": "9,000"}
    assert signed_in(vera).post(PAGE, words).status_code == 403
    assert signed_in(charlie).post(PAGE, words).status_code == 404
    assert not Contribution.objects.exists()


def test_words_instead_of_a_number_are_refused(
    bob: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    words = {"task": livestreams.pk, "goal": livestreams.goal_id, "amount": "很多"}
    answer = signed_in(bob).post(PAGE, words)
    assert answer.status_code == 422
    assert "看不懂「很多」" in answer.content.decode()


def test_many_tasks_ask_no_more_than_one(
    alice: Member,
    livestreams: Task,
    signed_in: SignedIn,
    django_assert_max_num_queries: Any,
    django_assert_num_queries: Any,
) -> None:
    client = signed_in(alice)
    with django_assert_max_num_queries(24) as few:
        client.get(PAGE)
    for number in range(20):
        Task.objects.create(plan=livestreams.plan, dimension="user", title=f"任务 {number}")
    with django_assert_num_queries(len(few)):
        client.get(PAGE)


def test_two_expectations_are_both_shown(
    alice: Member, bob: Member, livestreams: Task, followers: Goal, signed_in: SignedIn
) -> None:
    values = {"task": livestreams.pk, "goal": followers.pk, "seen": ""}
    signed_in(bob).post(PAGE, {**values, "amount": "9000"})
    answer = signed_in(alice).post(PAGE, {**values, "amount": "8000"})
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "王文案" in said
    assert "已把「3 场视频直播 → 新增粉丝」改成 9,000" in said
    assert "你的 8,000 还没有保存。" in said
    page = f"/t/content/2025-05/tasks/{livestreams.pk}/"
    again = {"goal": followers.pk, "amount": "8000", "seen": ""}
    assert signed_in(alice).post(f"{page}contribution/", again).status_code == 409
    signed_in(alice).post(PAGE, {**values, "amount": "8000", "seen": "9,000"})
    assert Contribution.objects.get().amount == 8_000
