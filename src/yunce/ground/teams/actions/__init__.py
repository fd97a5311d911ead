"""What people do with teams: everything that writes."""

from __future__ import annotations

from yunce.ground.teams.actions._invitations import (
    invite,
    join_as_new_person,
    join_team,
    revoke_invitation,
)
from yunce.ground.teams.actions._links import SpentLinkError, make_sign_in_link, use_sign_in_link
from yunce.ground.teams.actions._members import change_member, remove_member
from yunce.ground.teams.actions._person import change_name, change_password
from yunce.ground.teams.actions._teams import (
    create_team,
    make_first_owner,
    remove_team,
    rename_team,
)
from yunce.ground.teams.actions._tokens import create_api_token, revoke_api_token
from yunce.ground.teams.rules import hash_token

__all__ = [
    "SpentLinkError",
    "change_member",
    "change_name",
    "change_password",
    "create_api_token",
    "create_team",
    "hash_token",
    "invite",
    "join_as_new_person",
    "join_team",
    "make_first_owner",
    "make_sign_in_link",
    "remove_member",
    "remove_team",
    "rename_team",
    "revoke_api_token",
    "revoke_invitation",
    "use_sign_in_link",
]
