"""A sheet read as the export a person names, whatever it would be taken for by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from yunce.engines.platforms._base import Export, Platform
from yunce.engines.platforms._headers import known_columns
from yunce.engines.platforms._matching import Match, match_one
from yunce.engines.platforms._recognition import Recognition, recognition_of
from yunce.engines.platforms._regions import Span, header_rows, spans_of
from yunce.engines.platforms._registry import export_of, platforms
from yunce.engines.platforms._tables import Table
from yunce.kit.wording import gettext as _


def recognise_as(table: Table, platform: str, export: str) -> Recognition | None:
    """The header that fits this export best; None when no row has what it needs.

    KeyError when there is no such platform or export.
    """
    owner, wanted = platforms()[platform], export_of(platform, export)
    fitting = list(_matches(owner, wanted, table))
    if not fitting:
        return None
    best = max(fitting, key=lambda match: (match.found, -match.span.row))
    reason = _("由你指定为{platform}「{export}」，第 {row} 行有 {found} 个表头对得上。")
    words = {"platform": owner.label, "export": wanted.label, "row": best.span.row}
    return replace(
        recognition_of(best), confidence=1.0, reason=reason.format(found=best.found, **words)
    )


def missing_headers(table: Table, platform: str, export: str) -> tuple[str, ...]:
    """Headers the export cannot do without, in the row that has most of them."""
    wanted = export_of(platform, export)
    known = known_columns(wanted)
    required = [column.header for column in wanted.columns if column.required]
    rows = [{known[key].header for key in s.keys if key in known} for s in _spans(table)]
    there = max(rows, key=lambda headers: len(headers & set(required)), default=set())
    return tuple(header for header in required if header not in there)


def _matches(platform: Platform, export: Export, table: Table) -> Iterator[Match]:
    """Neither the sheet's name nor its neighbours count: a person has said what it is."""
    anywhere = replace(export, sheet="", beside=())
    for span in _spans(table):
        if match := match_one(platform, anywhere, table, span, known_share=0.0):
            yield match


def _spans(table: Table) -> Iterator[Span]:
    for index, _fresh in header_rows(table):
        for way in spans_of(table.rows, index):
            yield from way
