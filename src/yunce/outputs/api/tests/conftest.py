"""A program with a person's token."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from django.test import Client

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import Source, record
from yunce.ground.facts.models import Batch, BatchKind
from yunce.ground.teams.actions import create_api_token
from yunce.ground.teams.models import Member, User


@pytest.fixture
def program() -> Callable[[User | Member], Client]:
    """`program(alice)` asks the API with her token."""

    def with_token(person: User | Member) -> Client:
        user: Any = person.user if isinstance(person, Member) else person
        _token, plain = create_api_token(user, "测试")
        return Client(headers={"Authorization": f"Bearer {plain}"})

    return with_token


@pytest.fixture
def told(account: Account, bob: Member) -> Callable[..., Batch]:
    """`told("likes", {1: 10, 2: 20})`: a file of Bob's says so of those days of May 2025."""

    def write(metric: str, values: Mapping[int, float], *, sha256: str = "a" * 64) -> Batch:
        rows = [
            FactRow(account.team_id, account.pk, 0, metric, date(2025, 5, day), "", value)
            for day, value in values.items()
        ]
        source = Source(
            kind=BatchKind.FILE, account=account, file_name="日报.xlsx", file_sha256=sha256
        )
        batch = record(team=account.team, by=bob.user, source=source, rows=rows).batch
        assert batch is not None
        return batch

    return write
