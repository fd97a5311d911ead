from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.test import Client

from yunce.ground.teams.actions import remove_member
from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import Access
from yunce.kit.months import Month
from yunce.loop.goals.actions import Targets, add_goal, open_month

MONTH = "/t/content/2025-05/"
SignedIn = Callable[[Any], Client]
MAKING = "yunce.outputs.dashboards.views.month_page"


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture
def client(alice: Member, signed_in: SignedIn) -> Client:
    """Alice, who has been here before: her browser holds the CSRF cookie."""
    client = signed_in(alice)
    client.get(MONTH)
    return client


def access(member: Member) -> Access:
    return Access(team=member.team, member=member, user=member.user)


def test_a_second_look_is_not_made_again(client: Client) -> None:
    first = client.get(MONTH)
    with patch(MAKING) as making:
        assert client.get(MONTH).content == first.content
    making.assert_not_called()


def test_a_write_by_anybody_makes_the_page_anew(client: Client, alice: Member) -> None:
    client.get(MONTH)
    plan = open_month(access=access(alice), month=Month(2025, 5))
    add_goal(access=access(alice), plan=plan, metric="new_followers", targets=Targets(Decimal(100)))
    assert "新增粉丝" in client.get(MONTH).content.decode()


def test_who_left_the_team_is_refused_at_once(client: Client, alice: Member, olga: Member) -> None:
    client.get(MONTH)
    remove_member(access=access(olga), member=alice)
    assert client.get(MONTH).status_code == 404


def test_another_address_is_another_page(client: Client) -> None:
    client.get(MONTH)
    with patch(MAKING) as making:
        making.side_effect = RuntimeError("made")
        with pytest.raises(RuntimeError, match="made"):
            client.get(f"{MONTH}?day=2025-05-10")


def test_pages_are_not_shared_between_people(
    client: Client, bob: Member, signed_in: SignedIn
) -> None:
    client.get(MONTH)
    other = signed_in(bob)
    other.get(MONTH)
    assert "王文案" in other.get(MONTH).content.decode()
