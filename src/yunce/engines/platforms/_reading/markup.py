"""Web pages named .xls, as 公众号 and old back ends hand them out: their tables, never rendered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from yunce.engines.platforms._reading.errors import (
    CorruptFileError,
    NotATableError,
    TooLargeFileError,
)
from yunce.engines.platforms._reading.grid import even_grid
from yunce.engines.platforms._reading.limits import (
    MAX_COLUMNS,
    MAX_MARKUP_BYTES,
    MAX_SHEETS,
    MEGABYTE,
    check_grid,
)
from yunce.engines.platforms._tables import Cell, Table
from yunce.kit.wording import gettext as _

_MARKUP = re.compile(
    rb"\s*(?:<!--|<!doctype\s+html|<html|<table|<meta|<head|<body|<div|<style|<\?xml[^>]*\?>\s*<html)",
    re.IGNORECASE,
)
_UNSEEN = ("script", "style", "template", "noscript")
_MAX_SPAN = 65_534  # rows, as HTML itself has it


def is_markup(text: bytes) -> bool:
    return _MARKUP.match(text) is not None


def read_markup(text: bytes, file: str) -> list[Table]:
    """``text`` is UTF-8. Of tables inside tables the innermost count: the others are for looks."""
    if len(text) > MAX_MARKUP_BYTES:
        limit = MAX_MARKUP_BYTES // MEGABYTE
        raise TooLargeFileError(file, detail=_("网页格式的表格超过 {limit} MB").format(limit=limit))
    tables = [table for table in _root(text, file).iter("table") if not _inner(table)]
    if len(tables) > MAX_SHEETS:
        detail = _("有 {count} 个表格，最多 {limit} 个")
        raise TooLargeFileError(file, detail=detail.format(count=len(tables), limit=MAX_SHEETS))
    grids = [even_grid(_rows(table, file)) for table in tables]
    filled = [grid for grid in grids if grid]
    if not filled:
        raise NotATableError(file, detail=_("它是网页，里面没有表格"))
    names = [""] if len(filled) == 1 else [f"表格{n}" for n in range(1, len(filled) + 1)]
    return [
        Table(file=file, sheet=name, rows=rows) for name, rows in zip(names, filled, strict=True)
    ]


def _root(text: bytes, file: str) -> html.HtmlElement:
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise CorruptFileError(file) from error
    etree.strip_elements(root, *_UNSEEN, with_tail=False)
    return root


def _inner(table: html.HtmlElement) -> bool:
    return next(table.iterdescendants("table"), None) is not None


def _rows(table: html.HtmlElement, file: str) -> list[list[Cell]]:
    """A merged cell's text stands in every place it covers; it never makes rows of its own."""
    rows: list[list[Cell]] = []
    covered: dict[int, tuple[int, str]] = {}  # column → how many more rows, which text
    for line in table.iterdescendants("tr"):
        row: list[Cell] = []
        for text, across, down in _cells(line):
            row += _carried(covered, len(row)) if covered else ()
            if len(row) + across > MAX_COLUMNS:
                check_grid(file, "", rows=1, columns=len(row) + across)
            if down > 1:
                covered |= {len(row) + n: (down - 1, text) for n in range(across)}
            row += [text] * across
        row += _carried(covered, len(row)) if covered else ()
        rows.append(row)
        check_grid(file, "", rows=len(rows), columns=max(len(row), len(rows[0])))
    return rows


def _carried(covered: dict[int, tuple[int, str]], column: int) -> Iterator[str]:
    """What cells of the rows above put at this column and those right behind it."""
    while column in covered:
        left, text = covered.pop(column)
        if left > 1:
            covered[column] = left - 1, text
        yield text
        column += 1


def _cells(line: html.HtmlElement) -> Iterator[tuple[str, int, int]]:
    """Text, columns and rows of each cell."""
    for cell in line.iterchildren("td", "th"):
        text = _text(cell) if len(cell) else " ".join((cell.text or "").split())
        if not cell.attrib:
            yield text, 1, 1
            continue
        yield text, _span(cell, "colspan", MAX_COLUMNS + 1), _span(cell, "rowspan", _MAX_SPAN)


def _text(cell: html.HtmlElement) -> str:
    for pause in cell.iter("br"):
        pause.tail = f"\n{pause.tail or ''}"
    lines = "".join(cell.itertext()).split("\n")
    return "\n".join(filter(None, (" ".join(one.split()) for one in lines)))


def _span(cell: html.HtmlElement, name: str, most: int) -> int:
    written = cell.get(name, "1").strip()
    return max(1, min(int(written), most)) if re.fullmatch(r"[0-9]{1,9}", written) else 1
