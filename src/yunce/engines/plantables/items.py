"""One cell's list of things: lines, numbered points, semicolons; brackets stay whole."""

from __future__ import annotations

import re

_NUMBERED = re.compile(
    r"^\s*(?:[(（]\s*\d{1,2}\s*[)）]|\d{1,2}\s*[、)）]|\d{1,2}[.．](?!\d)|[-•●▪◆■*·]\s+|[•●▪◆■])\s*"
)
_INLINE = re.compile(
    r"(?<=[;；。\s,，])(?=(?:[2-9]|1\d)[、.．](?!\d))|(?<!^)(?=[(（]\s*[2-9]\s*[)）])"
)
_DETAIL = re.compile(
    r"^\s*(?:[(（]|平均每|每(?:场|篇|次|条|期|人|个)|单(?:场|篇|次|条)|其中|[场篇次人]均|合计|共计|总计|=)"
)
_OPEN, _CLOSE = "(（[【「", ")）]】」"


def items_of(text: str, *, at_semicolons: bool = True) -> list[str]:
    """The points of a cell, without their numbers; a line that says more of the last stays with it.

    >>> items_of("1、3 场直播（5/10；5/20）；2、2 场裂变\\n每场 1500")
    ['3 场直播（5/10；5/20）', '2 场裂变\\n每场 1500']
    """
    items: list[str] = []
    for line in _pieces(text, at_semicolons=at_semicolons):
        if items and _DETAIL.match(line) and not _NUMBERED.match(line):
            items[-1] = f"{items[-1]}\n{line.strip()}"
        elif plain := _NUMBERED.sub("", line).strip().rstrip(";；。"):
            items.append(plain)
    return items


def _pieces(text: str, *, at_semicolons: bool) -> list[str]:
    """Cut at line ends, semicolons and full stops outside brackets."""
    pieces, depth = [""], 0
    for letter in _INLINE.sub("\n", text):
        depth += (letter in _OPEN) - (letter in _CLOSE)
        if letter == "\n" or (at_semicolons and letter in ";；。" and depth <= 0):
            pieces.append("")
            depth = max(depth, 0) if letter != "\n" else 0
        else:
            pieces[-1] += letter
    return pieces
