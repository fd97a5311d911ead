"""The people and the team every test may ask for by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from yunce.ground.channels.models import Account
from yunce.ground.facts.access import close_store
from yunce.ground.teams.models import Member, Team, User
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Role
from yunce.loop.goals.models import MonthPlan

AccessOf = Callable[[Member], Access]
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _fresh_fact_store(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Every test has its own empty fact store (opened only if used) and its own data folder."""
    settings.YUNCE_FACTS_URL = "duckdb:///:memory:"
    settings.YUNCE_DATA = tmp_path / "data"
    close_store()
    yield
    close_store()


def _person(username: str, name: str) -> User:
    return User.objects.create_user(username=username, name=name, password=PASSWORD)


@pytest.fixture
def team(db: None) -> Team:
    return Team.objects.create(name="内容电商组", slug="content")


@pytest.fixture
def olga(team: Team) -> Member:
    return Member.objects.create(team=team, user=_person("olga", "欧管理"), role=Role.OWNER)


@pytest.fixture
def alice(team: Team) -> Member:
    user = _person("alice", "李组长")
    return Member.objects.create(team=team, user=user, role=Role.LEAD, position="运营组长")


@pytest.fixture
def bob(team: Team) -> Member:
    user = _person("bob", "王文案")
    return Member.objects.create(team=team, user=user, role=Role.MEMBER, position="文案专员")


@pytest.fixture
def vera(team: Team) -> Member:
    return Member.objects.create(team=team, user=_person("vera", "魏总"), role=Role.VIEWER)


@pytest.fixture
def gus(team: Team) -> Member:
    return Member.objects.create(team=team, user=_person("gus", "顾设计"), role=Role.GUEST)


@pytest.fixture
def charlie(db: None) -> User:
    """A stranger, with a team of his own."""
    user = _person("charlie", "陈生人")
    other = Team.objects.create(name="别的团队", slug="other")
    Member.objects.create(team=other, user=user, role=Role.OWNER)
    return user


@pytest.fixture
def account(team: Team, bob: Member) -> Account:
    return Account.objects.create(team=team, platform="xiaohongshu", name="运策小红书", owner=bob)


@pytest.fixture
def signed_in() -> Callable[[User | Member], Client]:
    """`signed_in(alice)` is a test client with her session."""

    def sign_in(person: User | Member) -> Client:
        client = Client()
        client.force_login(
            person.user if isinstance(person, Member) else person,
            backend="django.contrib.auth.backends.ModelBackend",
        )
        return client

    return sign_in


@pytest.fixture
def access_of() -> AccessOf:
    """`access_of(alice)` is what her requests carry."""
    return lambda member: Access(team=member.team, member=member, user=member.user)


@pytest.fixture
def plan(team: Team) -> MonthPlan:
    """May 2025, still a draft."""
    return MonthPlan.objects.create(team=team, month_start=date(2025, 5, 1))
