"""Closed months: as of which batch they are read, and what later batches changed of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from yunce.engines.metrics import Closed, Revised
from yunce.ground.facts.access import fact_store
from yunce.ground.facts.models import Batch, BatchState, MonthClosing, SinceClosing
from yunce.ground.teams.models import Team
from yunce.kit.months import Month


def closings_of(team: Team) -> QuerySet[MonthClosing]:
    """The closings that hold, the newest month first."""
    return MonthClosing.objects.filter(team=team, ended_at=None).select_related("closed_by")


def closing_of(team: Team, month: Month) -> MonthClosing | None:
    return closings_of(team).filter(month=month.first).first()


def history_of(team: Team, month: Month) -> QuerySet[MonthClosing]:
    """Every closing of a month, the newest first; those that ended too."""
    found = MonthClosing.objects.filter(team=team, month=month.first)
    return found.select_related("closed_by", "ended_by")


def kept_days(team: Team, start: date, end: date) -> tuple[Closed, ...]:
    """The closed months of a period that must be read as of their closing.

    Of the others no later batch says anything, so what is current is what was closed.
    """
    return tuple(closing.days for closing in reached_closings(team, start, end))


def closings_within(team: Team, start: date, end: date) -> QuerySet[MonthClosing]:
    """Of the months a period reaches into, the oldest first."""
    inside = closings_of(team).filter(month__gte=Month.of(start).first, month__lte=end)
    return inside.order_by("month")


def reached_closings(team: Team, start: date, end: date) -> list[MonthClosing]:
    """The closings of a period that later batches reach into, the oldest month first."""
    return reached(team, list(closings_within(team, start, end)))


def reached(team: Team, closings: Sequence[MonthClosing]) -> list[MonthClosing]:
    """Those of the closings that later batches say anything of."""
    if not closings:
        return []
    later = list(_later_batches(team, closings))
    return [each for each in closings if any(_reaches(batch, each) for batch in later)]


def _later_batches(team: Team, closings: Iterable[MonthClosing]) -> QuerySet[Batch]:
    """Also one being written or undone right now: the store may have its facts already."""
    wanted = Q(pk__in=())
    for closing in closings:
        days = closing.days
        inside = Q(first_day__lte=days.end, last_day__gte=days.start)
        wanted |= Q(pk__gt=closing.batch) & (inside | Q(state=BatchState.WRITING))
    states = (BatchState.WRITING, BatchState.COMMITTED, BatchState.UNDOING)
    return Batch.objects.filter(wanted, team=team, state__in=states)


def _reaches(batch: Batch, closing: MonthClosing) -> bool:
    if batch.pk <= closing.batch:
        return False
    if batch.first_day is None or batch.last_day is None:
        return True
    return batch.first_day <= closing.days.end and batch.last_day >= closing.days.start


def since_closing(
    team: Team, start: date, end: date, *, metrics: Collection[str] | None = None
) -> list[SinceClosing]:
    """Closed months of a period with numbers that changed since; ``metrics`` are stored ones."""
    counts = (
        SinceClosing(
            closing,
            fact_store().revised_count(team=team.pk, closed=closing.days, metrics=metrics),
        )
        for closing in reached_closings(team, start, end)
    )
    return [each for each in counts if each.count]


def revised_in(closing: MonthClosing, *, limit: int) -> list[Revised]:
    """What changed of a closed month, the newest change first."""
    store = fact_store()
    return store.revised(team=closing.team_id, closed=closing.days, limit=limit)
