"""A file's content → what it says, whichever of its sheets are understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from yunce.engines.platforms import (
    ColumnMapping,
    Parsed,
    ParsedPost,
    Problem,
    Recognition,
    Table,
    missing_headers,
    parse,
    parse_mapped,
    platforms,
    recognise,
    recognise_as,
    suggest_mapping,
)
from yunce.ground.imports.disputes import Dispute, Owned, settled
from yunce.ground.imports.rules import (
    SKIP,
    Choices,
    SheetMapping,
    known_names,
    misplaced,
    owner_named,
    percent_metrics,
    table_named,
)

MAX_OWNERS = 200  # names in an account column; more of them are no accounts


@dataclass(frozen=True)
class Part:
    """What one sheet says, or the rows of one account in it."""

    parsed: Parsed
    owner: str = ""  # the name in the account column; empty = the file's account


@dataclass(frozen=True)
class Reading:
    """Everything one file says, put together."""

    tables: tuple[Table, ...]
    recognitions: tuple[Recognition, ...]  # empty when mapped or unknown
    mapping: SheetMapping | None  # how it was read, when a person taught it
    parts: tuple[Part, ...]
    notes: tuple[Problem, ...] = ()  # about sheets and columns as a whole
    choices: Choices = field(default_factory=Choices)
    skipped: tuple[Recognition, ...] = ()  # tables a person left out

    @property
    def needs_mapping(self) -> bool:
        """Nothing in it is known, and nobody has said what it is."""
        return not self.parts and not self.skipped and not self.notes and not self._all_skipped

    @property
    def _all_skipped(self) -> bool:
        said = self.choices.sheets
        return bool(self.tables) and all(said.get(t.sheet) == SKIP for t in self.tables)

    @property
    def parsed(self) -> tuple[Parsed, ...]:
        return tuple(part.parsed for part in self.parts)

    @property
    def owners(self) -> tuple[str, ...]:
        """Names in the account column, in the order of the file; empty without such a column."""
        return tuple(dict.fromkeys(part.owner for part in self.parts if part.owner))

    @property
    def platform(self) -> str:
        """The platform's key; empty when a mapping was used: it is then the account's."""
        return self.recognitions[0].platform if self.recognitions else ""

    @property
    def export(self) -> str:
        return self.recognitions[0].export if self.recognitions else ""

    @property
    def owned_posts(self) -> Iterable[tuple[str, ParsedPost]]:
        """Each post with its owner, made as it is looked at."""
        if self.is_plain:
            return ((part.owner, post) for part in self.parts for post in part.parsed.posts)
        return [(owner, post) for (owner, _key), post in self._joined_posts.items()]

    @property
    def post_places(self) -> Iterable[tuple[str, str]]:
        """The owner and the key of each post, in that order, without a look at the rest of it."""
        if self.is_plain:
            return ((part.owner, key) for part in self.parts for key in part.parsed.posts.keys)
        return [*self._joined_posts]

    @property
    def has_posts(self) -> bool:
        """If so its numbers belong to the day the file was taken."""
        return any(part.posts for part in self.parsed)

    @cached_property
    def _joined_posts(self) -> dict[tuple[str, str], ParsedPost]:
        """Of a post several tables tell of the last counts."""
        return {(part.owner, post.key): post for part in self.parts for post in part.parsed.posts}

    @cached_property
    def is_plain(self) -> bool:
        """One table an owner, no place told twice: there is nothing to settle, fact by fact."""
        owners = {part.owner for part in self.parts}
        return len(owners) == len(self.parts) and not any(p.disputes for p in self.parsed)

    @cached_property
    def _settled(self) -> tuple[tuple[Owned, ...], tuple[Dispute, ...]]:
        parts = [(part.owner, part.parsed) for part in self.parts]
        return settled(parts, self.choices.disputes)

    @property
    def owned_facts(self) -> Iterable[Owned]:
        """Facts with whose they are."""
        if self.is_plain:
            return ((part.owner, fact) for part in self.parts for fact in part.parsed.facts)
        return self._settled[0]

    @property
    def fact_count(self) -> int:
        if self.is_plain:
            return sum(len(parsed.facts) for parsed in self.parsed)
        return len(self._settled[0])

    @property
    def days(self) -> set[date]:
        """Every day its facts are about."""
        if self.is_plain:
            return {day for parsed in self.parsed for day in parsed.facts.days}
        return {fact.day for _owner, fact in self._settled[0]}

    @property
    def disputes(self) -> tuple[Dispute, ...]:
        """Places told twice with different values, decided or not."""
        return () if self.is_plain else self._settled[1]

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Errors first, each in the order of the file; without what a person has decided."""
        found = [*self.notes, *(dispute.problem for dispute in self.disputes if dispute.is_across)]
        found += [problem for part in self.parsed for problem in part.problems]
        decided = {dispute.last_cell for dispute in self.disputes if dispute.decided}
        open_ones = [problem for problem in found if _cell(problem) not in decided]
        return tuple(sorted(open_ones, key=lambda problem: problem.severity != "error"))

    @property
    def conflicts(self) -> int:
        """Disputes nobody has decided."""
        return sum(not dispute.decided for dispute in self.disputes)

    @property
    def errors(self) -> int:
        """What could not be used, apart from values told twice."""
        disputed = {dispute.last_cell for dispute in self.disputes}
        found = (problem for problem in self.problems if problem.severity == "error")
        return sum(_cell(problem) not in disputed for problem in found)

    @property
    def ignored(self) -> int:
        return sum(part.ignored for part in self.parsed)

    def suggestion(self) -> SheetMapping:
        """A first guess at the fullest sheet's columns."""
        table = max(self.tables, key=lambda table: len(table.rows))
        return SheetMapping(table.sheet, suggest_mapping(table, known=known_names()))


def _cell(problem: Problem) -> tuple[str, int | None, str]:
    return problem.sheet, problem.row, problem.column


def read(
    tables: Sequence[Table],
    *,
    captured_on: date,
    today: date,
    mapping: SheetMapping | None,
    choices: Choices | None = None,
) -> Reading:
    """Read through the mapping when there is one; else as what the sheets are recognised as."""
    choices = choices or Choices()
    if mapping is not None:
        return _read_mapped(tables, mapping, captured_on, today, choices)
    taken, refused = _taken(tables, choices)
    matches = _of_one_platform(taken)
    wanted = [pair for pair in matches if choices.sheets.get(region_key(pair[1])) != SKIP]
    known = {id(table) for table, _match in matches}
    left = [t for t in tables if id(t) not in known and not choices.sheets.get(t.sheet)]
    return Reading(
        tables=tuple(tables),
        recognitions=tuple(match for _table, match in wanted),
        mapping=None,
        parts=tuple(
            Part(parse(table, match, captured_on=captured_on, today=today))
            for table, match in wanted
        ),
        notes=(*refused, *(_left_out(table) for table in left if matches)),
        choices=choices,
        skipped=tuple(match for _table, match in matches if match not in _seconds(wanted)),
    )


def region_key(match: Recognition) -> str:
    """What one table of a sheet is called among the choices."""
    return f"{match.sheet}@{match.header_row},{match.first_column}"


def _seconds(pairs: Iterable[tuple[Table, Recognition]]) -> list[Recognition]:
    return [match for _table, match in pairs]


def _taken(
    tables: Sequence[Table], choices: Choices
) -> tuple[list[tuple[Table, Recognition]], list[Problem]]:
    """Tables with what they are read as; and sheets that cannot be what a person said."""
    free = [table for table in tables if not choices.sheets.get(table.sheet)]
    taken, refused = list(recognise(free)), []
    for table in tables:
        platform, colon, export = choices.sheets.get(table.sheet, "").partition(":")
        if not colon:
            continue
        match = recognise_as(table, platform, export)
        if match:
            taken.append((table, match))
        else:
            refused.append(_not_that(table, platform, export))
    places = {id(table): place for place, table in enumerate(tables)}
    return sorted(taken, key=lambda pair: places[id(pair[0])]), refused


def _not_that(table: Table, platform: str, export: str) -> Problem:
    labels = {e.key: e.label for e in platforms()[platform].exports}
    values = {
        "platform": platforms()[platform].label,
        "export": labels[export],
        "missing": "、".join(f"「{name}」" for name in missing_headers(table, platform, export)),
    }
    missing = _("，缺少 %(missing)s 列") % values if values["missing"] else ""
    return Problem(
        sheet=table.sheet,
        row=None,
        column="",
        value="",
        message=_("不能当作%(platform)s「%(export)s」来读") % values + missing,
        hint=_("请换一种，或选「自动」，或用「自己指定列」。"),
    )


def _read_mapped(
    tables: Sequence[Table],
    mapping: SheetMapping,
    captured_on: date,
    today: date,
    choices: Choices,
) -> Reading:
    wrong = tuple(misplaced(mapping.columns))
    usable = _without(mapping.columns, {problem.column for problem in wrong})
    table = table_named(tables, mapping.sheet)
    parts = tuple(
        Part(
            parse_mapped(
                own,
                usable,
                captured_on=captured_on,
                today=today,
                percent_metrics=percent_metrics(),
            ),
            owner=owner,
        )
        for owner, own in _by_owner(table, mapping)
    )
    return Reading(
        tables=tuple(tables),
        recognitions=(),
        mapping=mapping,
        parts=parts,
        notes=wrong,
        choices=choices,
    )


def _by_owner(table: Table, mapping: SheetMapping) -> Iterator[tuple[str, Table]]:
    """The table once for each account, other accounts' rows blanked: rows keep their numbers."""
    column, start = mapping.owner_column, mapping.columns.header_row
    if column is None or not table.rows or column >= len(table.rows[0]):
        yield "", table
        return
    names = [owner_named(row[column]) for row in table.rows[start:]]
    blank = (None,) * len(table.rows[0])
    for owner in list(dict.fromkeys(name for name in names if name))[:MAX_OWNERS]:
        body = tuple(
            row if name == owner else blank
            for name, row in zip(names, table.rows[start:], strict=True)
        )
        yield owner, replace(table, rows=(*table.rows[:start], *body))


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


def described(reading: Reading) -> tuple[str, str]:
    """(platform, what kind of export) in the words of the interface."""
    if not reading.recognitions:
        return "", _("按团队教过的列读取") if reading.mapping else ""
    platform = platforms()[reading.platform]
    exports = {export.key: export.label for export in platform.exports}
    labels = dict.fromkeys(exports[match.export] for match in reading.recognitions)
    return platform.label, "、".join(labels)


def rows_of(tables: Iterable[Table]) -> int:
    return sum(len(table.rows) for table in tables)
