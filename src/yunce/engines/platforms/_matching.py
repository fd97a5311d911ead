"""How well a run of header cells fits an export."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from yunce.engines.platforms._base import Export, Platform
from yunce.engines.platforms._cells import shown
from yunce.engines.platforms._headers import header_key, known_columns, known_names
from yunce.engines.platforms._regions import Span
from yunce.engines.platforms._registry import platforms
from yunce.engines.platforms._tables import Table

_KNOWN_SHARE = 0.6  # so much of a table's header must be the export's own
_UNPROVEN = 0.5  # confidence when every header is known but none is the platform's alone
_NAMES_READ = 60  # rows below the header that show whether a sheet is named after metrics


@dataclass(frozen=True, kw_only=True)
class Match:
    """One span taken for one export."""

    platform: Platform
    export: Export
    table: Table
    span: Span
    found: int  # headers (or names of rows) the export knows
    total: int  # of so many
    marks: tuple[str, ...]  # the export's own headers among them
    confidence: float  # 0-1

    @property
    def place(self) -> tuple[str, str]:
        return self.platform.key, self.export.key


def matches(table: Table, span: Span) -> Iterator[Match]:
    """Every export these headers could be of."""
    for platform in platforms().values():
        for export in platform.exports:
            if match := match_one(platform, export, table, span):
                yield match


def match_one(
    platform: Platform,
    export: Export,
    table: Table,
    span: Span,
    *,
    known_share: float = _KNOWN_SHARE,
) -> Match | None:
    """How well these headers fit this export; None when they do not."""
    if export.sheet and export.sheet != table.sheet:
        return None
    known, keys = known_columns(export), {*span.keys} - {""}
    columns = {known[key].header: known[key] for key in span.keys if key in known}
    required = {column.header for column in export.columns if column.required}
    if not required <= columns.keys():
        return None
    tells = any(column.role in ("metric", "value") for column in columns.values())
    if not tells and not export.sheet:  # a sheet known by name may be one we leave out
        return None
    found, total = len(columns), len(keys)
    if export.names:
        found, total = _named_rows(export, table, span)
    if not found or found / total < known_share:
        return None
    marks = tuple(text for text in export.fingerprint if header_key(text) in keys)
    told = bool(export.beside or (export.sheet and export.names))  # by its surroundings
    certainty = 1.0 if told else _certainty(len(marks) / export.sure_from)
    return Match(
        platform=platform,
        export=export,
        table=table,
        span=span,
        found=found,
        total=total,
        marks=marks,
        confidence=round(certainty * found / total, 2),
    )


def _certainty(proven: float) -> float:
    return _UNPROVEN + (1 - _UNPROVEN) * min(1.0, proven)


def _named_rows(export: Export, table: Table, span: Span) -> tuple[int, int]:
    """Of a sheet 指标 | 数值: how many of the names below are known."""
    known = known_columns(export)
    place = next(n for n, key in enumerate(span.keys) if key in known and known[key].role == "name")
    rows = table.rows[span.row : span.row + _NAMES_READ]
    labels = [header_key(shown(row[span.first + place])) for row in rows]
    named = [label for label in labels if label]
    return sum(label in known_names(export) for label in named), len(named)
