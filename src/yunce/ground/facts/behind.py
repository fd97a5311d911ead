"""The stored rows behind a number, each with the batch it came from and what it said before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from yunce.engines.metrics import (
    Catalogue,
    FactKey,
    Kind,
    Metric,
    MetricsError,
    Restatement,
    StoredRow,
    formula,
)
from yunce.ground.channels.models import Account
from yunce.ground.facts.access import fact_store
from yunce.ground.facts.defining import Span
from yunce.ground.facts.models import Batch, Post
from yunce.ground.facts.picturing import Piece, drawn, spoken
from yunce.ground.facts.queries import answer, batches_by_number, restatements, same_posts
from yunce.ground.facts.rules import Apart, is_level, reasons_apart
from yunce.ground.teams.models import Team

PAGE = 100
MOST_RESTATED = 10_000


@dataclass(frozen=True)
class Told:
    """An earlier value of a row and the batch that told it."""

    value: float
    batch: Batch | None


@dataclass(frozen=True)
class BehindRow:
    """One stored value."""

    row: StoredRow
    account: Account | None
    post: Post | None
    batch: Batch | None
    apart: Apart | None  # why it does not count; None: it counts
    weight: float | None  # of a mean
    before: tuple[Told, ...]  # values since changed, oldest first


@dataclass(frozen=True)
class BehindPart:
    """One stored metric the number is made of."""

    metric: Metric
    value: float | None
    reason: str


@dataclass(frozen=True)
class Behind:
    """A number opened up: its parts, and the rows of one of them."""

    metric: Metric
    span: Span
    account: Account | None  # the one looked at; None: all
    value: float | None
    reason: str
    picture: Piece | None
    spoken: str
    parts: tuple[BehindPart, ...]
    part: BehindPart  # whose rows are shown
    pages: Page[tuple[StoredRow, Apart | None]]
    rows: tuple[BehindRow, ...]  # of this page
    counted: int
    apart: int  # rows that do not count
    shows_all: bool

    @property
    def is_mean(self) -> bool:
        return self.part.metric.kind is Kind.MEAN

    @property
    def is_level(self) -> bool:
        return is_level(self.part.metric)


@dataclass(frozen=True)
class Asked:
    """Which number is opened, and how its rows are looked at."""

    span: Span
    account: Account | None = None
    part: str = ""  # a stored metric's code; empty: the first
    page: str = "1"
    shows_all: bool = False  # rows that do not count too


def behind(team: Team, metric: Metric, known: Catalogue, asked: Asked) -> Behind:
    bases = _bases(metric, known)
    whole = _part(team, metric, asked)
    parts = tuple(_part(team, base, asked) for base in bases)
    part = next((each for each in parts if each.metric.code == asked.part), parts[0])
    stored = _stored(team, part.metric, asked)
    reasons = reasons_apart(stored, part.metric, same=same_posts(team))
    shown = [
        (row, reason)
        for row, reason in zip(stored, reasons, strict=True)
        if asked.shows_all or reason is None
    ]
    page = Paginator(shown[::-1], PAGE).get_page(asked.page)  # the newest day first
    tree = known.tree(metric.code)
    names = {code: each.name for code, each in known.items()}
    return Behind(
        metric=metric,
        span=asked.span,
        account=asked.account,
        value=whole.value,
        reason=whole.reason,
        picture=drawn(tree, names) if tree else None,
        spoken=spoken(tree, names) if tree else "",
        parts=parts,
        part=part,
        pages=page,
        rows=tuple(_dressed(team, part.metric, known, asked, page)),
        counted=sum(reason is None for reason in reasons),
        apart=sum(reason is not None for reason in reasons),
        shows_all=asked.shows_all,
    )


def _bases(metric: Metric, known: Catalogue) -> list[Metric]:
    """The stored metrics in the order the formula leads to them."""
    if metric.formula is None:
        return [metric]
    named = [known[code] for code in formula.columns(metric.formula)]
    return list(dict.fromkeys(base for part in named for base in _bases(part, known)))


def _part(team: Team, metric: Metric, asked: Asked) -> BehindPart:
    where = {"account": (asked.account.pk,)} if asked.account else {}
    try:
        found = answer(
            team, [metric.code], start=asked.span.start, end=asked.span.end, where=where
        ).row(metric.code)
    except MetricsError as error:
        return BehindPart(metric, None, str(error))
    return BehindPart(metric, found.value if found else None, found.reason if found else "")


def _stored(team: Team, metric: Metric, asked: Asked) -> list[StoredRow]:
    return fact_store().rows(
        team=team.pk,
        account=asked.account.pk if asked.account else None,
        metric=metric.code,
        start=asked.span.start,
        end=asked.span.end,
    )


def _dressed(
    team: Team,
    metric: Metric,
    known: Catalogue,
    asked: Asked,
    page: Iterable[tuple[StoredRow, Apart | None]],
) -> list[BehindRow]:
    """The page's rows with the accounts, posts, batches, weights and earlier values they name."""
    shown = list(page)
    rows = [row for row, _reason in shown]
    restated = _restated(team, metric, asked, rows)
    told = [row for each in restated.values() for row in each.stated]
    batches = batches_by_number(team, {row.batch for row in (*rows, *told)})
    accounts = Account.objects.filter(team=team).in_bulk({row.account for row in rows})
    posts = Post.objects.filter(account__team=team).in_bulk({row.post for row in rows})
    weights = _weights(team, metric, known, asked) if metric.weight else {}
    return [
        BehindRow(
            row=row,
            account=accounts.get(row.account),
            post=posts.get(row.post),
            batch=batches.get(row.batch),
            apart=reason,
            weight=weights.get(_place(row, metric, known)),
            before=_before(restated.get(row.key), batches),
        )
        for row, reason in shown
    ]


def _restated(
    team: Team, metric: Metric, asked: Asked, rows: Sequence[StoredRow]
) -> dict[FactKey, Restatement]:
    if not rows:
        return {}
    days = [row.day for row in rows]
    found = restatements(team, min(days), max(days), limit=MOST_RESTATED, metric=metric.code)
    return {each.key: each for each in found}


def _before(found: Restatement | None, batches: dict[int, Batch]) -> tuple[Told, ...]:
    """What was said before, without repeats of the same value one after another."""
    if found is None:
        return ()
    told: list[Told] = []
    for row in found.stated:
        if not told or told[-1].value != row.value:
            told.append(Told(row.value, batches.get(row.batch)))
    return tuple(told[:-1])


Place = tuple[object, ...]


def _place(row: StoredRow, metric: Metric, known: Catalogue) -> Place:
    """What a mean shares with its weight: the day too, unless the weight is a level."""
    unit = (row.account, row.post, row.segment)
    weight = known[metric.weight] if metric.weight else None
    return unit if weight and is_level(weight) else (*unit, row.day)


def _weights(team: Team, metric: Metric, known: Catalogue, asked: Asked) -> dict[Place, float]:
    weight = known[str(metric.weight)]
    rows = _stored(team, weight, asked)
    reasons = reasons_apart(rows, weight, same=same_posts(team))
    return {
        _place(row, metric, known): row.value
        for row, reason in zip(rows, reasons, strict=True)
        if reason is None
    }
