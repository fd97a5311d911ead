"""Values changed after they were first told: what they were, what they are, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

from yunce.engines.metrics import FactKey, Metric
from yunce.ground.channels.models import Account
from yunce.ground.facts.defining import Span
from yunce.ground.facts.models import Batch, BatchKind, Post
from yunce.ground.facts.queries import batches_by_number, catalogue_of, restatements
from yunce.ground.teams.models import Team
from yunce.kit.numbers import MISSING, as_decimal, format_signed

MOST = 1000


@dataclass(frozen=True)
class RestatedLine:
    """One value and how it came to be another."""

    key: FactKey
    metric: Metric | None  # None: a metric that is no more
    account: Account | None
    post: Post | None
    values: tuple[float, ...]  # each different from the one before
    told_by: Batch | None
    changed_by: Batch | None

    @property
    def old(self) -> tuple[float, ...]:
        return self.values[:-1]

    @property
    def new(self) -> float:
        return self.values[-1]

    @property
    def difference(self) -> str:
        if isnan(self.new) or isnan(self.values[0]):
            return MISSING  # taken back, or stated again: no amount apart
        unit = self.metric.unit if self.metric else "count"
        return format_signed(as_decimal(self.new) - as_decimal(self.values[0]), unit)

    @property
    def is_by_hand(self) -> bool:
        return self.changed_by is not None and self.changed_by.kind == BatchKind.GRID


def restated_lines(team: Team, span: Span) -> list[RestatedLine]:
    """The newest change first; at most so many that a person can look through them."""
    found = restatements(team, span.start, span.end, limit=MOST)
    batches = batches_by_number(team, {row.batch for each in found for row in each.stated})
    keys = [each.key for each in found]
    accounts = Account.objects.filter(team=team).in_bulk({key.account for key in keys})
    posts = Post.objects.filter(account__team=team).in_bulk({key.post for key in keys})
    known = catalogue_of(team)
    return [
        RestatedLine(
            key=each.key,
            metric=known.get(each.key.metric),
            account=accounts.get(each.key.account),
            post=posts.get(each.key.post),
            values=_changes([row.value for row in each.stated]),
            told_by=batches.get(each.stated[0].batch),
            changed_by=batches.get(each.current.batch),
        )
        for each in found
    ]


def _changes(values: list[float]) -> tuple[float, ...]:
    """
    >>> _changes([5, 5, 6, 6, 5])
    (5, 6, 5)
    """
    before = [None, *values[:-1]]
    return tuple(value for value, last in zip(values, before, strict=True) if value != last)
