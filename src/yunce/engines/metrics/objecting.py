"""What a formula should not be made of, though it can be counted: asked of what is new alone."""

from __future__ import annotations

from collections.abc import Iterator

from yunce.engines.metrics.cataloguing import Catalogue
from yunce.engines.metrics.definitions import Kind
from yunce.engines.metrics.formula import Node, codes
from yunce.engines.metrics.inferring import clashes
from yunce.kit.wording import gettext as _


def objections(code: str, known: Catalogue) -> tuple[str, ...]:
    """To a metric as it is kept, in sentences: why it could not be made like this any more."""
    tree = known.tree(code)
    return tuple(objections_to(tree, known)) if tree else ()


def objections_to(tree: Node, known: Catalogue) -> Iterator[str]:
    yield from (f"{clash}。" for clash in dict.fromkeys(clashes(tree, known)))
    yield from _people(tree, known)


def _people(tree: Node, known: Catalogue) -> Iterator[str]:
    """People cannot be added up, so what is made of them has no number of a month."""
    bases = {base for code in codes(tree) for base in known.base_codes(code)}
    for code in sorted(bases):
        if known[code].kind is Kind.DISTINCT:
            words = {"name": known[code].name}
            yield (_("「%(name)s」按人去重，不能合计成一个月的数。请改用按次数计的指标。") % words)
