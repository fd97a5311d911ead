"""A team's own metric on its way: looked at on real data before it is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from yunce.engines.metrics import (
    Catalogue,
    Dimension,
    Direction,
    Metric,
    Proposal,
    formula,
    problems_of,
    proposed,
)
from yunce.ground.channels.queries import accounts_of
from yunce.ground.facts.picturing import Piece, drawn, spoken
from yunce.ground.facts.queries import catalogue_of
from yunce.ground.facts.queries.broken import roots_broken
from yunce.ground.facts.queries.defining import Recent, feeds_of, recent_of, recent_span
from yunce.ground.facts.wording import kind_sentence
from yunce.ground.teams.models import Team
from yunce.kit.numbers import Unit

UNNAMED = "not_yet_named"  # stands for the code while it is only looked at


@dataclass(frozen=True)
class Look:
    """What a formula would give, on the team's last 30 days."""

    problems: tuple[str, ...]
    metric: Metric | None = None
    picture: Piece | None = None
    spoken: str = ""
    sentence: str = ""
    recent: Recent | None = None
    hint: str = ""  # what to mind before it is kept: its unit, what the team will often lack


def look(team: Team, *, text: str, unit: Unit, code: str = "") -> Look:
    """``code``: of the metric being changed; empty: a new one."""
    known = catalogue_of(team)
    proposal = Proposal(
        code=code or UNNAMED,
        name=known[code].name if code in known else UNNAMED,
        dimension=Dimension.CONTENT,
        unit=unit,
        direction=Direction.HIGHER,
        formula=text,
        meaning="",
        version=1,
        effective=date.min,
    )
    broken = roots_broken(team, known)
    problems = problems_of(proposal, known, replaces=True, broken=broken)
    units = problems.pop("unit", [])  # chosen after the formula is written
    if problems:
        return Look(tuple(problems.get("formula", ())))
    metric = proposed(proposal, known)
    together = known.extended([metric])
    named = replace(metric, name=known[code].name if code in known else _("这个指标"))
    tree = formula.parse(text)
    names = {each.code: each.name for each in known.values()}
    return Look(
        problems=(),
        metric=named,
        picture=drawn(tree, names),
        spoken=spoken(tree, names),
        sentence=kind_sentence(named, together),
        recent=recent_of(team, metric, recent_span(team), known=together),
        hint="".join(units) or _unfed(team, tree, known),
    )


def _unfed(team: Team, tree: formula.Node, known: Catalogue) -> str:
    """Something is divided by what no export of the team's platforms states."""
    used = {account.platform for account in accounts_of(team)}
    named = {code for divisor in formula.divisors(tree) for code in formula.codes(divisor)}
    bases = {base for code in named for base in known.base_codes(code)}
    unfed = [known[c].name for c in sorted(bases) if not used & {f.platform for f in feeds_of(c)}]
    if not unfed:
        return ""
    return _(
        "分母里的「%(names)s」，团队各平台的导出文件里都没有：手填了的日子才算得出来，其余算作未知。"
    ) % {"names": "」「".join(unfed)}
