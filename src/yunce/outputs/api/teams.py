"""Teams the token's person is in."""

from __future__ import annotations

from ninja import Router, Schema

from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import access_for, members_of, teams_of
from yunce.ground.teams.rules import Capability
from yunce.outputs.api.request import SignedInRequest

router = Router(tags=["teams"])


class TeamOut(Schema):
    slug: str
    name: str
    is_demo: bool


class MemberOut(Schema):
    id: int
    name: str
    role: str
    position: str

    @staticmethod
    def resolve_name(member: Member) -> str:
        return member.user.name


class TeamDetailOut(TeamOut):
    members: list[MemberOut]


@router.get("/teams", response=list[TeamOut], operation_id="list_teams")
def list_teams(request: SignedInRequest) -> object:
    """Every team this token's person belongs to."""
    return teams_of(request.auth)


@router.get("/teams/{slug}", response=TeamDetailOut, operation_id="get_team")
def get_team(request: SignedInRequest, slug: str) -> object:
    """A team and its people."""
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    return {
        "slug": team.slug,
        "name": team.name,
        "is_demo": team.is_demo,
        "members": list(members_of(team)),
    }
