"""What has been read of a table so far: collected row by row, then frozen into ``Parsed``."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from yunce.engines.platforms._cells import CellError, shown
from yunce.engines.platforms._headers import PlacedColumn
from yunce.engines.platforms._parsed import Parsed, ParsedFact, ParsedPost, Problem, Severity
from yunce.engines.platforms._slabs import Clean, joined_facts, joined_posts
from yunce.engines.platforms._tables import Cell
from yunce.kit.wording import gettext as _

Row = Sequence[Cell]
Place = tuple[str | None, str, date, str]
"""(post, metric, day, segment): where a value belongs."""


@dataclass
class Findings:
    """The one mutable thing here: it lives as long as one table is being read."""

    sheet: str
    posts: dict[str, ParsedPost] = field(default_factory=dict)
    facts: dict[Place, ParsedFact] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    disputed: dict[Place, list[ParsedFact]] = field(default_factory=dict)
    days: set[date] = field(default_factory=set)  # covered by the account, or with a post
    totals: list[tuple[int, Row]] = field(default_factory=list)  # rows that add up the others
    moments: dict[str, datetime] = field(default_factory=dict)  # texts read as dates before
    rounded: set[str] = field(default_factory=set)  # metrics with values such as 1.2万
    ignored: int = 0
    first_rows: dict[str, int] = field(default_factory=dict)  # where each post is first named
    clean: Clean = field(default_factory=Clean)  # rows that were not read one by one

    def add_fact(
        self,
        row: int,
        column: PlacedColumn,
        value: float,
        *,
        day: date,
        post: str | None,
        metric: str = "",
        segment: str = "",
    ) -> None:
        """Keep a value. One place told twice with different values is dropped, and said so."""
        fact = ParsedFact(
            post=post,
            metric=metric or column.metric,
            day=day,
            segment=segment,
            value=value,
            sheet=self.sheet,
            row=row,
            column=column.header,
        )
        place = (post, fact.metric, day, segment)
        first = self.facts.setdefault(place, fact)
        if first.value == value:
            return
        if place not in self.disputed:
            self.disputed[place] = [first]
            self._tell_dispute(first, fact, column)
        self.disputed[place].append(fact)

    def _tell_dispute(self, first: ParsedFact, second: ParsedFact, column: PlacedColumn) -> None:
        """Which of the two is right, or whether both are parts of a whole, nobody can tell."""
        message = _("{day} 有两个不同的数：第 {row} 行是 {value}，这里是 {other}").format(
            day=second.day.isoformat(),
            row=first.row,
            value=shown(first.value),
            other=shown(second.value),
        )
        hint = _("两个都没有导入。请只留一行；如果是按渠道或地区分行，请只保留合计的行。")
        self.problem(second.row, column, shown(second.value), message, hint)

    def unusable(self, row: int, column: PlacedColumn, cell: Cell, error: CellError) -> None:
        shown_cell = shown(cell)
        self.problem(row, column, shown_cell, error.message, error.hint, severity=error.severity)

    def problem(
        self,
        row: int | None,
        column: PlacedColumn | None,
        value: str,
        message: str,
        hint: str,
        *,
        severity: Severity = "error",
    ) -> None:
        header = column.header if column else ""
        self.problems.append(
            Problem(
                sheet=self.sheet,
                row=row,
                column=header,
                value=value,
                message=message,
                hint=hint,
                severity=severity,
            )
        )

    def add_post(self, number: int, post: ParsedPost) -> None:
        self.posts[post.key] = post
        self.first_rows[post.key] = number

    def sum_of(self, metric: str, *, but: str | None) -> float:
        """Of all values of a metric; ``but``: a segment whose values do not count."""
        told = (f for f in self.facts.values() if f.metric == metric and f.segment != but)
        return math.fsum((self.clean.values_of(metric, but=but), *(f.value for f in told)))

    def forms_with(self, metric: str) -> set[str]:
        """The forms of posts that have a value of a metric."""
        rated = {fact.post for fact in self.facts.values() if fact.metric == metric}
        return self.clean.forms_with(metric) | {self.posts[post].form for post in rated if post}

    def numbered(self, post: ParsedPost) -> ParsedPost:
        """A post under a key of its own: the second of the same key becomes ``…#2``."""
        count = 2
        while (key := f"{post.key}#{count}") in self.posts:
            count += 1
        return replace(post, key=key)

    def parsed(self, *, platform: str | None, export: str) -> Parsed:
        posts = joined_posts(self.clean, self.posts, self.first_rows)
        facts = [f for place, f in self.facts.items() if place not in self.disputed]
        return Parsed(
            platform=platform,
            export=export,
            posts=posts,
            facts=joined_facts(self.clean, facts, posts, self.sheet),
            problems=tuple(self.problems),
            ignored=self.ignored,
            conflicts=len(self.disputed),
            first_day=min(self.days, default=None),
            last_day=max(self.days, default=None),
            disputes=tuple(map(tuple, self.disputed.values())),
        )
