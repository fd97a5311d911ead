"""The request of a program, and how its bearer token is recognised."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.security import HttpBearer

from yunce.ground.teams.models import User
from yunce.ground.teams.queries import user_for_token


class SignedInRequest(HttpRequest):
    """A request whose bearer token was recognised."""

    auth: User


class BearerToken(HttpBearer):
    """`Authorization: Bearer yunce_…`; tokens are made on the page 我的."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        return user_for_token(token)
