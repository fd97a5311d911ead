"""Whose name is meant, which metric is meant: the likeliest first, never one made up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from yunce.engines.metrics import Metric
from yunce.kit.numbers import Unit
from yunce.kit.text import comparable
from yunce.loop.plans.intake.vocabulary import ALIASES, DECORATIONS

LIKELY = 0.55  # below this a metric is only offered, not chosen
OFFERED = 6
ASIDE = 0.8  # numbers of single posts and whole periods, which a plan seldom means


def metrics_like(
    words: str, unit: str, metrics: Iterable[Metric], labels: Mapping[str, str]
) -> list[tuple[str, float]]:
    """Codes with how well they fit (1 is the same name), best first.

    ``labels``: what the team has called its goals before, with the metric each was on.
    """
    wanted = _plain(words)
    found = [
        (metric.code, _fit(wanted, metric, labels))
        for metric in metrics
        if _unit_fits(metric.unit, unit)
    ]
    ranked = sorted(found, key=lambda each: -each[1])
    return [(code, fit) for code, fit in ranked if fit > 0.2][:OFFERED]


def _unit_fits(of_metric: Unit, read: str) -> bool:
    if of_metric is Unit.PERCENT or read == Unit.PERCENT:
        return of_metric == read
    if of_metric is Unit.SECOND or read == Unit.SECOND:
        return of_metric == read
    return True


def _fit(wanted: str, metric: Metric, labels: Mapping[str, str]) -> float:
    if any(_plain(label) == wanted for label, code in labels.items() if code == metric.code):
        return 1.0
    names = (metric.name, *ALIASES.get(metric.code, ()))
    fit = max(_alike(wanted, _plain(name)) for name in names)
    return fit * ASIDE if metric.code.startswith(("period_", "post_", "published_")) else fit


def _alike(wanted: str, name: str) -> float:
    if not wanted or not name:
        return 0.0
    if wanted == name:
        return 1.0
    if name in wanted or wanted in name:
        shorter, longer = sorted((len(wanted), len(name)))
        return 0.6 + 0.3 * shorter / longer
    return SequenceMatcher(None, wanted, name).ratio() * 0.8


def _plain(words: str) -> str:
    return re.sub(DECORATIONS, "", comparable(words)) or comparable(words)


def people_like(name: str, people: Mapping[int, tuple[str, str]]) -> int | None:
    """The one person a name or a position means; None when nobody or more than one could be.

    ``people``: name and position by number.
    """
    wanted = _solid(name)
    exact = [n for n, each in people.items() if wanted in {_solid(text) for text in each if text}]
    if exact:
        return exact[0] if len(exact) == 1 else None
    near = [
        n
        for n, each in people.items()
        if any(_solid(text) in wanted or wanted in _solid(text) for text in each if len(text) > 1)
    ]
    return near[0] if len(near) == 1 and len(wanted) > 1 else None


def _solid(text: str) -> str:
    return comparable(text).replace(" ", "")
