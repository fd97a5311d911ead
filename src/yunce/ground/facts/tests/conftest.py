"""What most page tests of this app begin with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from yunce.ground.channels.models import Account
from yunce.ground.facts.access import fact_store
from yunce.ground.facts.actions import record
from yunce.ground.facts.models import Batch
from yunce.ground.facts.tests.rows import a_file, stated
from yunce.ground.teams.models import Member, Team

State = Callable[..., Batch]
RoundTrips = Callable[[Callable[[], object]], int]


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 1 June 2025."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2025, 6, 1))


@pytest.fixture
def veras(vera: Member, signed_in: Callable[[Member], Client]) -> Client:
    """A viewer: reads everything, changes nothing."""
    return signed_in(vera)


@pytest.fixture
def bobs(bob: Member, signed_in: Callable[[Member], Client]) -> Client:
    return signed_in(bob)


@pytest.fixture
def alices(alice: Member, signed_in: Callable[[Member], Client]) -> Client:
    return signed_in(alice)


@pytest.fixture
def douyin(team: Team) -> Account:
    return Account.objects.create(team=team, platform="douyin", name="运策抖音")


@pytest.fixture
def state(account: Account, bob: Member) -> State:
    """`state("likes", {1: 10, 2: 20})` brings a file of those days of May 2025 in."""

    def write(metric: str, values: dict[int, float], *, of: Account | None = None) -> Batch:
        owner = of or account
        file = a_file(owner, f"{Batch.objects.count():064d}")
        rows = stated(owner, metric, values)
        batch = record(team=owner.team, by=bob.user, source=file, rows=rows).batch
        assert batch is not None
        return batch

    return write


@pytest.fixture
def round_trips(monkeypatch: pytest.MonkeyPatch) -> RoundTrips:
    """`round_trips(lambda: …)` is how often that asks the fact store."""

    def count(work: Callable[[], object]) -> int:
        store: Any = fact_store()
        fetch, asked = store._fetch, []

        def counted(sql: str, **values: object) -> Any:
            asked.append(sql)
            return fetch(sql, **values)

        with monkeypatch.context() as watched:
            watched.setattr(store, "_fetch", counted)
            work()
        return len(asked)

    return count
