"""Parts, curve and weight of a plan that stands: reasons, agreement, the old beside the new."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from yunce.ground.teams.models import Member, User
from yunce.loop.goals.models import (
    ChangeState,
    CurveDay,
    Goal,
    MonthPlan,
    Part,
    PartKind,
    PlanChange,
    PlanState,
)

SignedIn = Callable[[User | Member], Client]
MONTH = "/t/content/2025-05/"
REASON = {"reason": "5/20 直播改期"}


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def page(client: Client, goal: Goal) -> str:
    return client.get(f"{MONTH}targets/", {"goal": goal.pk}).content.decode()


@pytest.fixture
def each(followers: Goal) -> Part:
    """每场 3,000 of 3 场 直播拉新, and 3,000 of 社群裂变 beside it; the plan is locked."""
    live = Part.objects.create(goal=followers, name="直播拉新", kind=PartKind.PRODUCT)
    Part.objects.create(goal=followers, parent=live, name="场次", unit="场", amount=3)
    made = Part.objects.create(goal=followers, parent=live, name="每场", amount=3_000, position=1)
    Part.objects.create(goal=followers, name="社群裂变", amount=3_000, position=1)
    before = timezone.now() - timedelta(days=1)
    MonthPlan.objects.update(state=PlanState.LOCKED, approved_at=before)
    return made


def amount(client: Client, part: Part, value: str, **more: str) -> Any:
    words = {"amount": value, "seen": str(part.amount), "keep": "0", **more}
    return client.post(f"{MONTH}parts/{part.pk}/amount/", words, follow=True)


def agree(client: Client) -> Any:
    number = PlanChange.objects.latest("pk").pk
    return client.post(f"{MONTH}plan/changes/{number}/agree/", follow=True)


def test_without_a_reason_nothing_changes(
    alice: Member, each: Part, followers: Goal, signed_in: SignedIn
) -> None:
    client = signed_in(alice)
    assert 'id="split-reason"' in page(client, followers)
    assert "请写明原因" in text(amount(client, each, "3,500"))
    each.refresh_from_db()
    assert each.amount == 3_000


def test_the_other_one_agrees_and_the_old_stands_beside_the_new(
    alice: Member, olga: Member, each: Part, followers: Goal, signed_in: SignedIn
) -> None:
    told = text(amount(signed_in(alice), each, "3,500", **REASON))
    assert "已提出变更，别人同意后生效：新增粉丝 · 每场" in told
    assert "每场 3,000；拆解加总 12,000 改成" in told  # what waits stands on the page
    each.refresh_from_db()
    assert each.amount == 3_000
    agree(signed_in(olga))
    each.refresh_from_db()
    assert each.amount == 3_500
    html = page(signed_in(alice), followers)
    assert '<del class="num mut">3,000</del>' in html  # of the part itself
    assert '<del class="num mut">9,000</del>' in html  # of 直播拉新, which follows
    assert '<del class="mut">12,000</del> 13,500' in html  # of the sum
    plan = signed_in(alice).get(f"{MONTH}plan/").content.decode()
    assert '<del class="mut">9,000</del> 3 场 × 3,500' in plan


def test_versions_compare_the_parts(
    alice: Member, each: Part, followers: Goal, signed_in: SignedIn
) -> None:
    client = signed_in(alice)
    amount(client, each, "3,200", **REASON)  # alone: applied at once, a version kept
    amount(client, Part.objects.get(pk=each.pk), "3,500", **REASON)
    told = text(client.get(f"{MONTH}plan/versions/", {"old": "1", "new": "2"}))
    assert re.search(r"改\s+拆解 ?每场 计划值 3,200 3,500", told)
    assert re.search(r"改\s+拆解 ?直播拉新 计划值 9,600 10,500", told)


def test_a_part_joins_and_another_leaves(
    alice: Member, each: Part, followers: Goal, signed_in: SignedIn
) -> None:
    client = signed_in(alice)
    words = {"name": "老带新", "kind": "leaf", "amount": "800"}
    new = f"{MONTH}targets/{followers.pk}/parts/new/"
    assert client.post(new, words).status_code == 422  # no reason
    client.post(new, {**words, **REASON})
    event = Part.objects.get(name="社群裂变")
    client.post(f"{MONTH}parts/{event.pk}/remove/", REASON)
    html = page(client, followers)
    assert "定稿后加" in html
    assert "<del>社群裂变 3,000</del>" in html
    assert '<del class="mut">12,000</del> 9,800' in html
    assert PlanChange.objects.filter(state=ChangeState.APPLIED).count() == 2


def test_what_changed_since_is_not_overwritten(
    alice: Member, olga: Member, each: Part, followers: Goal, signed_in: SignedIn
) -> None:
    amount(signed_in(alice), each, "3,500", **REASON)
    Part.objects.filter(pk=each.pk).update(amount=2_000)
    assert "提出之后这里又变了" in text(agree(signed_in(olga)))
    each.refresh_from_db()
    assert each.amount == 2_000


def test_another_parts_change_in_between_is_no_conflict(
    alice: Member, olga: Member, each: Part, followers: Goal, signed_in: SignedIn
) -> None:
    amount(signed_in(alice), each, "3,500", **REASON)
    first = PlanChange.objects.get()
    event = Part.objects.get(name="社群裂变")
    amount(signed_in(alice), event, "4,000", **REASON)
    agree(signed_in(olga))
    signed_in(olga).post(f"{MONTH}plan/changes/{first.pk}/agree/")
    assert set(PlanChange.objects.values_list("state", flat=True)) == {ChangeState.APPLIED}


def test_a_second_wish_for_the_same_part_waits_for_the_first(
    alice: Member, olga: Member, each: Part, signed_in: SignedIn
) -> None:
    amount(signed_in(alice), each, "3,500", **REASON)
    assert "正等审批。请先处理那一条" in text(amount(signed_in(olga), each, "4,000", **REASON))


def test_a_curve_changes_with_a_reason(
    alice: Member, each: Part, followers: Goal, signed_in: SignedIn
) -> None:
    client = signed_in(alice)
    address = f"{MONTH}targets/{followers.pk}/curve/set/"
    assert "请写明原因" in text(client.post(address, {"day": "2025-05-10", "amount": "3000"}))
    assert not CurveDay.objects.exists()
    client.post(address, {"day": "2025-05-10", "amount": "3000", **REASON})
    assert CurveDay.objects.get().amount == Decimal(3_000)
    html = page(client, followers)
    assert '<del class="num mut">387</del>' in html  # 12,000 ÷ 31, as 5/10 was
    assert "<del>每天一样</del>" in html
    change = PlanChange.objects.get()
    assert "5/10 387" in change.was_text
    assert "5/10 3,000" in change.wanted_text


def test_weight_and_order_change_with_a_reason(
    alice: Member, each: Part, followers: Goal, signed_in: SignedIn
) -> None:
    articles = Goal.objects.create(
        plan=followers.plan, dimension="content", metric="pieces_article", must=20
    )
    client = signed_in(alice)
    client.post(f"{MONTH}targets/{followers.pk}/aim/", {"importance": "3", **REASON})
    order = f"{followers.pk},{articles.pk}"
    client.post(f"{MONTH}targets/{followers.pk}/order/", {"order": order, **REASON})
    followers.refresh_from_db()
    assert (followers.importance, followers.position) == (3, 0)
    assert "<del>一般</del>" in page(client, followers)


def test_nothing_new_is_no_change(alice: Member, each: Part, signed_in: SignedIn) -> None:
    assert "内容没有变" in text(amount(signed_in(alice), each, "3,000", **REASON))


@pytest.mark.parametrize(
    ("state", "why"), [(PlanState.CLOSED, "已关账"), (PlanState.SUBMITTED, "正在等审批")]
)
def test_closed_and_waiting_months_refuse(
    alice: Member, each: Part, signed_in: SignedIn, state: str, why: str
) -> None:
    MonthPlan.objects.update(state=state)
    assert why in text(amount(signed_in(alice), each, "3,500", **REASON))
    each.refresh_from_db()
    assert each.amount == 3_000


def test_a_member_cannot(bob: Member, each: Part, signed_in: SignedIn) -> None:
    assert amount(signed_in(bob), each, "3,500", **REASON).status_code == 403
