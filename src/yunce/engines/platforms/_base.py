"""What one platform declares: its name, its back end, its exports and their columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Scale = Literal["number", "percent", "fraction", "seconds"]
"""How a column writes values: 12; 6.5 or 6.5%; 0.065 or 6.5%; 9.2, 9.2秒 or 00:00:09."""

Role = Literal["date", "metric", "title", "published", "form", "id", "url", "ignore"]
"""What a column is for. ``ignore`` is a column we know and leave out on purpose."""

Shape = Literal["posts", "days"]
"""``posts``: a row is a post, its numbers a snapshot. ``days``: a row is a day of the account."""


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
