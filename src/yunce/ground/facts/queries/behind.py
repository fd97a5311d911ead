"""The stored rows behind a number, each with the batch it came from and what it said before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.paginator import Page, Paginator

from yunce.engines.metrics import (
    Apart,
    Catalogue,
    Closed,
    FactKey,
    Kind,
    Metric,
    Restatement,
    RowsPage,
    RowsQuery,
    StoredRow,
    is_level,
)
from yunce.ground.channels.models import Account
from yunce.ground.facts.access import fact_store
from yunce.ground.facts.closing import kept_days
from yunce.ground.facts.models import Batch, Post, SinceClosing
from yunce.ground.facts.picturing import Piece, drawn, spoken
from yunce.ground.facts.queries import (
    batches_by_number,
    changed_since_closing,
    restatements,
    same_posts,
)
from yunce.ground.facts.queries.defining import Span
from yunce.ground.facts.queries.made_of import BehindPart, whole_and_parts
from yunce.ground.facts.rules import changes_in
from yunce.ground.facts.wording import APARTS
from yunce.ground.teams.models import Team

PAGE = 100
MOST_RESTATED = 10_000
LONG = 9  # digits of a page number nobody means


@dataclass(frozen=True)
class Told:
    """Another value of a row and the batch that told it."""

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
    since: Told | None  # what it is now, when that is not what its month closed with

    @property
    def why_apart(self) -> str:
        """Why it does not count, in words."""
        return str(APARTS[self.apart]) if self.apart else ""


@dataclass(frozen=True)
class Behind:
    """A number opened up: its parts, and the rows of one of them."""

    metric: Metric
    span: Span
    account: Account | None  # the one looked at; None: all
    post: Post | None  # the one looked at; None: all
    value: float | None
    reason: str
    picture: Piece | None
    spoken: str
    parts: tuple[BehindPart, ...]
    part: BehindPart  # whose rows are shown
    pages: Page[int]
    rows: tuple[BehindRow, ...]  # of this page
    counted: int
    apart: int  # rows that do not count
    shows_all: bool
    changed: list[SinceClosing]  # closed months in which the part has other values since

    @property
    def is_mean(self) -> bool:
        return self.part.metric.kind is Kind.MEAN


@dataclass(frozen=True)
class Asked:
    """Which number is opened, and how its rows are looked at."""

    span: Span
    account: Account | None = None
    post: Post | None = None
    part: str = ""  # a stored metric's code; empty: the first
    page: str = "1"
    shows_all: bool = False  # rows that do not count too

    @property
    def where(self) -> dict[str, tuple[int, ...]]:
        narrowed = {"account": self.account, "post": self.post}
        return {name: (each.pk,) for name, each in narrowed.items() if each}


def behind(team: Team, metric: Metric, known: Catalogue, asked: Asked) -> Behind:
    whole, parts = whole_and_parts(team, metric, known, span=asked.span, where=asked.where)
    part = next((each for each in parts if each.metric.code == asked.part), parts[0])
    closed = kept_days(team, asked.span.start, asked.span.end)
    weight = known.get(part.metric.weight or "")
    pages, found = _page(team, part.metric, weight, asked, closed)
    tree = known.tree(metric.code)
    names = {code: each.name for code, each in known.items()}
    return Behind(
        metric=metric,
        span=asked.span,
        account=asked.account,
        post=asked.post,
        value=whole.value,
        reason=whole.reason,
        picture=drawn(tree, names) if tree else None,
        spoken=spoken(tree, names) if tree else "",
        parts=parts,
        part=part,
        pages=pages,
        rows=tuple(_dressed(team, part.metric, known, asked, found)),
        counted=found.counted,
        apart=found.apart,
        shows_all=asked.shows_all,
        changed=changed_since_closing(
            team, asked.span.start, asked.span.end, metrics=[part.metric.code]
        )
        if closed
        else [],
    )


def _page(
    team: Team, metric: Metric, weight: Metric | None, asked: Asked, closed: tuple[Closed, ...]
) -> tuple[Page[int], RowsPage]:
    """The page asked for, cut in the store; one that is not there gives the nearest."""
    wanted = RowsQuery(
        team=team.pk,
        metric=metric,
        weight=weight,
        start=asked.span.start,
        end=asked.span.end,
        account=asked.account.pk if asked.account else None,
        post=asked.post.pk if asked.post else None,
        closed=closed,
        merges=bool(same_posts(team)),
        shows_all=asked.shows_all,
        limit=PAGE,
    )
    number = int(asked.page) if asked.page.isdecimal() and len(asked.page) < LONG else 1
    found = fact_store().page(replace(wanted, offset=max(number - 1, 0) * PAGE))
    count = found.counted + (found.apart if asked.shows_all else 0)
    page = Paginator(range(count), PAGE).get_page(asked.page)
    if page.number != number:
        found = fact_store().page(replace(wanted, offset=(page.number - 1) * PAGE))
    return page, found


def _dressed(
    team: Team, metric: Metric, known: Catalogue, asked: Asked, found: RowsPage
) -> list[BehindRow]:
    """The page's rows with the accounts, posts, batches, weights and earlier values they name."""
    shown = found.rows
    rows = [row for row, _reason in shown]
    restated = _restated(team, metric, asked, rows)
    told = [row for each in restated.values() for row in each.stated]
    batches = batches_by_number(team, {row.batch for row in (*rows, *told)})
    accounts = Account.objects.filter(team=team).in_bulk({row.account for row in rows})
    posts = Post.objects.filter(account__team=team).in_bulk({row.post for row in rows})
    weights = _weights(team, metric, known, asked, rows) if metric.weight and rows else {}
    return [
        BehindRow(
            row=row,
            account=accounts.get(row.account),
            post=posts.get(row.post),
            batch=batches.get(row.batch),
            apart=reason,
            weight=weights.get(_place(row, metric, known)),
            before=_before(row, restated.get(row.key), batches),
            since=_since(row, restated.get(row.key), batches),
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


def _before(
    row: StoredRow, found: Restatement | None, batches: dict[int, Batch]
) -> tuple[Told, ...]:
    """What was said before, without repeats of the same value one after another."""
    told = [each for each in found.stated if each.batch <= row.batch] if found else []
    return tuple(Told(each.value, batches.get(each.batch)) for each in changes_in(told)[:-1])


def _since(row: StoredRow, found: Restatement | None, batches: dict[int, Batch]) -> Told | None:
    """What later batches made of a row that is read as of its month's closing."""
    if found is None or found.current.value == row.value or found.current.batch == row.batch:
        return None
    return Told(found.current.value, batches.get(found.current.batch))


Place = tuple[object, ...]


def _place(row: StoredRow, metric: Metric, known: Catalogue) -> Place:
    """What a mean shares with its weight: the day too, unless the weight is a level."""
    weight = known[metric.weight] if metric.weight else None
    if weight and weight.kind is Kind.STOCK:
        return (row.account, row.post)
    unit = (row.account, row.post, row.segment)
    return unit if weight and is_level(weight) else (*unit, row.day)


def _weights(
    team: Team, metric: Metric, known: Catalogue, asked: Asked, rows: Sequence[StoredRow]
) -> dict[Place, float]:
    weight = known[str(metric.weight)]
    days = [row.day for row in rows]
    span = asked.span if is_level(weight) else Span(min(days), max(days))
    found = fact_store().page(
        RowsQuery(
            team=team.pk,
            metric=weight,
            start=span.start,
            end=span.end,
            account=asked.account.pk if asked.account else None,
            post=asked.post.pk if asked.post else None,
            closed=kept_days(team, span.start, span.end),
            merges=bool(same_posts(team)),
        )
    )
    return {_place(row, metric, known): row.value for row, _apart in found.rows}
