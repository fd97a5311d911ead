"""The tables of a Word file, in the order they stand; struck-out changes are left out."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree

from yunce.engines.plantables.errors import not_readable, too_large
from yunce.engines.plantables.grids import (
    BLANK,
    MOST_COLUMNS,
    MOST_ROWS,
    Grid,
    GridCell,
    PlanFile,
    even,
)
from yunce.kit.text import tidy

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PART = "word/document.xml"
MOST_BYTES = 64 * 1024 * 1024  # of the unpacked text
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " ", f"{_W}noBreakHyphen": "-"}
# What another program keeps beside the text: deleted words, a second form of a drawing.
_SKIPPED = {f"{_W}del", f"{_W}moveFrom", f"{_W}rPr", f"{_W}pPr", f"{_W}instrText"}


def read_docx(content: bytes, file: str) -> PlanFile:
    body = _body(content, file)
    texts: list[str] = []
    grids: list[Grid] = []
    for kind, found in _pieces(body):
        if kind == "text":
            texts.append(found)
            continue
        rows = _rows(found)
        if len(rows) > MOST_ROWS:
            raise too_large(file)
        grids.append(Grid(len(grids) + 1, texts[-1] if texts else "", even(rows)))
    return PlanFile(file, tuple(grids), tuple(texts))


def _body(content: bytes, file: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        with ZipFile(BytesIO(content)) as package:
            if package.getinfo(_PART).file_size > MOST_BYTES:
                raise too_large(file)
            with package.open(_PART) as part:
                text = part.read(MOST_BYTES + 1)
        if len(text) > MOST_BYTES:
            raise too_large(file)
        return etree.fromstring(text, parser)
    except (BadZipFile, KeyError, OSError, EOFError, ValueError, etree.XMLSyntaxError) as error:
        raise not_readable(file) from error
    except (NotImplementedError, RuntimeError) as error:  # an unknown or locked compression
        raise not_readable(file) from error


def _pieces(element: Any) -> Iterator[tuple[str, Any]]:
    """Paragraphs' texts and tables in document order; tables inside tables after their own."""
    for child in element:
        if child.tag == f"{_W}p":
            if text := _text_of(child).strip():
                yield "text", text
        elif child.tag == f"{_W}tbl":
            yield "table", child
            for inner in child.iter(f"{_W}tbl"):
                if inner is not child:
                    yield "table", inner
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            yield from _pieces(child)  # content controls and the like


def _rows(table: Any) -> list[list[GridCell]]:
    rows: list[list[GridCell]] = []
    for row in _own(table, f"{_W}tr"):
        if row.find(f"{_W}trPr/{_W}del") is None:  # a row somebody struck out
            rows.append(_row(row, above=rows[-1] if rows else []))
    return rows


def _row(row: Any, *, above: list[GridCell]) -> list[GridCell]:
    cells = [BLANK] * _number(row, "trPr/gridBefore")
    for cell in _own(row, f"{_W}tc"):
        at = len(cells)
        merge = cell.find(f"{_W}tcPr/{_W}vMerge")
        if merge is not None and merge.get(f"{_W}val", "continue") == "continue":
            found = GridCell(above[at].text if at < len(above) else "", reaches=True)
        else:
            found = GridCell(_cell_text(cell))
        cells.append(found)
        span = min(_number(cell, "tcPr/gridSpan", least=1), MOST_COLUMNS)
        cells.extend([GridCell(found.text, reaches=True)] * (span - 1))
    return cells[:MOST_COLUMNS]


def _own(parent: Any, tag: str) -> Iterator[Any]:
    """The parent's own rows or cells, also inside content controls; never those of inner tables."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _own(child, tag)


def _number(element: Any, path: str, *, least: int = 0) -> int:
    found = element.find("/".join(f"{_W}{step}" for step in path.split("/")))
    text = found.get(f"{_W}val", "") if found is not None else ""
    return max(least, int(text)) if text.isdecimal() else least


def _cell_text(cell: Any) -> str:
    lines = [line for kind, line in _pieces(cell) if kind == "text"]
    return "\n".join(filter(None, (tidy(line) for text in lines for line in text.splitlines())))


def _text_of(element: Any) -> str:
    parts: list[str] = []
    for child in element:
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in _BREAKS:
            parts.append(_BREAKS[child.tag])
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            parts.append(_text_of(child))
    return "".join(parts)
