"""Working days and the days that matter: statutory holidays, 调休, 农历, marketing days."""

from __future__ import annotations

from yunce.engines.calendars.days import Calendar, Day, DayKind, OwnDay
from yunce.engines.calendars.marks import Mark, MarkError, MarkKind, marks_between
from yunce.engines.calendars.moon import lunar_words, solar_term
from yunce.engines.calendars.statutory import is_announced

__all__ = [
    "Calendar",
    "Day",
    "DayKind",
    "Mark",
    "MarkError",
    "MarkKind",
    "OwnDay",
    "is_announced",
    "lunar_words",
    "marks_between",
    "solar_term",
]
