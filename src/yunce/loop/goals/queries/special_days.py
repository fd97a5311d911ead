"""Days a forecast expects to be unlike others: holidays, and days worked in exchange."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date, timedelta

from yunce.engines.calendars import DayKind
from yunce.ground.calendars.queries import calendar_of
from yunce.ground.teams.models import Team
from yunce.kit.months import Month
from yunce.loop.goals.queries.series import HISTORY


@dataclass(frozen=True)
class SpecialDays:
    events: Mapping[str, Set[date]] = field(default_factory=dict)
    is_announced: bool = True  # False: nobody knows the month's 调休 yet


def special_days(team: Team, as_of: date, month: Month) -> SpecialDays:
    """Holidays and days worked in exchange, past and to come."""
    start = as_of - timedelta(days=HISTORY)
    days = calendar_of(team).days(start, max(month.last, as_of))
    kinds = {"holiday": DayKind.HOLIDAY, "makeup": DayKind.MAKEUP}
    events = {
        name: frozenset(day.date for day in days if day.kind is kind)
        for name, kind in kinds.items()
    }
    return SpecialDays({name: when for name, when in events.items() if when}, days[-1].is_announced)
