"""Every closing there was, with what changed of those that hold."""

from __future__ import annotations

from dataclasses import dataclass

from yunce.ground.facts.closing import since_closing
from yunce.ground.facts.models import MonthClosing
from yunce.ground.teams.models import Team
from yunce.kit.months import Month


@dataclass(frozen=True)
class ClosingLine:
    closing: MonthClosing
    changed: int  # numbers that are others since; none of one that ended


def closings_ever(team: Team, month: Month | None = None) -> list[ClosingLine]:
    """The newest month first, in it the newest closing; of one month or of all."""
    found = MonthClosing.objects.filter(team=team).select_related("team", "closed_by", "ended_by")
    closings = list(found.filter(month=month.first) if month else found)
    if not closings:
        return []
    first, last = closings[-1].of_month.first, closings[0].of_month.last
    changed = {each.closing.pk: each.count for each in since_closing(team, first, last)}
    return [ClosingLine(each, changed.get(each.pk, 0)) for each in closings]
