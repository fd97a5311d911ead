"""A first guess at what the columns of an unknown table are for; a person corrects it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import cast, get_args

from yunce.engines.platforms._aliases import (
    DATE_HEADERS,
    DAY_METRICS,
    POST_METRICS,
    PUBLISHED_HEADERS,
    SEGMENT_HEADERS,
    TITLE_HEADERS,
)
from yunce.engines.platforms._base import Column, Scale
from yunce.engines.platforms._cells import CellError, is_missing, read_value, shown
from yunce.engines.platforms._days import read_moment
from yunce.engines.platforms._headers import (
    HEADER_DEPTH,
    header_key,
    header_keys,
    header_scale,
)
from yunce.engines.platforms._mapping import ColumnMapping, ColumnUse, MappedRole
from yunce.engines.platforms._registry import platforms
from yunce.engines.platforms._tables import Cell, Table

_MANY = 5  # so many of a preset's headers in a table make it that platform's
_LOOKED_AT = 200  # rows below the header that a guess rests on
_FAR_AHEAD = date(9000, 1, 1)  # a guess asks whether it is a date, not whether it is a sane one
_ROLES: tuple[tuple[MappedRole, frozenset[str]], ...] = (
    ("title", frozenset(map(header_key, TITLE_HEADERS))),
    ("published", frozenset(map(header_key, PUBLISHED_HEADERS))),
    ("date", frozenset(map(header_key, DATE_HEADERS))),
)


def suggest_mapping(
    table: Table, *, known: Mapping[str, str], preset: Sequence[Column] | None = None
) -> ColumnMapping:
    """Guess by headers, then by values. ``known``: the caller's metric codes and their names.

    ``preset``: what an account's platform calls things; it goes first. None = find the platform.
    """
    preset = _likely_preset(table) if preset is None else preset
    names = {header_key(name): code for code, name in known.items()} | {
        header_key(code): code for code in known
    }
    preset_roles, preset_days, preset_posts = _of_preset(preset)
    metric_keys = names.keys() | DAY_METRICS.keys() | POST_METRICS.keys()
    row = _header_row(
        table, metric_keys | preset_roles.keys() | preset_days.keys() | preset_posts.keys()
    )
    header = table.rows[row - 1] if table.rows else ()
    keys = [header_key(shown(cell)) for cell in header]
    below = table.rows[row : row + _LOOKED_AT]
    values = [[cells[index] for cells in below] for index in range(len(keys))]
    roles = _roles(keys, values, preset_roles)
    has_posts = bool({"title", "published"} & set(roles.values()))
    aliases = POST_METRICS | preset_posts if has_posts else DAY_METRICS | preset_days
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


def _likely_preset(table: Table) -> Sequence[Column]:
    """Of the platforms whose files are mapped the one that knows most of the header, if many."""
    keys = set().union(*(header_keys(row) for row in table.rows[:HEADER_DEPTH]))
    presets = [platform.preset for platform in platforms().values() if platform.preset]
    scored = [(len(keys & _words(preset)), preset) for preset in presets]
    most, preset = max(scored, key=lambda pair: pair[0], default=(0, ()))
    return preset if most >= _MANY else ()


def _words(preset: Sequence[Column]) -> set[str]:
    return {header_key(name) for column in preset for name in (column.header, *column.aliases)}


def _of_preset(
    preset: Sequence[Column],
) -> tuple[dict[str, MappedRole], dict[str, str], dict[str, str]]:
    """By header: what it is for, its metric where a row is a day, and where it is a post."""
    roles: dict[str, MappedRole] = {}
    days: dict[str, str] = {}
    posts: dict[str, str] = {}
    for column in preset:
        for key in map(header_key, (column.header, *column.aliases)):
            if column.role == "metric":
                (posts if column.metric.startswith("post_") else days).setdefault(
                    key, column.metric
                )
            elif column.role in get_args(MappedRole):
                roles.setdefault(key, cast(MappedRole, column.role))
    return roles, days, posts


def _roles(
    keys: list[str], values: list[list[Cell]], preset: Mapping[str, MappedRole]
) -> dict[int, MappedRole]:
    """Title, publish time, day and link: at most one column each; parts of a whole: any."""
    roles: dict[int, MappedRole] = {}
    for place, key in enumerate(keys):
        if key in preset and preset[key] not in roles.values():
            roles[place] = preset[key]
        elif key in SEGMENT_HEADERS:
            roles[place] = "segment"
    for role, words in _ROLES:
        index = next((i for i, key in enumerate(keys) if key in words and i not in roles), None)
        if index is not None and role not in roles.values():
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
        part = segment_name(header) if role == "segment" else ""
        return ColumnUse(index=index, role=role, header=header, segment=part)
    if not code:
        return ColumnUse(index=index, role="ignore", header=header)
    scale = header_scale(header) or guessed_scale(header, code, values)
    return ColumnUse(index=index, role="metric", metric=code, scale=scale, header=header)


def segment_name(header: str) -> str:
    """channel for 渠道; a header nobody knows names its parts itself, without signs of its own."""
    key = header_key(header)
    return SEGMENT_HEADERS.get(key, "") or re.sub(r"[=×\s]", "", key) or "part"


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
