"""What reading a table yields: posts, facts, and every cell that could not be used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Severity = Literal["error", "warning"]
"""``error``: the cell (or row) was left out. ``warning``: it was taken, or cannot be had;
look at it, but nothing has to be put right."""


@dataclass(frozen=True, kw_only=True)
class ParsedPost:
    """One post named by a table."""

    key: str  # natural key, see ``natural_key``
    title: str  # tidied; may be empty
    published_at: datetime | None  # Asia/Shanghai
    form: str = ""  # 图文, 视频, or the platform's own word
    platform_id: str = ""  # the platform's id, where the export has one
    url: str = ""  # link to the post, where the export has one


@dataclass(frozen=True, kw_only=True)
class ParsedFact:
    """One value, and the cell it came from."""

    post: str | None  # a ParsedPost's key; None = of the account
    metric: str  # metric code
    day: date  # the day the value belongs to, Asia/Shanghai
    segment: str = ""  # such as channel=扫码; empty = the whole
    value: float  # rates as fractions, durations in seconds
    sheet: str
    row: int  # 1-based, as the spreadsheet shows it
    column: str  # header text


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing wrong with a table, told so that its owner can put it right."""

    sheet: str
    row: int | None  # 1-based; None = the whole sheet
    column: str  # header text; empty = the whole row
    value: str  # what the cell holds
    message: str  # zh: what is wrong
    hint: str  # zh: what to do
    severity: Severity = "error"


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """A table, read."""

    platform: str | None  # None = read through a column mapping
    export: str  # the export's key; empty when mapped
    posts: tuple[ParsedPost, ...]
    facts: tuple[ParsedFact, ...]
    problems: tuple[Problem, ...]
    ignored: int  # rows left out on purpose: totals, repeated headers, exact duplicates
    conflicts: int  # values told twice differently: left out, and named among the problems
    first_day: date | None  # days covered: of the account, or on which posts were published
    last_day: date | None
    # What a place was told instead of one value: left out, until a person decides.
    disputes: tuple[tuple[ParsedFact, ...], ...] = ()
