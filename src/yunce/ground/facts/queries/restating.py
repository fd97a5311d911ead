"""Values changed after they were first told: what they were, what they are, and who says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

from yunce.engines.metrics import FactKey, Metric, Restatement, Revised
from yunce.ground.channels.models import Account
from yunce.ground.facts.access import fact_store
from yunce.ground.facts.closing import reached_closings, revised_in
from yunce.ground.facts.models import Batch, BatchKind, Post
from yunce.ground.facts.queries import batches_by_number, catalogue_of, kept_batches, restatements
from yunce.ground.facts.queries.defining import Span
from yunce.ground.facts.rules import changes_in
from yunce.ground.teams.models import Team
from yunce.kit.months import Month
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
    is_since_closing: bool = False  # the month keeps the old value

    @property
    def old(self) -> tuple[float, ...]:
        return self.values[:-1]

    @property
    def new(self) -> float:
        return self.values[-1]

    @property
    def difference(self) -> str:
        if not self.old:
            return ""
        if isnan(self.new) or isnan(self.values[0]):
            return MISSING  # taken back, or stated again: no amount apart
        unit = self.metric.unit if self.metric else "count"
        return format_signed(as_decimal(self.new) - as_decimal(self.values[0]), unit)

    @property
    def is_by_hand(self) -> bool:
        return self.changed_by is not None and self.changed_by.kind == BatchKind.GRID


def restated_lines(team: Team, span: Span, *, most: int = MOST) -> list[RestatedLine]:
    """The newest change first; at most so many that a person can look through them."""
    found = restatements(team, span.start, span.end, limit=most)
    kept = kept_batches(team, span.start, span.end)
    return _dressed(
        team,
        [
            _Stated(
                key=each.key,
                values=tuple(row.value for row in changes_in(each.stated)),
                told_by=each.stated[0].batch,
                changed_by=each.current.batch,
                is_since=each.current.batch > kept.get(Month.of(each.key.day), each.current.batch),
            )
            for each in found
        ],
    )


def stated_of(key: FactKey) -> Restatement | None:
    """Everything that was ever said of one key and not undone, also if nobody changed it."""
    stated = fact_store().history(key)
    return Restatement(tuple(stated)) if stated else None


def lines_since_closing(team: Team, span: Span, *, most: int = MOST) -> list[RestatedLine]:
    """What changed of the span's closed months after they were closed, newest month first."""
    closings = reversed(reached_closings(team, span.start, span.end))
    found = [each for closing in closings for each in revised_in(closing, limit=most)]
    inside = (each for each in found if span.start <= each.row.day <= span.end)
    return _dressed(team, [_stated_since(each) for each in inside][:most])


@dataclass(frozen=True)
class _Stated:
    """A changed value by numbers alone."""

    key: FactKey
    values: tuple[float, ...]
    told_by: int | None  # None: nobody had, before
    changed_by: int
    is_since: bool


def _stated_since(revised: Revised) -> _Stated:
    now = revised.row.value
    values = (now,) if revised.old is None else (revised.old, now)
    return _Stated(revised.row.key, values, revised.old_batch, revised.row.batch, is_since=True)


def _dressed(team: Team, found: Sequence[_Stated]) -> list[RestatedLine]:
    numbers = {number for each in found for number in (each.told_by, each.changed_by)}
    batches = batches_by_number(team, (number for number in numbers if number is not None))
    accounts = Account.objects.filter(team=team).in_bulk({each.key.account for each in found})
    posts = Post.objects.filter(account__team=team).in_bulk({each.key.post for each in found})
    known = catalogue_of(team)
    return [
        RestatedLine(
            key=each.key,
            metric=known.get(each.key.metric),
            account=accounts.get(each.key.account),
            post=posts.get(each.key.post),
            values=each.values,
            told_by=batches.get(each.told_by) if each.told_by else None,
            changed_by=batches.get(each.changed_by),
            is_since_closing=each.is_since,
        )
        for each in found
    ]
