"""Metrics a team makes of others: what kind a formula gives, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from yunce.engines.metrics import formula
from yunce.engines.metrics.cataloguing import Catalogue
from yunce.engines.metrics.definitions import AMOUNTS, Dimension, Direction, Grain, Kind, Metric
from yunce.engines.metrics.errors import DefinitionError, FormulaError, did_you_mean
from yunce.engines.metrics.formula import Node
from yunce.engines.metrics.objecting import objections_to, unit_objection
from yunce.kit.numbers import Unit
from yunce.kit.wording import gettext as _

_CODE = re.compile(r"[a-z][a-z0-9_]{0,62}")


@dataclass(frozen=True)
class Proposal:
    """What a person says of a metric; its kind and grain follow from the formula."""

    code: str
    name: str
    dimension: Dimension
    unit: Unit
    direction: Direction
    formula: str
    meaning: str
    version: int
    effective: date
    source: str = ""


def proposed(proposal: Proposal, known: Catalogue) -> Metric:
    """The metric as it would be; FormulaError or UnknownMetricError when it cannot be one."""
    tree = formula.parse(proposal.formula)
    parts = [known.metric(code) for code in sorted(formula.codes(tree))]
    grains = {known[base].grain for part in parts for base in known.base_codes(part.code)}
    return Metric(
        code=proposal.code,
        name=proposal.name,
        name_en=proposal.code,
        dimension=proposal.dimension,
        kind=_kind(tree, {part.kind for part in parts}),
        unit=proposal.unit,
        direction=proposal.direction,
        grain=grains.pop() if len(grains) == 1 else Grain.ANY,
        formula=proposal.formula,
        meaning=proposal.meaning,
        source=proposal.source,
        measure_word="",
        version=proposal.version,
        effective=proposal.effective,
    )


def _kind(tree: Node, kinds: set[Kind]) -> Kind:
    """Sums and multiples of one kind stay of that kind; everything else is Σ ÷ Σ."""
    only = kinds.pop() if len(kinds) == 1 else Kind.RATIO
    return only if formula.is_linear(tree) and only in AMOUNTS else Kind.RATIO


def problems_of(
    proposal: Proposal,
    known: Catalogue,
    *,
    replaces: bool = False,
    broken: Mapping[str, str] | None = None,
) -> dict[str, list[str]]:
    """What is wrong, by field (code, name, formula, unit); empty when it may be used.

    ``replaces``: the metric of this code is meant to be replaced. ``broken``: what is wrong with
    metrics the team has that are not known, by code.
    """
    found = {
        "code": [] if replaces else [*_code_problems(proposal, known)],
        "name": [*_name_problems(proposal, known)],
        "formula": [*_formula_problems(proposal, known, broken or {})],
    }
    if not any(found.values()):
        found["formula"] = [*_unfit(proposal, known)]
        tree = formula.parse(proposal.formula)
        found["unit"] = [*filter(None, [unit_objection(tree, proposal.unit, known)])]
    return {field: problems for field, problems in found.items() if problems}


def _code_problems(proposal: Proposal, known: Catalogue) -> Iterator[str]:
    if not _CODE.fullmatch(proposal.code):
        yield _("代码只能用小写字母、数字和下划线，以字母开头。")
    elif proposal.code in known:
        words = {"code": proposal.code, "name": known[proposal.code].name}
        yield _("代码「%(code)s」已经是「%(name)s」，请换一个。") % words


def _name_problems(proposal: Proposal, known: Catalogue) -> Iterator[str]:
    others = [metric for code, metric in known.items() if code != proposal.code]
    if any(proposal.name in (metric.code, metric.name, metric.name_en) for metric in others):
        yield _("已经有叫「%(name)s」的指标，请换一个名称。") % {"name": proposal.name}


def _formula_problems(
    proposal: Proposal, known: Catalogue, broken: Mapping[str, str]
) -> Iterator[str]:
    try:
        tree = formula.parse(proposal.formula)
    except FormulaError as error:
        yield str(error)
        return
    unknown = [*_unknown(proposal.formula, proposal.code, known, broken)]
    if unknown or not formula.codes(tree):
        yield from unknown or [_("公式里至少要有一个指标的代码，例如 likes / reads。")]
        return
    yield from objections_to(tree, known)


def _unknown(text: str, own: str, known: Catalogue, broken: Mapping[str, str]) -> Iterator[str]:
    by_name = {metric.name: code for code, metric in known.items()}
    for code, column in formula.columns(text).items():
        words = {"column": column, "code": code}
        if code == own:
            yield (
                _(
                    "公式第 %(column)d 个字符「%(code)s」是这个指标自己，公式绕了一圈："
                    "请换成别的指标。"
                )
                % words
            )
        elif code in by_name:
            words["right"] = by_name[code]
            yield _("公式第 %(column)d 个字符「%(code)s」请写成它的代码 %(right)s。") % words
        elif code in broken:
            words["why"] = broken[code]
            yield _("公式第 %(column)d 个字符「%(code)s」现在算不了：%(why)s") % words
        elif code not in known:
            words["near"] = did_you_mean(code, known)
            yield _("公式第 %(column)d 个字符「%(code)s」不是指标的代码。%(near)s") % words


def _unfit(proposal: Proposal, known: Catalogue) -> Iterator[str]:
    """Whatever the catalogue's own rules still find, circles above all."""
    try:
        together = known.extended([proposed(proposal, known)])
    except DefinitionError as error:
        found = [line.partition(" ")[::2] for line in str(error).splitlines()]
        own = [what for place, what in found if place == f"{proposal.code}:1"]
        if own:
            yield from (f"{what}。" for what in dict.fromkeys(own))
            return
        for place, what in dict.fromkeys(found):
            words = {"code": place.partition(":")[0], "what": what}
            yield _("这样一来指标「%(code)s」就不成立了：%(what)s。") % words
    else:
        yield from _newly_senseless(proposal.code, known, together)


def _newly_senseless(code: str, known: Catalogue, together: Catalogue) -> Iterator[str]:
    """What the change makes of metrics that name this one; what was so before may stay so."""
    for other in known.naming(code):
        tree = known.tree(other.code)
        before = {*objections_to(tree, known)} if tree else set()
        for what in objections_to(tree, together) if tree else ():
            if what not in before:
                words = {"code": other.code, "what": what}
                yield _("这样一来指标「%(code)s」就不成立了：%(what)s") % words
