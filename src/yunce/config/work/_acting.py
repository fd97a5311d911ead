"""The program itself at work in a team, as commands and the clock are."""

from __future__ import annotations

from typing import cast

from yunce.ground.teams.models import Member, Team, User
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Role


def program_access(team: Team) -> Access:
    """Every right in the team, and nobody's name: the journal says 运策.

    Whoever may run commands on this machine may read the data folder, so roles have nothing to
    add; and acting as the team's owner would make the journal lie. `Access` promises a user
    because on every page somebody is signed in; journal and ledger take None for the program.
    """
    return Access(
        team=team,
        member=Member(team=team, role=Role.OWNER),
        user=cast(User, None),
    )
