"""One place told twice with different values: nobody's word counts until a person decides."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yunce.engines.platforms import Parsed, ParsedFact, Problem
from yunce.ground.imports.rules import NEITHER, stored_metrics
from yunce.kit.numbers import format_value

Owned = tuple[str, ParsedFact]  # whose it is (a name in the account column, or empty), and what
Place = tuple[str, str | None, str, object, str]


@dataclass(frozen=True)
class Dispute:
    """The values one place was given, in the order of the file."""

    key: str
    owner: str
    options: tuple[ParsedFact, ...]
    decided: str  # an option's place, NEITHER, or empty while nobody decided

    @property
    def is_across(self) -> bool:
        """Between sheets; within one sheet the reader has named it already."""
        return len({option.sheet for option in self.options}) > 1

    @property
    def last_cell(self) -> tuple[str, int | None, str]:
        """Where the reader complains of it."""
        second = self.options[1]
        return second.sheet, second.row, second.column

    @property
    def choices(self) -> tuple[tuple[str, ParsedFact, str], ...]:
        """Each value by its place, and as it is shown."""
        metrics = stored_metrics()
        return tuple(
            (place_of(o), o, format_value(o.value, metrics[o.metric].unit, digits=4))
            for o in self.options
        )

    @property
    def chosen(self) -> ParsedFact | None:
        return next((o for o in self.options if place_of(o) == self.decided), None)

    @property
    def problem(self) -> Problem:
        first, second = self.options[:2]
        values = {
            "day": second.day,
            "sheet": first.sheet,
            "row": first.row,
            "value": format_value(first.value),
        }
        return Problem(
            sheet=second.sheet,
            row=second.row,
            column=second.column,
            value=format_value(second.value),
            message=_("%(day)s 在工作表「%(sheet)s」第 %(row)d 行是 %(value)s，这里不同") % values,
            hint=_("两个都没有导入。请在「冲突」里选一个，或核对后只留一个。"),
        )


def place_of(fact: ParsedFact) -> str:
    return f"{fact.sheet}!{fact.row}!{fact.column}"


def settled(
    parts: Iterable[tuple[str, Parsed]], decisions: Mapping[str, str]
) -> tuple[tuple[Owned, ...], tuple[Dispute, ...]]:
    """One value a place, and the places with several. Of those a person's choice counts."""
    parts = list(parts)
    if len(parts) == 1 and not parts[0][1].disputes:  # most files; one table tells a place once
        owner, only = parts[0]
        return tuple((owner, fact) for fact in only.facts), ()
    kept: dict[Place, ParsedFact] = {}
    told: dict[Place, dict[str, ParsedFact]] = {}
    for owner, parsed in parts:
        for options in parsed.disputes:
            place = _place(owner, options[0])
            _differ(told, place, (*((kept[place],) if place in kept else ()), *options))
        for fact in parsed.facts:
            place = _place(owner, fact)
            first = kept.setdefault(place, fact)
            if first.value != fact.value:
                _differ(told, place, (first, fact))
            elif place in told:
                _differ(told, place, (fact,))
    disputes = tuple(_dispute(place, options, decisions) for place, options in told.items())
    for place, dispute in zip(told, disputes, strict=True):
        kept.pop(place, None)
        if dispute.chosen:
            kept[place] = dispute.chosen
    return tuple((place[0], fact) for place, fact in kept.items()), disputes


def _place(owner: str, fact: ParsedFact) -> Place:
    return owner, fact.post, fact.metric, fact.day, fact.segment


def _differ(
    told: dict[Place, dict[str, ParsedFact]], place: Place, facts: Iterable[ParsedFact]
) -> None:
    told.setdefault(place, {}).update({place_of(fact): fact for fact in facts})


def _dispute(
    place: Place, options: Mapping[str, ParsedFact], decisions: Mapping[str, str]
) -> Dispute:
    key = hashlib.sha256("\x1f".join(map(str, place)).encode()).hexdigest()[:16]
    said = decisions.get(key, "")
    known = said if said in options or said == NEITHER else ""
    return Dispute(key, place[0], tuple(options.values()), known)
