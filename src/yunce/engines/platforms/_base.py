"""What one platform declares: its name, its back end, its exports and their columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Scale = Literal["number", "percent", "fraction", "seconds"]
"""How a column writes values: 12; 6.5 or 6.5%; 0.065 or 6.5%; 9.2, 9.2秒 or 00:00:09."""

Role = Literal[
    "date",
    "metric",
    "title",
    "published",
    "form",
    "id",
    "url",
    "segment",
    "name",
    "value",
    "ignore",
]
"""What a column is for. ``segment``: which part of the whole a row tells of (channel, age, …).
``name`` and ``value``: a row is one metric, named by the one and told by the other.
``ignore`` is a column we know and leave out on purpose."""

Shape = Literal["posts", "days", "period", "post", "post_days"]
"""What the rows tell. ``posts``: each one post, its numbers a snapshot. ``days``: each a day of
the account. ``period``: numbers of the period chosen in the back end, true on the day of export.
``post``, ``post_days``: the same of the one post the whole file is about."""

Evidence = Literal["file", "description", "single", "memory"]
"""How well we know an export: a real file was opened, descriptions by others agree, there is one
description alone, or nobody checked."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of an export, found by its header, never by its position."""

    header: str  # as the platform writes it today
    role: Role = "metric"
    metric: str = ""  # the metric's code; needed when the role is metric
    scale: Scale = "number"  # decided once for the column, never value by value
    aliases: tuple[str, ...] = ()  # other spellings of the header seen in real files
    signed: bool = False  # may the value be below zero (net followers may, likes may not)
    required: bool = False  # without this column the table is not this export
    segment: str = ""  # what a segment column tells apart; of a date column: "hour" where told
    factor: float = 1.0  # the column's unit in the metric's: 3600 for hours, 0.01 for 分
    adds: bool = True  # is a total row the sum of the others (of people and levels it is not)
    instead: tuple[tuple[str, str], ...] = ()  # (ending, metric): 3.5星 is a number of its own kind


@dataclass(frozen=True, kw_only=True)
class Export:
    """One file (or sheet) a platform's back end hands out."""

    key: str  # unique within the platform, kept with every batch
    label: str  # zh: what the platform calls it
    shape: Shape  # what one row is
    columns: tuple[Column, ...]  # every column known, in today's order
    where: str  # zh: the way through the back end's menus to the download button
    file_names: tuple[str, ...] = ()  # usual names; shown to people, never used to recognise
    sheet: str = ""  # the sheet must have this name; empty = any
    fingerprint: tuple[str, ...] = ()  # headers no other platform uses
    sure_from: int = 1  # so many fingerprint headers make the recognition certain
    sample: str = ""  # file under samples/<platform>/ that shows this export
    names: tuple[Column, ...] = ()  # with name and value columns: the metrics rows are named after
    # Headers too common to prove anything: only in one file with one of these exports.
    beside: tuple[str, ...] = ()
    segment: str = ""  # what all rows are of, such as channel=推荐
    file_marks: tuple[tuple[str, str], ...] = ()  # (word in the file's name, segment of all rows)
    span_days: int = 0  # most days one export may cover; 0 = not known
    evidence: Evidence = "description"
    note: str = ""  # zh: traps of this one export, in plain words

    @property
    def stating(self) -> tuple[Column, ...]:
        """Everything in it that may state a metric: columns, and rows named after one."""
        return (*self.columns, *self.names)


@dataclass(frozen=True, kw_only=True)
class Platform:
    """A place where a team publishes. A module of this folder exposes one as ``PLATFORM``."""

    key: str  # the module's name; stored with accounts, so it never changes
    label: str  # zh: the name people use
    mark: str  # one character for small badges
    colour: str = ""  # name of the badge's CSS token; empty = neutral
    backend_url: str = ""  # deep link to the creator back end
    exports: tuple[Export, ...] = ()  # empty = by hand or through the column mapper only
    limits: str = ""  # zh: what its numbers cannot tell, in plain words
    window_days: int = 0  # so many days back its exports reach; 0 = not known
    preset: tuple[Column, ...] = ()  # for the column mapper: headers seen, and what they mean
