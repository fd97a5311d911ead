"""A file's content → what it says, whichever of its sheets are understood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from yunce.engines.platforms import (
    ColumnMapping,
    Parsed,
    ParsedFact,
    ParsedPost,
    Problem,
    Recognition,
    Table,
    parse,
    parse_mapped,
    platforms,
    recognise,
    suggest_mapping,
)
from yunce.ground.imports.rules import (
    SheetMapping,
    error_count,
    known_names,
    misplaced,
    percent_metrics,
    table_named,
)
from yunce.kit.numbers import format_value


@dataclass(frozen=True)
class Reading:
    """Everything one file says, put together."""

    tables: tuple[Table, ...]
    recognitions: tuple[Recognition, ...]  # empty when mapped or unknown
    mapping: SheetMapping | None  # how it was read, when a person taught it
    parsed: tuple[Parsed, ...]
    notes: tuple[Problem, ...] = ()  # about sheets and columns as a whole

    @property
    def needs_mapping(self) -> bool:
        return not self.parsed

    @property
    def platform(self) -> str:
        """The platform's key; empty when a mapping was used: it is then the account's."""
        return self.recognitions[0].platform if self.recognitions else ""

    @property
    def export(self) -> str:
        return self.recognitions[0].export if self.recognitions else ""

    @cached_property
    def posts(self) -> tuple[ParsedPost, ...]:
        return tuple({post.key: post for part in self.parsed for post in part.posts}.values())

    @cached_property
    def _merged(self) -> tuple[tuple[ParsedFact, ...], tuple[Problem, ...]]:
        return _merge(fact for part in self.parsed for fact in part.facts)

    @property
    def facts(self) -> tuple[ParsedFact, ...]:
        return self._merged[0]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Errors first, each in the order of the file."""
        found = [*self.notes, *self._merged[1]]
        found += [problem for part in self.parsed for problem in part.problems]
        return tuple(sorted(found, key=lambda problem: problem.severity != "error"))

    @property
    def conflicts(self) -> int:
        return sum(part.conflicts for part in self.parsed) + len(self._merged[1])

    @property
    def errors(self) -> int:
        return error_count(self.problems, self.parsed) - len(self._merged[1])

    @property
    def ignored(self) -> int:
        return sum(part.ignored for part in self.parsed)

    @property
    def has_snapshots(self) -> bool:
        """Do its numbers belong to the day the file was taken?"""
        return any(fact.post is not None for fact in self.facts)

    def suggestion(self) -> SheetMapping:
        """A first guess at the fullest sheet's columns."""
        table = max(self.tables, key=lambda table: len(table.rows))
        return SheetMapping(table.sheet, suggest_mapping(table, known=known_names()))


def read(
    tables: Sequence[Table],
    *,
    captured_on: date,
    today: date,
    mapping: SheetMapping | None,
) -> Reading:
    """Read through the mapping when there is one; else as what the sheets are recognised as."""
    if mapping is not None:
        return _read_mapped(tables, mapping, captured_on, today)
    matches = _of_one_platform(recognise(tables))
    known = [table for table, _match in matches]
    return Reading(
        tables=tuple(tables),
        recognitions=tuple(match for _table, match in matches),
        mapping=None,
        parsed=tuple(
            parse(table, match, captured_on=captured_on, today=today) for table, match in matches
        ),
        notes=tuple(_left_out(table) for table in tables if matches and table not in known),
    )


def _read_mapped(
    tables: Sequence[Table], mapping: SheetMapping, captured_on: date, today: date
) -> Reading:
    wrong = tuple(misplaced(mapping.columns))
    usable = _without(mapping.columns, {problem.column for problem in wrong})
    parsed = parse_mapped(
        table_named(tables, mapping.sheet),
        usable,
        captured_on=captured_on,
        today=today,
        percent_metrics=percent_metrics(),
    )
    return Reading(
        tables=tuple(tables), recognitions=(), mapping=mapping, parsed=(parsed,), notes=wrong
    )


def _without(columns: ColumnMapping, headers: set[str]) -> ColumnMapping:
    kept = tuple(use for use in columns.columns if use.header not in headers)
    return ColumnMapping(header_row=columns.header_row, columns=kept)


def _of_one_platform(
    matches: list[tuple[Table, Recognition]],
) -> list[tuple[Table, Recognition]]:
    """A file comes from one back end: the one its surest sheet names."""
    if not matches:
        return []
    best = max(matches, key=lambda match: match[1].confidence)[1].platform
    return [match for match in matches if match[1].platform == best]


def _left_out(table: Table) -> Problem:
    return Problem(
        sheet=table.sheet,
        row=None,
        column="",
        value="",
        message=_("工作表「%(sheet)s」没有认出来，没有读") % {"sheet": table.sheet},
        hint=_("如果需要它的数据，请用「自己指定列」单独导入。"),
        severity="warning",
    )


Place = tuple[str | None, str, date, str]


def _merge(facts: Iterable[ParsedFact]) -> tuple[tuple[ParsedFact, ...], tuple[Problem, ...]]:
    """One value a place. What two sheets tell differently is left out and named."""
    kept: dict[Place, ParsedFact] = {}
    disputed: dict[Place, Problem] = {}
    for fact in facts:
        place = (fact.post, fact.metric, fact.day, fact.segment)
        first = kept.setdefault(place, fact)
        if first.value != fact.value:
            disputed.setdefault(place, _dispute(first, fact))
    agreed = tuple(fact for place, fact in kept.items() if place not in disputed)
    return agreed, tuple(disputed.values())


def _dispute(first: ParsedFact, second: ParsedFact) -> Problem:
    return Problem(
        sheet=second.sheet,
        row=second.row,
        column=second.column,
        value=format_value(second.value),
        message=_("%(day)s 在工作表「%(sheet)s」第 %(row)d 行是 %(value)s，这里不同")
        % {
            "day": second.day,
            "sheet": first.sheet,
            "row": first.row,
            "value": format_value(first.value),
        },
        hint=_("两个都没有导入。请核对后只留一个。"),
    )


def described(reading: Reading) -> tuple[str, str]:
    """(platform, what kind of export) in the words of the interface."""
    if not reading.recognitions:
        return "", _("按团队教过的列读取") if reading.mapping else ""
    platform = platforms()[reading.platform]
    exports = {export.key: export.label for export in platform.exports}
    labels = dict.fromkeys(exports[match.export] for match in reading.recognitions)
    return platform.label, "、".join(labels)
