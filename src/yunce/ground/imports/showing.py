"""What a person sees of a file: sample rows, and cells that would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yunce.engines.metrics import Change, Metric, catalogue
from yunce.engines.platforms import ParsedPost
from yunce.ground.imports.reading import Reading

MAX_SAMPLE = 8


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
    posts = {post.key: post for post in reading.posts}
    grouped: dict[tuple[str | None, date | None], dict[str, float]] = {}
    for fact in reading.facts:
        if fact.post and fact.metric.startswith("pieces"):
            continue  # counted from the row, not told by it
        place = (fact.post, None if fact.post else fact.day)
        if place in grouped or len(grouped) < MAX_SAMPLE:
            grouped.setdefault(place, {})[fact.metric] = fact.value
    codes = dict.fromkeys(code for values in grouped.values() for code in values)
    metrics = tuple(catalogue()[code] for code in codes)
    rows = tuple(
        SampleRow(
            title=name_of(posts[key]) if key else "",
            day=posts[key].published_at if key else day,
            cells=tuple(SampleCell(metric, values.get(metric.code)) for metric in metrics),
        )
        for (key, day), values in grouped.items()
    )
    return Sample(metrics=metrics, rows=rows, is_posts=bool(posts))
