"""How an outline becomes the sheets of a workbook: one table each, with the text around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yunce.engines.documents.outline import Block, Heading, Outline, Table
from yunce.engines.documents.wording import clean, cut_utf16

_NAME_LIMIT = 31  # characters Excel allows
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\n\t]")
_RESERVED = {"history", ""}


@dataclass(frozen=True)
class Sheet:
    """One sheet: its tab name, the blocks from top to bottom, at most one table."""

    name: str
    blocks: tuple[Block, ...]

    @property
    def table(self) -> Table | None:
        """The sheet's table, if it has one."""
        return next((block for block in self.blocks if isinstance(block, Table)), None)


def sheets_of(outline: Outline) -> tuple[Sheet, ...]:
    """Every table gets a sheet of its own, so each has its header frozen and repeated."""
    taken: set[str] = set()
    sheets = []
    for number, blocks in enumerate(_grouped(outline.blocks), start=1):
        wanted = outline.title if number == 1 else _own_name(blocks)
        sheets.append(Sheet(_free_name(wanted, number, taken), tuple(blocks)))
    return tuple(sheets)


def _grouped(blocks: tuple[Block, ...]) -> list[list[Block]]:
    groups: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Table) and any(isinstance(seen, Table) for seen in groups[-1]):
            groups.append(_take_heading(groups[-1]))
        groups[-1].append(block)
    return groups


def _take_heading(group: list[Block]) -> list[Block]:
    """What follows the group's table from its last heading on belongs to the next table."""
    for at in range(len(group) - 1, -1, -1):
        if isinstance(group[at], Table):
            break
        if isinstance(group[at], Heading):
            taken, group[at:] = group[at:], []
            return taken
    return []


def _own_name(blocks: list[Block]) -> str:
    names = [block.text for block in blocks if isinstance(block, Heading)]
    names += [block.caption for block in blocks if isinstance(block, Table) and block.caption]
    return names[0] if names else ""


def _free_name(wanted: str, number: int, taken: set[str]) -> str:
    """A tab name Excel accepts and no other sheet has; Excel ignores case here."""
    plain = _FORBIDDEN.sub(" ", clean(wanted)).strip("' ")
    name = cut_utf16(plain, _NAME_LIMIT).strip("' ")
    while name.casefold() in _RESERVED | taken:
        suffix = f" {number}"
        name = (cut_utf16(plain, _NAME_LIMIT - len(suffix)) + suffix).strip()
        number += 1
    taken.add(name.casefold())
    return name
