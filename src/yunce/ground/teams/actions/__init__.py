"""What people do with teams: everything that writes."""

from __future__ import annotations

from yunce.ground.teams.actions._links import make_sign_in_link
from yunce.ground.teams.actions._teams import create_team, make_first_owner
from yunce.ground.teams.actions._tokens import create_api_token, revoke_api_token
from yunce.ground.teams.rules import hash_token

__all__ = [
    "create_api_token",
    "create_team",
    "hash_token",
    "make_first_owner",
    "make_sign_in_link",
    "revoke_api_token",
]
