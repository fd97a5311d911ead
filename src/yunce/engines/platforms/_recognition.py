"""Which tables a file's sheets hold, which export each is, how sure we are, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from yunce.engines.platforms._headers import HEADER_DEPTH
from yunce.engines.platforms._matching import Match, matches
from yunce.engines.platforms._regions import (
    Row,
    Span,
    header_rows,
    is_empty,
    is_title,
    looks_like_header,
    spans_of,
)
from yunce.engines.platforms._tables import Table
from yunce.kit.wording import gettext as _

_SHOWN_HEADERS = 3


@dataclass(frozen=True, kw_only=True)
class Recognition:
    """One table taken for one export. Rows and columns count from 1, as the sheet shows them."""

    platform: str  # platform key
    export: str  # export key
    sheet: str  # the table's sheet
    header_row: int  # the last row of the header; data stands below it
    confidence: float  # 0-1; 1 = the headers leave no doubt
    reason: str  # zh: what this rests on, for the person who confirms it
    first_column: int = 1
    last_column: int = 0  # 0 = to the sheet's right edge
    last_row: int = 0  # 0 = to the sheet's end
    header_height: int = 1  # 2 where groups of columns are named above
    unread_row: int = 0  # under this table another begins here that nobody knows; 0 = none


@dataclass(frozen=True)
class _Candidate:
    """A row that could be a header, and what each way of taking it would be."""

    row: int  # 1-based
    fresh: bool  # does it follow an empty row or a title
    ways: list[list[tuple[Span, list[Match]]]]


@dataclass
class _Found:
    """The tables found in one sheet so far."""

    matches: list[Match] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)  # rows where an unknown table begins


def recognise(tables: Iterable[Table]) -> list[tuple[Table, Recognition]]:
    """Every known table of every sheet, from top to bottom; unknown layouts are left out."""
    by_file = groupby(tables, key=lambda table: table.file)
    return [pair for _file, group in by_file for pair in _of_file([*group])]


def _of_file(tables: Sequence[Table]) -> Iterator[tuple[Table, Recognition]]:
    """A file comes from one back end: what several could have written is that one's."""
    sheets = [(table, [*_candidates(table, len(tables))]) for table in tables]
    proven = [
        match
        for table, candidates in sheets
        for match in _choose(table, candidates, lambda m: not m.export.beside, "").matches
    ]
    favourite = max(proven, key=lambda m: m.confidence).platform.key if proven else ""
    known = {match.place for match in proven}

    def allowed(match: Match) -> bool:
        wanted = {(match.platform.key, key) for key in match.export.beside}
        return not wanted or not wanted.isdisjoint(known)

    for table, candidates in sheets:
        found = _choose(table, candidates, allowed, favourite)
        for match in found.matches:
            yield table, _recognition(match, found)


def _candidates(table: Table, sheets: int) -> Iterator[_Candidate]:
    for index, fresh in header_rows(table, sheets=sheets):
        ways = [
            [(span, [*matches(table, span)]) for span in way] for way in spans_of(table.rows, index)
        ]
        yield _Candidate(index + 1, fresh, ways)


def _choose(
    table: Table,
    candidates: Iterable[_Candidate],
    allowed: Callable[[Match], bool],
    favourite: str,
) -> _Found:
    found = _Found()

    def rank(match: Match) -> tuple[bool, int, float]:
        """Of one platform's exports the one that knows most headers."""
        ours = match.platform.key == favourite
        return ours, match.found if ours else 0, match.confidence

    for candidate in candidates:
        ways = [
            [max(fits, key=rank) for _span, every in way if (fits := [*filter(allowed, every)])]
            for way in candidate.ways
        ]
        best = max(ways, key=lambda way: sum(match.found for match in way), default=[])
        for match in best:
            _add(found, match)
        if not best and candidate.fresh and looks_like_header(table.rows[candidate.row - 1]):
            found.unknown.append(candidate.row)
    return found


def _add(found: _Found, match: Match) -> None:
    """Unless the header is the one above once more, or a worse reading of the row above."""
    above = [m for m in found.matches if m.span.overlaps(match.span)]
    if not above:
        found.matches.append(match)
        return
    last = above[-1]
    if last.export is match.export and last.span.keys == match.span.keys:
        return
    if match.span.row <= HEADER_DEPTH and match.span.row - last.span.row == 1:
        if match.confidence <= last.confidence:
            return
        found.matches.remove(last)
    found.matches.append(match)


def recognition_of(match: Match) -> Recognition:
    """A match by itself, whatever else the sheet holds."""
    return _recognition(match, _Found())


def _recognition(match: Match, found: _Found) -> Recognition:
    rows, span = match.table.rows, match.span
    below = [m.span.row - m.span.height + 1 for m in found.matches if m.span.overlaps(span)]
    unknown = [row for row in found.unknown if _reaches(rows[row - 1], span)]
    next_known = min((row for row in below if row > span.row), default=len(rows) + 1)
    next_unknown = min((row for row in unknown if row > span.row), default=len(rows) + 1)
    return Recognition(
        platform=match.platform.key,
        export=match.export.key,
        sheet=match.table.sheet,
        header_row=span.row,
        confidence=match.confidence,
        reason=_reason(match),
        first_column=span.first + 1,
        last_column=span.last + 1,
        last_row=_last_row(rows, span, min(next_known, next_unknown)),
        header_height=span.height,
        unread_row=next_unknown if next_unknown < next_known else 0,
    )


def _reaches(row: Row, span: Span) -> bool:
    return not is_empty(row[span.first : span.last + 1])


def _last_row(rows: Sequence[Row], span: Span, end: int) -> int:
    """The last row before the next table, its title and the empty rows between."""
    last = end - 1
    if last == len(rows):
        return last
    while last > span.row and (is_empty(rows[last - 1]) or is_title(rows[last - 1])):
        last -= 1
    return last


def header_cells(table: Table, recognition: Recognition) -> Row:
    """The header of a recognised table, cell by cell, groups of columns included."""
    first, last = recognition.first_column - 1, recognition.last_column or None
    if recognition.header_height == 1:
        return table.rows[recognition.header_row - 1][first:last]
    ways = spans_of(table.rows, recognition.header_row - 1)
    return next(way[0].cells for way in ways if way[0].height == recognition.header_height)


def _reason(match: Match) -> str:
    export = match.export
    words = {
        "row": match.span.row,
        "found": match.found,
        "total": match.total,
        "platform": match.platform.label,
        "export": export.label,
    }
    if export.names:
        opening = _("{total} 行指标名中有 {found} 个和{platform}「{export}」一致").format(**words)
    else:
        opening = _(
            "第 {row} 行的 {total} 个表头中有 {found} 个和{platform}「{export}」一致"
        ).format(**words)
    return opening + _ending(match)


def _ending(match: Match) -> str:
    export, marks = match.export, match.marks
    named = "".join(f"「{text}」" for text in marks[:_SHOWN_HEADERS])
    if export.sheet:
        return _("，工作表名「{sheet}」也一致。").format(sheet=export.sheet)
    if export.beside:
        return _("，同一个文件里的其他表格也是它的。")
    if len(marks) >= export.sure_from:
        return _("，其中{marks}是它特有的。").format(marks=named)
    if marks:
        return _("，{marks}是它常用的写法，但不足以断定，请确认平台和账号。").format(marks=named)
    return _("，但这些表头别的平台也会用，请确认平台和账号。")
