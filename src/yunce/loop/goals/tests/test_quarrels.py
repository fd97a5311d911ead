"""Two people change one number of a split: both values, whose and when, and a choice."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from yunce.ground.teams.models import Member, User
from yunce.loop.goals.models import CurveDay, Goal, Part

SignedIn = Callable[[User | Member], Client]
MONTH = "/t/content/2025-05/"


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def mine_after_all(response: Any) -> dict[str, str]:
    """What the page's 用我的 sends."""
    form = response.content.decode().partition('class="msg warn2')[2].partition("</form>")[0]
    pairs = re.findall(r'name="(\w+)" value="([^"]*)"', form)
    return {name: value for name, value in pairs if name != "csrfmiddlewaretoken"}


@pytest.fixture
def live(followers: Goal) -> Part:
    return Part.objects.create(goal=followers, name="直播拉新", amount=9_000)


def test_a_parts_number(alice: Member, olga: Member, live: Part, signed_in: SignedIn) -> None:
    address = f"{MONTH}parts/{live.pk}/amount/"
    seen = {"seen": "9000", "keep": "0"}
    signed_in(olga).post(address, {"amount": "9,500", **seen})
    answer = signed_in(alice).post(address, {"amount": "8,000", **seen})
    assert answer.status_code == 409
    said = text(answer)
    assert re.search(r"欧管理 \d\d:\d\d 已把「直播拉新」改成 9,500", said)
    assert "你的 8,000 还没有保存。" in said
    live.refresh_from_db()
    assert live.amount == 9_500
    signed_in(alice).post(address, mine_after_all(answer))
    live.refresh_from_db()
    assert live.amount == 8_000


def test_a_day_of_the_curve(
    alice: Member, olga: Member, followers: Goal, signed_in: SignedIn
) -> None:
    address = f"{MONTH}targets/{followers.pk}/curve/set/"
    seen = {"day": "2025-05-10", "seen": "387"}  # 12,000 ÷ 31
    signed_in(olga).post(address, {"amount": "3000", **seen})
    answer = signed_in(alice).post(address, {"amount": "2000", **seen})
    assert answer.status_code == 409
    assert re.search(r"欧管理 \d\d:\d\d 已把「2025-05-10」改成 3,000", text(answer))
    assert CurveDay.objects.get().amount == Decimal(3_000)
    signed_in(alice).post(address, mine_after_all(answer))
    assert CurveDay.objects.get().amount == Decimal(2_000)


def test_a_baseline(alice: Member, olga: Member, followers: Goal, signed_in: SignedIn) -> None:
    address = f"{MONTH}targets/{followers.pk}/aim/"
    signed_in(olga).post(address, {"baseline": "9000", "seen": ""})
    answer = signed_in(alice).post(address, {"baseline": "8000", "seen": ""})
    assert answer.status_code == 409
    assert re.search(r"欧管理 \d\d:\d\d 已把「基线」改成 9,000", text(answer))
    signed_in(alice).post(address, mine_after_all(answer))
    followers.refresh_from_db()
    assert followers.baseline == Decimal(8_000)


def test_what_is_said_of_a_part(
    alice: Member, olga: Member, live: Part, signed_in: SignedIn
) -> None:
    address = f"{MONTH}parts/{live.pk}/"
    page = signed_in(alice).get(address).content.decode()
    held = re.search(r'name="seen" value="([^"]*)"', page)
    assert held is not None
    seen = held[1].replace("&quot;", '"')
    assert json.loads(seen)["name"] == "直播拉新"
    words = {"kind": "leaf", "amount": "9000"}
    signed_in(olga).post(address, {**words, "name": "视频直播", "seen": seen})
    answer = signed_in(alice).post(address, {**words, "name": "直播", "seen": seen})
    assert answer.status_code == 422
    assert re.search(r"欧管理 \d\d:\d\d 刚改过它：名称 视频直播（你的 直播）", text(answer))
    live.refresh_from_db()
    assert live.name == "视频直播"
    newer = re.search(r'name="seen" value="([^"]*)"', answer.content.decode())
    assert newer is not None
    mine = {**words, "name": "直播", "seen": newer[1].replace("&quot;", '"')}
    signed_in(alice).post(address, mine)
    live.refresh_from_db()
    assert live.name == "直播"


def test_the_same_value_is_no_quarrel(
    alice: Member, olga: Member, live: Part, signed_in: SignedIn
) -> None:
    address = f"{MONTH}parts/{live.pk}/amount/"
    values = {"amount": "9,500", "seen": "9000", "keep": "0"}
    signed_in(olga).post(address, values)
    assert signed_in(alice).post(address, values).status_code == 302
