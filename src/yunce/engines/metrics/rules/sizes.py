"""How big a formula may be with everything it names: a chain of metrics is worked out as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from yunce.engines.metrics.formula import Call, Code, Node, Operation, codes, columns
from yunce.engines.metrics.loading import Entry
from yunce.engines.metrics.rules.formulas import readable
from yunce.kit.wording import gettext as _

DEEPEST = 100  # one inside the other; keeps answers off Python's recursion limit
MOST_LEVELS = 10  # metrics made of metrics; pages show them one inside the other
MOST_STEPS = 1000  # operations and calls, those of a part as often as it is named


class Size(NamedTuple):
    depth: int
    steps: int
    levels: int  # of formulas

    @property
    def is_too_big(self) -> bool:
        return self.depth > DEEPEST or self.steps > MOST_STEPS or self.levels > MOST_LEVELS


LEAF = Size(1, 0, 0)


def check(entries: Sequence[Entry]) -> Iterator[str]:
    written = {entry.metric.code: entry for entry in entries}
    trees = {entry.metric.code: tree for entry, tree in readable(entries)}
    sizes: dict[str, Size] = {}
    for code in _inside_out(trees):
        size = _size(trees[code], sizes)
        sizes[code] = size._replace(levels=size.levels + 1)
        if sizes[code].is_too_big:
            yield _too_big(written[code], sizes)
            sizes[code] = LEAF  # said once, not for every metric that names it


def _inside_out(trees: Mapping[str, Node]) -> list[str]:
    """Each after what it names; nothing of a circle, which the formulas rule reports."""
    named = {code: codes(tree) & trees.keys() for code, tree in trees.items()}
    try:
        return [*TopologicalSorter(named).static_order()]
    except CycleError:
        return []


def _size(node: Node, sizes: Mapping[str, Size]) -> Size:
    match node:
        case Code(code):
            return sizes.get(code, LEAF)
        case Operation(_, left, right):
            inside = [_size(left, sizes), _size(right, sizes)]
        case Call(_, arguments):
            inside = [LEAF, *(_size(each, sizes) for each in arguments)]
        case _:
            return LEAF
    return Size(
        1 + max(each.depth for each in inside),
        1 + sum(each.steps for each in inside),
        max(each.levels for each in inside),
    )


def _too_big(entry: Entry, sizes: Mapping[str, Size]) -> str:
    """At the biggest part it names."""
    named = columns(str(entry.metric.formula))
    biggest = max(named, key=lambda code: sizes.get(code, LEAF))
    words = {"place": entry.formula_place, "column": named[biggest], "code": biggest}
    return (
        _(
            "%(place)s 公式第 %(column)d 个字符「%(code)s」本身已是一长串公式，合起来太长："
            "请直接用它里面的指标来写"
        )
        % words
    )
