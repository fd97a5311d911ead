"""What came of files that were brought in: counts, where the numbers show, what is on its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yunce.engines.metrics import Metric
from yunce.ground.facts.models import Batch
from yunce.ground.facts.queries import catalogue_of
from yunce.ground.imports.models import Upload
from yunce.ground.imports.standing import Standing, standings
from yunce.ground.teams.models import Team
from yunce.kit.months import Month

MAX_METRICS = 8
MAX_MONTHS = 6


@dataclass(frozen=True)
class Outcome:
    """One press, as its result page tells it."""

    rows: tuple[Standing, ...]
    batches: tuple[Batch, ...]  # living ones: what can be undone
    months: tuple[Month, ...]  # in which the batches begin and end, newest first
    metrics: tuple[Metric, ...]

    @property
    def is_busy(self) -> bool:
        return any(row.upload.is_busy for row in self.rows)

    @property
    def added(self) -> int:
        return sum(batch.added for batch in self.batches)

    @property
    def updated(self) -> int:
        return sum(batch.updated for batch in self.batches)

    @property
    def unchanged(self) -> int:
        return sum(batch.unchanged for batch in self.batches)

    @property
    def undone(self) -> int:
        return sum(bool(r.upload.batch and r.upload.batch.undone_at) for r in self.rows)

    @property
    def failed(self) -> int:
        return sum(row.upload.stage == "failed" or bool(row.upload.sentence) for row in self.rows)


def outcome_of(team: Team, uploads: Sequence[Upload]) -> Outcome:
    batches = {each.batch.pk: each.batch for each in uploads if each.batch}
    living = tuple(batch for batch in batches.values() if not batch.undone_at)
    codes = dict.fromkeys(
        code for each in uploads if each.batch_id for code in each.glance.get("metrics", [])
    )
    known = catalogue_of(team)
    return Outcome(
        rows=tuple(standings(uploads)),
        batches=living,
        months=_months(living),
        metrics=tuple(known[code] for code in codes if code in known)[:MAX_METRICS],
    )


def _months(batches: Sequence[Batch]) -> tuple[Month, ...]:
    """Where each batch begins and ends: between them a list of works has days without numbers."""
    days = [day for batch in batches for day in (batch.first_day, batch.last_day) if day]
    return tuple(sorted({Month.of(day) for day in days}, reverse=True)[:MAX_MONTHS])
