"""Loading the demo month, and taking it away again."""

from __future__ import annotations

from typing import Any

from yunce.config.demo import DEMO_MONTH, DEMO_SLUG, load_demo
from yunce.config.failures import WorkError
from yunce.config.work._acting import program_access
from yunce.ground.facts.actions import forget_team
from yunce.ground.teams.actions import make_first_owner
from yunce.ground.teams.actions import remove_team as remove_rows
from yunce.ground.teams.models import Team
from yunce.kit.wording import gettext as _


def work(params: dict[str, Any]) -> dict[str, Any]:
    return remove() if params.get("remove") else load()


def load() -> dict[str, Any]:
    # The demo team belongs to whoever owns Yunce: on a new folder there must be somebody first.
    make_first_owner()
    team, is_new = load_demo()
    return {"team": team.slug, "month": str(DEMO_MONTH), "loaded": is_new}


def remove() -> dict[str, Any]:
    team = Team.objects.filter(slug=DEMO_SLUG, is_demo=True).first()
    if team is None:
        raise WorkError(_("没有演示团队可删。"))
    facts = remove_team(team)
    return {"team": DEMO_SLUG, "removed": True, "facts": facts}


def remove_team(team: Team) -> int:
    """Facts first: a crash in between leaves a team without numbers, never numbers of nobody."""
    facts = forget_team(team=team)
    remove_rows(access=program_access(team))
    return facts
