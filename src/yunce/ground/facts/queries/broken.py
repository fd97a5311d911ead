"""Metrics a team made that cannot be counted any more, or not be made like this; and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext as _

from yunce.engines.metrics import Catalogue, objections, problems_of
from yunce.ground.facts.models import TeamMetric
from yunce.ground.facts.queries import team_metrics
from yunce.ground.teams.models import Team


@dataclass(frozen=True)
class BrokenMetric:
    """Kept, but no part of the team's catalogue."""

    metric: TeamMetric
    reason: str


def broken_metrics(own: Iterable[TeamMetric], known: Catalogue) -> tuple[BrokenMetric, ...]:
    """Those the program no longer understands, and those that name one of them."""
    return tuple(BrokenMetric(metric, why) for metric, why, _root in _broken(own, known))


def roots_broken(team: Team, known: Catalogue) -> dict[str, str]:
    """What is wrong with each broken metric, or with the one it rests on, by code."""
    return {metric.code: root for metric, _why, root in _broken(team_metrics(team), known)}


def complaint_about(code: str, known: Catalogue) -> str:
    """Of a metric that counts as ever and could not be made like this any more."""
    found = objections(code, known)
    if not found:
        return ""
    words = {"what": "".join(found)}
    return _("这个公式现在不能这样新建：%(what)s已有的数照旧，请改一版。") % words


def _broken(own: Iterable[TeamMetric], known: Catalogue) -> Iterator[tuple[TeamMetric, str, str]]:
    """Each with what is wrong with it, and the same of what it rests on, with the name."""
    living = (each for each in own if each.formula)
    waiting = {each.code: each for each in living if each.code not in known}
    roots: dict[str, str] = {}
    for metric in _inside_out(waiting):
        problems = problems_of(metric.proposal, known, replaces=True, broken=roots)
        words = {"name": metric.name, "why": "".join(chain.from_iterable(problems.values()))}
        below = [roots[code] for code in metric.parts if code in roots]
        roots[metric.code] = below[0] if below else _("「%(name)s」的%(why)s") % words
        yield metric, words["why"], roots[metric.code]


def _inside_out(broken: Mapping[str, TeamMetric]) -> list[TeamMetric]:
    """Each after what it names, as far as they do not go round in a circle."""
    waiting, ordered = dict(broken), []
    while waiting:
        free = [m for m in waiting.values() if not {*m.parts} & (waiting.keys() - {m.code})]
        for metric in free or list(waiting.values()):
            ordered.append(waiting.pop(metric.code))
    return ordered
