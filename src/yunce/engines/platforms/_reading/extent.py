"""How far a sheet's XML reaches, before a reader builds the grid up to its farthest cell.

A reader takes 24 bytes for every place between A1 and the last cell: one value in XFD1048576 ends
the process. Files as programs write them are proven harmless by one search; the others are walked
through tag by tag.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from xml.parsers import expat

from yunce.engines.platforms._reading.limits import MAX_CELLS, MAX_COLUMNS

_CELL = re.compile(rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"')
_STRING_END = re.compile(rb"</(?:[\w.-]+:)?si\s*>")
_PLACE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_ODD = {b"!": b"<!", b"?": b"<?", b":": b":c"}  # comments, instructions, tags with a prefix
_VALUES = ("v", "is", "t")  # what makes a cell more than a painted square
_LOOKED_AT = 1_000  # cells
_MISSES = 40  # cells beyond what was expected, before the whole sheet is walked


class BrokenSheetError(ValueError):
    """No program writes a sheet like this."""


@dataclass(frozen=True)
class Extent:
    """A sheet needs no more than this."""

    rows: int
    columns: int
    cells: int


def sheet_extent(data: bytes) -> Extent:
    """At least as far as the sheet reaches. BrokenSheetError when it is no proper XML.

    A sheet that seems to reach too far may only be painted that far: then each cell is looked at.
    """
    extent = _proven(data)
    if extent is None or _is_too_large(extent):
        return _Walk().through(data).extent
    return extent


def text_size(sheets: Sequence[bytes], shared: bytes) -> int:
    """Bytes of text when every cell holds a copy of its shared string."""
    lengths = [len(text) for text in _STRING_END.split(shared)]
    uses = (use for sheet in sheets for use in _Walk().through(sheet).strings)
    return sum(lengths[use] for use in uses if use < len(lengths))


def has_longer_string(shared: bytes, length: int) -> bool:
    """Is a shared string longer than this? Jumps from string to string, reading none."""
    place = max(0, shared.find(b"<si"))
    while place + length < len(shared):
        end = shared.rfind(b"</si>", place, place + length)
        if end < 0:
            return True
        place = end + 5
    return False


def _proven(data: bytes) -> Extent | None:
    """None when the cells are not written as usual, or too many lie beyond the expected."""
    start, end = data.find(b"<sheetData"), data.rfind(b"</sheetData>")
    if start < 0 or end < 0:
        return None
    cells = data.count(b'<c r="', start, end)
    if cells != data.count(b"<c", start, end):
        return None
    for sign, odd in _ODD.items():  # the sign first: one that is nowhere is missed quickly
        if data.find(sign, start, end) >= 0 and data.find(odd, start, end) >= 0:
            return None
    rows, columns = _expected(data, start, end)
    place = start
    for _attempt in range(_MISSES):
        beyond = _beyond(rows, columns).search(data, place, end)
        if beyond is None:
            return Extent(rows, columns, cells)
        cell = _CELL.match(data, beyond.start())
        if cell is None:
            return None
        rows, columns = max(rows, int(cell[2])), max(columns, column_number(cell[1].decode()))
        place = beyond.end()
    return None


def _expected(data: bytes, start: int, end: int) -> tuple[int, int]:
    """As far as its first and last cells reach; what a sheet says of itself is often wrong."""
    last = max(start, data.rfind(b"<row", start, end))
    looked = [*islice(_CELL.finditer(data, start, end), _LOOKED_AT)]
    looked += islice(_CELL.finditer(data, last, end), _LOOKED_AT)
    columns = {column_number(cell[1].decode()) for cell in looked}
    return max((int(cell[2]) for cell in looked), default=1), max(columns, default=1)


@lru_cache(maxsize=64)
def _beyond(rows: int, columns: int) -> re.Pattern[bytes]:
    """A cell that does not stand within so many rows and columns."""
    row = _not_above(str(rows), "19", "09")
    column = _not_above(_column_letters(columns), "AZ", "AZ")
    return re.compile(rf'<c r="(?!(?:{column})(?:{row})")'.encode())


def _not_above(limit: str, first: str, other: str) -> str:
    """A pattern for all words up to a limit; "19" is the range of a first sign.

    >>> _not_above("305", "19", "09")
    '[1-9][0-9]{0,1}|[1-2][0-9]{2}|30[0-4][0-9]{0}|305'
    """
    every = f"[{other[0]}-{other[1]}]"
    options = [f"[{first[0]}-{first[1]}]{every}{{0,{len(limit) - 2}}}"] if len(limit) > 1 else []
    for place, sign in enumerate(limit):
        lowest = other[0] if place else first[0]
        if sign > lowest:
            below = f"[{lowest}-{chr(ord(sign) - 1)}]"
            options.append(f"{limit[:place]}{below}{every}{{{len(limit) - place - 1}}}")
    return "|".join([*options, limit])


def column_number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _column_letters(number: int) -> str:
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _is_too_large(extent: Extent) -> bool:
    return extent.columns > MAX_COLUMNS or extent.rows * extent.columns > MAX_CELLS


class _Enough(Exception):  # noqa: N818 - no error: there is no need to look further
    """The sheet is too large, whatever follows."""


class _Walk:
    """Through a sheet tag by tag, as an XML parser sees it."""

    def __init__(self) -> None:
        self._rows = self._columns = self._cells = self._row = self._column = 0
        self._is_shared, self._text = False, ""
        self.strings: list[int] = []  # which shared strings the cells use

    @property
    def extent(self) -> Extent:
        return Extent(self._rows, self._columns, self._cells)

    def through(self, data: bytes) -> _Walk:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            parser.Parse(data, True)
        except _Enough:
            pass
        except (expat.ExpatError, ValueError) as error:
            raise BrokenSheetError(str(error)) from error
        return self

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        self._text = ""
        if name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
        elif name == "c":
            self._cells += 1
            self._place(attributes.get("r"))
            self._is_shared = attributes.get("t") == "s"
        elif name in _VALUES:
            self._rows, self._columns = max(self._rows, self._row), max(self._columns, self._column)
            if _is_too_large(self.extent):
                raise _Enough

    def _place(self, written: str | None) -> None:
        if written is None:
            self._column += 1
        elif place := _PLACE.fullmatch(written):
            self._column, self._row = column_number(place[1]), int(place[2])
        else:
            raise BrokenSheetError(written)

    def _end(self, name: str) -> None:
        if self._is_shared and name.rpartition(":")[2] == "v" and self._text.strip().isdecimal():
            self.strings.append(int(self._text))

    def _characters(self, text: str) -> None:
        if self._is_shared:
            self._text += text
