"""Which export a table is, how sure we are, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from yunce.engines.platforms._base import Export, Platform
from yunce.engines.platforms._headers import HEADER_DEPTH, header_key, header_keys, place
from yunce.engines.platforms._registry import platforms
from yunce.engines.platforms._tables import Cell, Table
from yunce.kit.wording import gettext as _

_KNOWN_SHARE = 0.6  # so much of a table's header must be the export's own
_UNPROVEN = 0.5  # confidence when every header is known but none is the platform's alone
_SHOWN_HEADERS = 3


@dataclass(frozen=True, kw_only=True)
class Recognition:
    """One table taken for one export."""

    platform: str  # platform key
    export: str  # export key
    sheet: str  # the table's sheet
    header_row: int  # 1-based
    confidence: float  # 0-1; 1 = the headers leave no doubt
    reason: str  # zh: what this rests on, for the person who confirms it


def recognise(tables: Iterable[Table]) -> list[tuple[Table, Recognition]]:
    """The best match of each table; tables of unknown layout are left out."""
    matched = ((table, max(_matches(table), key=_rank, default=None)) for table in tables)
    return [(table, match) for table, match in matched if match is not None]


def _rank(match: Recognition) -> tuple[float, int]:
    return match.confidence, -match.header_row


def _matches(table: Table) -> Iterator[Recognition]:
    for number, row in enumerate(table.rows[:HEADER_DEPTH], start=1):
        for platform in platforms().values():
            for export in platform.exports:
                if match := _match(platform, export, table, row, number):
                    yield match


def _match(
    platform: Platform, export: Export, table: Table, row: Sequence[Cell], number: int
) -> Recognition | None:
    if export.sheet and export.sheet != table.sheet:
        return None
    keys = header_keys(row)
    placed = place(export, row)
    found = {header_key(column.header) for column in placed}
    required = {header_key(c.header) for c in export.columns if c.required}
    if not required <= found or not any(column.role == "metric" for column in placed):
        return None
    share = len(found) / len(keys)
    if share < _KNOWN_SHARE:
        return None
    marks = [text for text in export.fingerprint if header_key(text) in keys]
    certainty = _UNPROVEN + (1 - _UNPROVEN) * min(1.0, len(marks) / export.sure_from)
    return Recognition(
        platform=platform.key,
        export=export.key,
        sheet=table.sheet,
        header_row=number,
        confidence=round(certainty * share, 2),
        reason=_reason(platform, export, number, len(found), len(keys), marks),
    )


def _reason(
    platform: Platform, export: Export, row: int, found: int, total: int, marks: list[str]
) -> str:
    opening = _("第 {row} 行的 {total} 个表头中有 {found} 个和{platform}「{export}」一致").format(
        row=row, total=total, found=found, platform=platform.label, export=export.label
    )
    named = "".join(f"「{text}」" for text in marks[:_SHOWN_HEADERS])
    if export.sheet:
        ending = _("，工作表名「{sheet}」也一致。").format(sheet=export.sheet)
    elif len(marks) >= export.sure_from:
        ending = _("，其中{marks}是它特有的。").format(marks=named)
    elif marks:
        ending = _("，{marks}是它常用的写法，但不足以断定，请确认平台和账号。").format(marks=named)
    else:
        ending = _("，但这些表头别的平台也会用，请确认平台和账号。")
    return opening + ending
