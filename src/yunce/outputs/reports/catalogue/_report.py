"""What a report is: a name, who may have it, and how its outline is built from a month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise

from yunce.engines.documents import WRITERS, Outline
from yunce.ground.teams.rules import Capability
from yunce.loop.goals.models import MonthPlan


@dataclass(frozen=True)
class Made:
    """When and by whom a report is made: stamped into the file."""

    at: datetime
    author: str

    @property
    def day(self) -> date:
        """The day it is made, in the platforms' time zone: numbers reach at most this far."""
        return timezone.localdate(self.at)


@dataclass(frozen=True)
class Report:
    """One document of a month."""

    key: str  # in addresses and on the command line
    label: str | Promise
    capability: Capability
    build_outline: Callable[[MonthPlan, Made], Outline]
    formats: tuple[str, ...] = tuple(WRITERS)  # what it can be had as
