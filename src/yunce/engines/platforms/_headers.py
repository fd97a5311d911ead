"""Header texts: what two spellings share, and which column of an export each names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from yunce.engines.platforms._base import Column, Export, Role, Scale
from yunce.engines.platforms._cells import shown
from yunce.engines.platforms._tables import Cell
from yunce.kit.text import comparable

HEADER_DEPTH = 5  # a header stands within the first rows, under a title or a note
_UNIT = re.compile(r"\s*\(([^()]*)\)$")
_UNIT_SCALES: dict[str, Scale] = {
    "%": "percent",
    "s": "seconds",
    "秒": "seconds",
    "seconds": "seconds",
}


@dataclass(frozen=True, kw_only=True)
class PlacedColumn:
    """A column of one particular table."""

    index: int  # 0-based, counted from the region's first column
    header: str  # as the table writes it
    role: Role
    metric: str = ""
    scale: Scale = "number"
    signed: bool = False
    segment: str = ""
    factor: float = 1.0
    adds: bool = True
    instead: tuple[tuple[str, str], ...] = ()


def header_key(text: str) -> str:
    """What two spellings of a header share: no unit, no spaces, one width, one case.

    >>> header_key("完播率 （％）") == header_key("完播率")
    True
    """
    return _UNIT.sub("", comparable(text)).replace(" ", "")


def header_scale(text: str) -> Scale | None:
    """The scale a header names itself: 完播率(%) is in per cent, whatever the preset says."""
    unit = _UNIT.search(comparable(text))
    return _UNIT_SCALES.get(unit[1].strip()) if unit else None


def header_keys(row: Sequence[Cell]) -> set[str]:
    """The distinct headers in a row: a banner merged over 13 cells counts once."""
    return {header_key(cell) for cell in row if isinstance(cell, str)} - {""}


@cache
def known_columns(export: Export) -> Mapping[str, Column]:
    """The export's columns by the key of each spelling."""
    return {header_key(name): c for c in export.columns for name in (c.header, *c.aliases)}


@cache
def known_names(export: Export) -> Mapping[str, Column]:
    """The metrics rows of this export are named after, by the key of each spelling."""
    return {header_key(name): c for c in export.names for name in (c.header, *c.aliases)}


def place(export: Export, row: Sequence[Cell]) -> tuple[PlacedColumn, ...]:
    """The export's columns found in a header row; a header met twice counts the first time."""
    known = known_columns(export)
    placed: dict[str, PlacedColumn] = {}
    for index, cell in enumerate(row):
        column = known.get(header_key(shown(cell)))
        if column is not None and column.header not in placed:
            placed[column.header] = placed_column(column, index, shown(cell))
    return tuple(placed.values())


def placed_column(column: Column, index: int, header: str) -> PlacedColumn:
    return PlacedColumn(
        index=index,
        header=header,
        role=column.role,
        metric=column.metric,
        scale=header_scale(header) or column.scale,
        signed=column.signed,
        segment=column.segment,
        factor=column.factor,
        adds=column.adds and column.scale == "number",
        instead=column.instead,
    )
