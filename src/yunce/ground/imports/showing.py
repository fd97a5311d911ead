"""What a person sees of a file: sample rows, and cells that would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yunce.engines.metrics import Change, Metric, catalogue
from yunce.engines.platforms import Cell, ParsedPost, Table, recognise
from yunce.ground.imports.disputes import Owned
from yunce.ground.imports.reading import Reading
from yunce.kit.text import tidy

MAX_SAMPLE = 8
MAX_FACTS = 2_000  # of a plain table that a sample rests on


@dataclass(frozen=True)
class ChangedCell:
    """One value that would change."""

    subject: str  # the post's title; empty = the whole account
    day: date
    metric: Metric
    old: float
    new: float

    @property
    def difference(self) -> float:
        return self.new - self.old


@dataclass(frozen=True)
class SampleCell:
    metric: Metric
    value: float | None


@dataclass(frozen=True)
class SampleRow:
    """One post or day as it was understood."""

    title: str
    owner: str  # the name in the account column, where there is one
    day: date | datetime | None
    cells: tuple[SampleCell, ...]


@dataclass(frozen=True)
class Sample:
    metrics: tuple[Metric, ...]
    rows: tuple[SampleRow, ...]
    is_posts: bool


def changed_cells(changes: Iterable[Change], names: Mapping[int, str]) -> tuple[ChangedCell, ...]:
    """``names``: the titles of posts by number."""
    return tuple(
        ChangedCell(
            subject=names.get(change.row.post, ""),
            day=change.row.day,
            metric=catalogue()[change.row.metric],
            old=change.old,
            new=change.row.value,
        )
        for change in changes
    )


def name_of(post: ParsedPost) -> str:
    """Its title; one without is known by when it came out."""
    if post.title:
        return post.title
    if post.published_at is None:
        return _("（无标题）")
    return _("（无标题，%(when)s 发布）") % {"when": date_format(post.published_at, "n/j H:i")}


def sample_of(reading: Reading) -> Sample:
    """The first rows as they were understood."""
    grouped: dict[tuple[str, str | None, date | None], dict[str, float]] = {}
    # A plain table tells a place in one row: its first rows are enough, however long it is.
    for owner, fact in _first_facts(reading):
        if fact.post and fact.metric.startswith("pieces"):
            continue  # counted from the row, not told by it
        place = (owner, fact.post, None if fact.post else fact.day)
        if place in grouped or len(grouped) < MAX_SAMPLE:
            grouped.setdefault(place, {})[fact.metric] = fact.value
    codes = dict.fromkeys(code for values in grouped.values() for code in values)
    metrics = tuple(catalogue()[code] for code in codes)
    posts = dict(_first_posts(reading, grouped))
    rows = tuple(
        SampleRow(
            title=name_of(posts[owner, key]) if key else "",
            owner=owner,
            day=posts[owner, key].published_at if key else day,
            cells=tuple(SampleCell(metric, values.get(metric.code)) for metric in metrics),
        )
        for (owner, key, day), values in grouped.items()
    )
    return Sample(metrics=metrics, rows=rows, is_posts=reading.has_posts)


def _first_facts(reading: Reading) -> Iterable[Owned]:
    if not reading.is_plain:
        return reading.owned_facts
    parts = ((part.owner, part.parsed.facts) for part in reading.parts)
    return ((owner, fact) for owner, facts in parts for fact in islice(facts, MAX_FACTS))


def _first_posts(
    reading: Reading, places: Iterable[tuple[str, str | None, date | None]]
) -> Iterator[tuple[tuple[str, str], ParsedPost]]:
    wanted = {(owner, key) for owner, key, _day in places if key}
    for part in reading.parts:
        for number, key in enumerate(part.parsed.posts.keys):
            if (part.owner, key) in wanted:
                yield (part.owner, key), part.parsed.posts[number]


@dataclass(frozen=True)
class RawTop:
    """The first rows of a file as they stand, shown while the rest is being read."""

    sheet: str
    rows: tuple[tuple[str, ...], ...]
    label: str  # zh: what it will probably be recognised as


RAW_ROWS, RAW_COLUMNS = 8, 12


def raw_top(tables: Sequence[Table]) -> RawTop | None:
    """The fullest sheet's first rows."""
    if not tables:
        return None
    table = max(tables, key=lambda each: len(each.rows))
    matches = recognise([table])
    rows = tuple(
        tuple(_written(cell) for cell in row[:RAW_COLUMNS]) for row in table.rows[:RAW_ROWS]
    )
    return RawTop(table.sheet, rows, matches[0][1].reason if matches else "")


def _written(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else tidy(str(cell))[:60]
