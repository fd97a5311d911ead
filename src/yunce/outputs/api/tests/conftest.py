"""A program with a person's token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

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
