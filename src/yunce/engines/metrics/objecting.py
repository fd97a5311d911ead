"""What a formula should not be made of, though it can be counted: asked of what is new alone."""

from __future__ import annotations

from collections.abc import Iterator

from yunce.engines.metrics.cataloguing import Catalogue
from yunce.engines.metrics.definitions import Kind
from yunce.engines.metrics.formula import Call, Node, codes
from yunce.engines.metrics.inferring import (
    NUMBER,
    OTHER,
    PURE,
    Sort,
    clashes,
    sort_of,
    unit_words,
)
from yunce.engines.metrics.trees import is_converted
from yunce.engines.metrics.wordings import unit_name
from yunce.kit.numbers import Unit
from yunce.kit.wording import gettext as _


def objections(code: str, known: Catalogue) -> tuple[str, ...]:
    """To a metric as it is kept, in sentences: why it could not be made like this any more."""
    tree = known.tree(code)
    if tree is None:
        return ()
    contradiction = unit_objection(tree, known[code].unit, known)
    return (*objections_to(tree, known), *([contradiction] if contradiction else []))


def objections_to(tree: Node, known: Catalogue) -> Iterator[str]:
    yield from (f"{clash}。" for clash in dict.fromkeys(clashes(tree, known)))
    yield from _people(tree, known)


def unit_objection(tree: Node, unit: Unit, known: Catalogue) -> str:
    """The unit that was chosen cannot be the formula's; of what nobody can say nothing."""
    found = sort_of(tree, known)
    # What a call alone gives is the calls rule's; a number may stand for yuan a piece.
    if isinstance(tree, Call) or is_converted(tree) or _fits(found, unit):
        return ""
    words = {"chosen": unit_name(unit), "found": unit_words(found.unit), "name": found.name}
    if found.unit == PURE:
        return (
            _(
                "单位选了「%(chosen)s」，公式算出来的却是没有单位的比值："
                "请把单位改成百分比、个数或指数，或改公式。"
            )
            % words
        )
    return (
        _(
            "单位选了「%(chosen)s」，公式算出来的却是「%(found)s」（和「%(name)s」一样）："
            "请把单位改成「%(found)s」，或改公式。"
        )
        % words
    )


def _fits(found: Sort, unit: Unit) -> bool:
    if unit is Unit.SCORE or found.unit in (unit, NUMBER, OTHER, Unit.SCORE):
        return True
    if found.unit == PURE:
        return unit in (Unit.COUNT, Unit.PERCENT)
    return found.unit == Unit.COUNT and unit is Unit.PERCENT and found.kind is Kind.RATIO


def _people(tree: Node, known: Catalogue) -> Iterator[str]:
    """People cannot be added up, so what is made of them has no number of a month."""
    bases = {base for code in codes(tree) for base in known.base_codes(code)}
    for code in sorted(bases):
        if known[code].kind is Kind.DISTINCT:
            words = {"name": known[code].name}
            yield (_("「%(name)s」按人去重，不能合计成一个月的数。请改用按次数计的指标。") % words)
