"""What most tests of this app begin with."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from yunce.ground.channels.models import Account
from yunce.ground.imports.actions import receive
from yunce.ground.imports.models import Upload
from yunce.ground.imports.tests.files import csv, note, notes
from yunce.ground.teams.models import Member, Team
from yunce.ground.teams.queries import Access


@pytest.fixture
def access(team: Team, bob: Member) -> Access:
    return Access(team=team, member=bob, user=bob.user)


@pytest.fixture
def douyin(team: Team) -> Account:
    return Account.objects.create(team=team, platform="douyin", name="运策抖音")


@pytest.fixture
def bobs(bob: Member, signed_in: Callable[[Member], Client]) -> Client:
    return signed_in(bob)


@pytest.fixture
def two_notes(access: Access) -> Upload:
    """Two notes of 小红书, waiting."""
    content = notes(note("一", 3, views=1000), note("二", 4, views=500))
    return receive(access=access, file=content, name="笔记列表明细表.xlsx")


@pytest.fixture
def unknown(access: Access) -> Upload:
    """A table of the team's own, waiting."""
    content = csv("周会数据", "统计日,新粉,打开率", "2025-05-01,12,12%", "2025-05-02,15,13.5%")
    return receive(access=access, file=content, name="周会数据.csv")
