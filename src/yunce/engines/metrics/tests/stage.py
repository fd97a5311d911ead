"""Short ways to state facts and to ask, all in May 2025 and team 1."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

from yunce.engines.metrics import Answer, FactRow, FactStore, MetricQuery

TEAM = 1


class Span(TypedDict):
    team: int
    start: date
    end: date


MAY = Span(team=TEAM, start=date(2025, 5, 1), end=date(2025, 5, 31))


def fact(
    metric: str, day: int, value: float, *, account: int = 1, post: int = 0, segment: str = ""
) -> FactRow:
    """A fact of team 1 on a day of May 2025."""
    return FactRow(TEAM, account, post, metric, date(2025, 5, day), segment, value)


def ask(store: FactStore, *metrics: str, start: int = 1, end: int = 31, **parts: Any) -> Answer:
    """Ask about days of May 2025."""
    days = date(2025, 5, start), date(2025, 5, end)
    return store.answer(MetricQuery(TEAM, metrics, *days, **parts))
