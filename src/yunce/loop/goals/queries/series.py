"""What a metric's month is made of: days by account, as forecasts read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from yunce.engines.forecasts import Kind as Way
from yunce.engines.forecasts import Panel
from yunce.engines.forecasts.panel import Values
from yunce.engines.metrics import Catalogue, Dimension, Grain, Kind
from yunce.engines.metrics.arrays import worked_out
from yunce.engines.metrics.trees import Code, Node, Number, Operation, codes, is_linear
from yunce.ground.facts.queries import answer
from yunce.ground.teams.models import Team

HISTORY = 210  # days read: a forecast looks back 180 from any day of the month
TOTAL = ""  # the team's own row, the first of every panel


@dataclass(frozen=True)
class Recipe:
    """How a metric's month comes about."""

    way: Way
    over: Node  # the metric itself, or a ratio's numerator
    under: Node | None = None  # a ratio's denominator
    is_level: bool = False  # the denominator is a stock: its last value counts

    @property
    def codes(self) -> frozenset[str]:
        return codes(self.over) | (codes(self.under) if self.under else frozenset())


@dataclass(frozen=True, eq=False)
class Series:
    """A recipe with its numbers: the team's total first, then every account with anything."""

    recipe: Recipe
    over: Panel | None  # None: nobody has a number
    under: Panel | None

    @property
    def days(self) -> int:
        """Days with a number of the team's."""
        return 0 if self.over is None else int((~np.isnan(self.over.values[0])).sum())

    @property
    def accounts(self) -> int:
        return 0 if self.over is None else max(1, len(self.over.accounts) - 1)


def recipe_of(code: str, known: Catalogue) -> Recipe | None:
    """None when no honest way is known."""
    metric, tree = known.metric(code), known.tree(code)
    if known.is_of_period(code) or known.is_per_account(code):
        return None
    if metric.kind is Kind.MEAN and metric.weight and tree is None:
        weight = Code(metric.weight)
        return Recipe(Way.RATIO, Operation("*", Code(code), weight), weight)
    if tree is None:
        ways = {Kind.FLOW: Way.SUM, Kind.STOCK: Way.LAST}
        return Recipe(ways[metric.kind], Code(code)) if metric.kind in ways else None
    if metric.kind is Kind.FLOW and _kinds(tree, known) == {Kind.FLOW}:
        return Recipe(Way.SUM, tree)
    return _ratio(tree, known) if metric.kind is Kind.RATIO else None


def _ratio(tree: Node, known: Catalogue) -> Recipe | None:
    """Flows over flows or over a stock; also times a plain number (cost of a thousand)."""
    match tree:
        case Operation("/", over, under):
            kinds = _kinds(under, known)
            if _kinds(over, known) == {Kind.FLOW} and kinds in ({Kind.FLOW}, {Kind.STOCK}):
                return Recipe(Way.RATIO, over, under, is_level=kinds == {Kind.STOCK})
        case Operation("*", inside, Number() as factor) | Operation(
            "*", Number() as factor, inside
        ):
            found = _ratio(inside, known)
            if found:
                over = Operation("*", found.over, factor)
                return Recipe(Way.RATIO, over, found.under, is_level=found.is_level)
    return None


def _kinds(tree: Node, known: Catalogue) -> set[Kind]:
    """The kinds of what a formula adds up; none where it does more than add."""
    if not is_linear(tree) or not all(known.metric(code).is_stored for code in codes(tree)):
        return set()
    return {known.metric(code).kind for code in codes(tree)}


def series_of(
    team: Team,
    metrics: Sequence[str],
    *,
    known: Catalogue,
    until: date,
    history: int = HISTORY,
) -> dict[str, Series | None]:
    """Metric → its ``history`` days up to and with ``until``, in one question to the facts.

    None for a metric whose month nobody knows how to forecast.
    """
    recipes = {code: recipe_of(code, known) for code in metrics}
    wanted = sorted({code for each in recipes.values() if each for code in each.codes})
    start = until - timedelta(days=history - 1)
    accounts, values = _values(team, wanted, known, start, until) if wanted else ([], {})
    found: dict[str, Series | None] = {}
    newest = _newest(values) if values else None
    for code, recipe in recipes.items():
        if recipe is None or newest is None:
            found[code] = None
            continue
        parts = {part: values[part] for part in sorted(recipe.codes)}
        found[code] = _series(recipe, accounts, _counting_none(parts, newest, known), start)
    return found


def _values(
    team: Team, codes: Sequence[str], known: Catalogue, start: date, end: date
) -> tuple[list[str], Mapping[str, Values]]:
    """(accounts, code → accounts × days); a day nobody reported, or no number, is NaN."""
    told = answer(team, codes, start=start, end=end, by=("account", "day"), known=known)
    accounts = sorted({row.group[0] for row in told.rows}, key=str)
    places = {account: at for at, account in enumerate(accounts)}
    empty = np.full((len(accounts), (end - start).days + 1), np.nan)
    values = {code: empty.copy() for code in told.query.metrics}
    for row in told.rows:
        account, day = row.group
        if row.value is not None and np.isfinite(row.value) and isinstance(day, date):
            values[row.metric][places[account], (day - start).days] = row.value
    return [str(account) for account in accounts], values


def _newest(values: Mapping[str, Values]) -> NDArray[np.intp]:
    """Of every account the place after its last day with any number."""
    told = np.logical_or.reduce([~np.isnan(rows) for rows in values.values()])
    return np.asarray(told.shape[-1] - np.argmax(told[:, ::-1], axis=1))


def _counting_none(
    values: Mapping[str, Values], newest: NDArray[np.intp], known: Catalogue
) -> dict[str, Values]:
    """The parts of a recipe; works and bookings come on some days only.

    From an account's first work of any part on, and from its first number of any part on for
    bookings, a day without is zero. Of what it never had nothing is known.
    """
    filled = dict(values)
    for code, rows in values.items():
        beside = [values[other] for other in values if _is_work(other, known)]
        if known.metric(code).is_booked:
            beside = list(values.values())
        elif not _is_work(code, known):
            continue
        told = np.logical_or.reduce([~np.isnan(part) for part in beside])
        filled[code] = rows.copy()
        for row, days, end in zip(filled[code], told, newest, strict=True):
            if not np.isnan(row).all():
                part = row[int(np.argmax(days)) : int(end)]
                part[np.isnan(part)] = 0.0
    return filled


def _is_work(code: str, known: Catalogue) -> bool:
    metric = known.metric(code)
    return metric.dimension is Dimension.CONTENT and metric.grain is Grain.ANY


def _series(
    recipe: Recipe, accounts: Sequence[str], values: Mapping[str, Values], start: date
) -> Series:
    over = worked_out(recipe.over, values)
    if recipe.under is None:
        is_level = recipe.way is Way.LAST
        return Series(recipe, _panel(over, accounts, start, is_level=is_level), None)
    over, under = _together(over, worked_out(recipe.under, values), is_level=recipe.is_level)
    return Series(
        recipe,
        _panel(over, accounts, start, is_level=False),
        _panel(under, accounts, start, is_level=recipe.is_level),
    )


def _together(over: Values, under: Values, *, is_level: bool) -> tuple[Values, Values]:
    """As answers count a ratio: only days that have both, or over a level accounts."""
    gaps = np.stack([np.isnan(over), np.isnan(under)])
    if is_level:
        gaps = np.asarray(gaps.all(axis=-1, keepdims=True))
    lacking = gaps.any(axis=0)
    return np.where(lacking, np.nan, over), np.where(lacking, np.nan, under)


def _panel(rows: Values, accounts: Sequence[str], start: date, *, is_level: bool) -> Panel | None:
    has = np.atleast_1d(~np.isnan(rows).all(axis=-1))
    if not has.any():
        return None
    rows = rows[has]
    filled = _carried_on(rows) if is_level else rows
    known = ~np.isnan(filled)
    total = np.where(known.any(axis=0), np.nansum(filled, axis=0), np.nan)
    names = tuple(accounts[int(at)] for at in np.flatnonzero(has))
    if len(rows) == 1:
        return Panel((TOTAL,), start, rows)
    return Panel((TOTAL, *names), start, np.vstack([total, rows]))


def _carried_on(rows: Values) -> Values:
    """A level nobody reported today is what it was: else the total would dip."""
    filled = rows.copy()
    for row in filled:
        known = np.flatnonzero(~np.isnan(row))
        if len(known):
            last = np.maximum.accumulate(np.where(np.isnan(row), 0, np.arange(len(row))))
            row[known[0] :] = row[last[known[0] :]]
    return filled
