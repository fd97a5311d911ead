"""A first guess at what the columns of an unknown table are for; a person corrects it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from yunce.engines.platforms._aliases import (
    DATE_HEADERS,
    DAY_METRICS,
    POST_METRICS,
    PUBLISHED_HEADERS,
    TITLE_HEADERS,
)
from yunce.engines.platforms._base import Scale
from yunce.engines.platforms._cells import CellError, is_missing, read_value, shown
from yunce.engines.platforms._days import read_moment
from yunce.engines.platforms._headers import (
    HEADER_DEPTH,
    header_key,
    header_keys,
    header_scale,
)
from yunce.engines.platforms._mapping import ColumnMapping, ColumnUse, MappedRole
from yunce.engines.platforms._tables import Cell, Table

_LOOKED_AT = 200  # rows below the header that a guess rests on
_FAR_AHEAD = date(9000, 1, 1)  # a guess asks whether it is a date, not whether it is a sane one
_ROLES: tuple[tuple[MappedRole, frozenset[str]], ...] = (
    ("title", frozenset(map(header_key, TITLE_HEADERS))),
    ("published", frozenset(map(header_key, PUBLISHED_HEADERS))),
    ("date", frozenset(map(header_key, DATE_HEADERS))),
)


def suggest_mapping(table: Table, *, known: Mapping[str, str]) -> ColumnMapping:
    """Guess by headers, then by values. ``known``: the caller's metric codes and their names."""
    names = {header_key(name): code for code, name in known.items()} | {
        header_key(code): code for code in known
    }
    row = _header_row(table, names.keys() | DAY_METRICS.keys() | POST_METRICS.keys())
    header = table.rows[row - 1] if table.rows else ()
    keys = [header_key(shown(cell)) for cell in header]
    below = table.rows[row : row + _LOOKED_AT]
    values = [[cells[index] for cells in below] for index in range(len(keys))]
    roles = _roles(keys, values)
    aliases = POST_METRICS if {"title", "published"} & set(roles.values()) else DAY_METRICS
    # The shape of the table outweighs a name: 点赞量 in a list of posts is that of each post.
    meanings = names | {key: code for key, code in aliases.items() if code in known}
    codes = _codes(keys, meanings, roles)
    uses = (
        _use(index, shown(cell), roles.get(index), codes.get(index, ""), values[index])
        for index, cell in enumerate(header)
    )
    return ColumnMapping(header_row=row, columns=tuple(uses))


def _header_row(table: Table, metric_keys: Iterable[str]) -> int:
    """The row with most known words; else the first with two texts; else the first."""
    words = set(metric_keys).union(*(keys for _role, keys in _ROLES))
    rows = table.rows[:HEADER_DEPTH]
    scores = [len(header_keys(row) & words) for row in rows]
    if any(scores):
        return scores.index(max(scores)) + 1
    wide = (number for number, row in enumerate(rows, start=1) if len(header_keys(row)) >= 2)
    return next(wide, 1)


def _roles(keys: list[str], values: list[list[Cell]]) -> dict[int, MappedRole]:
    """Title, publish time and day: at most one column each."""
    roles: dict[int, MappedRole] = {}
    for role, words in _ROLES:
        index = next((i for i, key in enumerate(keys) if key in words), None)
        if index is not None:
            roles[index] = role
    if not {"published", "date"} & set(roles.values()):
        dated = (i for i, cells in enumerate(values) if i not in roles and _are_dates(cells))
        index = next(dated, None)
        if index is not None:
            roles[index] = "date"
    # A list of posts with one column of dates: the day each was published.
    if "title" in roles.values() and "published" not in roles.values():
        return {i: "published" if role == "date" else role for i, role in roles.items()}
    return roles


def _are_dates(cells: list[Cell]) -> bool:
    """Bare numbers do not count: 46233 is a date's serial, but also a fine number of reads."""
    filled = [cell for cell in cells if not is_missing(cell)]
    dated = [cell for cell in filled if not isinstance(cell, (int, float)) and _is_date(cell)]
    return len(dated) * 2 > len(filled)


def _is_date(cell: Cell) -> bool:
    try:
        read_moment(cell, today=_FAR_AHEAD)
    except CellError:
        return False
    return not shown(cell).isdigit() or len(shown(cell)) == len("20260714")


def _codes(
    keys: list[str], meanings: Mapping[str, str], roles: Mapping[int, MappedRole]
) -> dict[int, str]:
    """Each metric once: of two columns for one metric the first is proposed."""
    codes: dict[int, str] = {}
    for index, key in enumerate(keys):
        code = meanings.get(key, "")
        if code and index not in roles and code not in codes.values():
            codes[index] = code
    return codes


def _use(
    index: int, header: str, role: MappedRole | None, code: str, values: list[Cell]
) -> ColumnUse:
    if role is not None:
        return ColumnUse(index=index, role=role, header=header)
    if not code:
        return ColumnUse(index=index, role="ignore", header=header)
    scale = header_scale(header) or guessed_scale(header, code, values)
    return ColumnUse(index=index, role="metric", metric=code, scale=scale, header=header)


def guessed_scale(header: str, code: str, values: list[Cell]) -> Scale:
    """One scale for the whole column, from its name and all of its values."""
    texts = [cell for cell in values if isinstance(cell, str)]
    if code.endswith("_seconds") or "时长" in header or any("秒" in text for text in texts):
        return "seconds"
    is_rate = code.endswith("_rate") or "率" in header or "占比" in header
    if not is_rate and not any("%" in header_key(text) for text in texts):
        return "number"
    return rate_scale(values)


def rate_scale(values: list[Cell]) -> Scale:
    """6.5 can only be per cent; a column of nothing above 1 is taken for fractions."""
    bare = [value for cell in values if (value := _bare(cell)) is not None]
    return "percent" if any(value > 1 for value in bare) else "fraction"


def _bare(cell: Cell) -> float | None:
    if isinstance(cell, str) and "%" in header_key(cell):
        return None
    try:
        return None if is_missing(cell) else read_value(cell, "number")
    except CellError:
        return None
