"""How a goal's month may end: the forecast behind the dot, the band and the probability.

The team's total is forecast as a series of its own, calibrated together with its accounts. What
cannot be forecast says why; nothing is made up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from yunce.engines.forecasts import Flag, MonthForecasts, Panel, Status, forecast_month
from yunce.engines.forecasts import Kind as Way
from yunce.engines.forecasts.panel import Values
from yunce.engines.metrics import Catalogue, Direction, Kind
from yunce.engines.metrics.trees import Code, Node, Operation, codes, evaluate, is_linear
from yunce.ground.facts.queries import answer
from yunce.kit.wording import gettext as _
from yunce.loop.goals.models import Goal, MonthPlan

HISTORY = 210  # days read: the forecast looks back 180 from any day of the month
LOW, HIGH = 0.10, 0.90  # the 80 % interval
NOTHING = 1e-12


@dataclass(frozen=True)
class Outlook:
    """A goal's month end, as far as it can be told."""

    low: Decimal | None  # 10 %
    middle: Decimal | None  # median
    high: Decimal | None  # 90 %
    p_must: float | None
    p_stretch: float | None
    is_weak: bool  # little history: the range is honest but wide
    reason: str  # zh: what it rests on, or why nothing can be said

    @property
    def is_said(self) -> bool:
        return self.middle is not None


@dataclass(frozen=True)
class _Series:
    """What a metric's month is made of, by account and day."""

    way: Way
    over: Node  # the metric itself, or a ratio's numerator
    under: Node | None = None  # a ratio's denominator
    is_level: bool = False  # the denominator is a stock: its last value counts


def outlooks_of(
    plan: MonthPlan,
    goals: Sequence[Goal],
    *,
    as_of: date,
    campaigns: Mapping[int, Set[date]] | None = None,
) -> dict[int, Outlook]:
    """Goal → outlook at the end of ``as_of``, in one question to the facts.

    ``campaigns``: goal → days of its livestreams and events, past and planned; what such days
    brought more than others is measured, and expected of those to come. Empty when the month is
    over or has not begun: then there is nothing to forecast.
    """
    month = plan.month
    if not month.first <= as_of < month.last:
        return {}
    known = plan.catalogue
    made = {goal.pk: _made_of(goal, known) for goal in goals if goal.is_defined}
    wanted = sorted({code for each in made.values() if each for code in _codes(each)})
    start = as_of - timedelta(days=HISTORY - 1)
    values = _values(plan, wanted, start, as_of) if wanted else {}
    found: dict[int, Outlook] = {}
    for goal in goals:
        series = made.get(goal.pk)
        if series is None:
            found[goal.pk] = _unsaid(_("这类指标还不能预测月末"))
        else:
            days = (campaigns or {}).get(goal.pk, frozenset())
            found[goal.pk] = _outlook(goal, series, values, start, as_of, days)
    return found


def _made_of(goal: Goal, known: Catalogue) -> _Series | None:
    """How the metric's month comes about; None when no honest way is known."""
    metric, tree = goal.spec, known.tree(goal.metric)
    if known.is_of_period(goal.metric) or known.is_per_account(goal.metric):
        return None
    if tree is None:
        ways = {Kind.FLOW: Way.SUM, Kind.STOCK: Way.LAST}
        return _Series(ways[metric.kind], Code(goal.metric)) if metric.kind in ways else None
    if metric.kind is Kind.FLOW and _kinds(tree, known) == {Kind.FLOW}:
        return _Series(Way.SUM, tree)
    if isinstance(tree, Operation) and tree.sign == "/" and metric.kind is Kind.RATIO:
        over, under = _kinds(tree.left, known), _kinds(tree.right, known)
        if over == {Kind.FLOW} and under in ({Kind.FLOW}, {Kind.STOCK}):
            return _Series(Way.RATIO, tree.left, tree.right, is_level=under == {Kind.STOCK})
    return None


def _codes(series: _Series) -> frozenset[str]:
    return codes(series.over) | (codes(series.under) if series.under else frozenset())


def _kinds(tree: Node, known: Catalogue) -> set[Kind]:
    """The kinds of what a formula adds up; none where it does more than add."""
    if not is_linear(tree) or not all(known.metric(code).is_stored for code in codes(tree)):
        return set()
    return {known.metric(code).kind for code in codes(tree)}


def _values(plan: MonthPlan, codes: Sequence[str], start: date, end: date) -> Mapping[str, Values]:
    """Code → accounts × days; a day nobody reported is NaN."""
    by = ("account", "day")
    told = answer(plan.team, codes, start=start, end=end, by=by, known=plan.catalogue)
    accounts = sorted({row.group[0] for row in told.rows}, key=str)
    places = {account: at for at, account in enumerate(accounts)}
    empty = np.full((len(accounts), HISTORY), np.nan)
    values = {code: empty.copy() for code in told.query.metrics}
    for row in told.rows:
        account, day = row.group
        if row.value is not None and isinstance(day, date):
            values[row.metric][places[account], (day - start).days] = row.value
    return values


def _outlook(
    goal: Goal,
    series: _Series,
    values: Mapping[str, Values],
    start: date,
    as_of: date,
    days: Set[date],
) -> Outlook:
    over = _panel(series.over, values, start, is_level=series.way is Way.LAST)
    if over is None:
        return _unsaid(_("还没有数据"))
    under = _panel(series.under, values, start, is_level=series.is_level) if series.under else None
    if not series.is_level or under is None:
        told = _told(goal, series.way, over, as_of, under=under, days=days)
        return _said(goal, told, scale=1.0)
    level = float(np.nan_to_num(_told(goal, Way.LAST, under, as_of).q(0.5)[0]))
    if level <= NOTHING:
        return _unsaid(_("分母还没有数据"))
    return _said(goal, _told(goal, Way.SUM, over, as_of, days=days), scale=level)


def _told(
    goal: Goal,
    way: Way,
    panel: Panel,
    as_of: date,
    *,
    under: Panel | None = None,
    days: Set[date] = frozenset(),
) -> MonthForecasts:
    month = goal.plan.month
    return forecast_month(
        panel,
        kind=way,
        first=month.first,
        end=month.last + timedelta(days=1),
        as_of=as_of + timedelta(days=1),
        denominators=under,
        events={"campaign": days} if days else None,
    )


def _panel(
    tree: Node | None,
    values: Mapping[str, Values],
    start: date,
    *,
    is_level: bool,
) -> Panel | None:
    """The total first, then every account with anything; None when nobody has."""
    if tree is None:
        return None
    rows = _worked_out(tree, values)
    rows = rows[~np.isnan(rows).all(axis=1)]
    if not len(rows):
        return None
    filled = _carried_on(rows) if is_level else rows
    known = ~np.isnan(filled)
    total = np.where(known.any(axis=0), np.nansum(filled, axis=0), np.nan)
    if len(rows) == 1:
        return Panel(("",), start, rows)
    names = ("", *(str(at) for at in range(len(rows))))
    return Panel(names, start, np.vstack([total, rows]))


def _worked_out(tree: Node, values: Mapping[str, Values]) -> Values:
    """A linear formula on whole arrays; a gap in any part is a gap."""
    told = evaluate(tree, lambda code: values[code])  # type: ignore[arg-type,return-value]
    return np.asarray(told, dtype=np.float64)


def _carried_on(
    rows: Values,
) -> Values:
    """A level nobody reported today is what it was: else the total would dip."""
    filled = rows.copy()
    for row in filled:
        known = np.flatnonzero(~np.isnan(row))
        if len(known):
            last = np.maximum.accumulate(np.where(np.isnan(row), 0, np.arange(len(row))))
            row[known[0] :] = row[last[known[0] :]]
    return filled


def _said(goal: Goal, told: MonthForecasts, *, scale: float) -> Outlook:
    if told.status[0] is Status.INSUFFICIENT:
        return _unsaid(_("证据不足：不到 14 天的数据"))
    low, middle, high = (_decimal(told.q(level)[0] / scale) for level in (LOW, 0.5, HIGH))
    is_lower = goal.spec.direction is Direction.LOWER
    must = _chance(told, goal.must, scale, is_lower=is_lower)
    stretch = (
        None if goal.stretch is None else _chance(told, goal.stretch, scale, is_lower=is_lower)
    )
    is_weak = told.status[0] is Status.WEAK
    return Outlook(low, middle, high, must, stretch, is_weak, _basis(told, is_weak=is_weak))


def _chance(told: MonthForecasts, target: Decimal, scale: float, *, is_lower: bool) -> float | None:
    p = float(told.p_hit(float(target) * scale, lower_is_better=is_lower)[0])
    return None if np.isnan(p) else p


def _basis(told: MonthForecasts, *, is_weak: bool) -> str:
    words = [_("数据不到 28 天，区间偏宽") if is_weak else _("按近半年的走势")]
    said = {
        Flag.STOPPED: _("最近两周没有新增"),
        Flag.SPIKE: _("爆款日已压低后再算"),
        Flag.GAP: _("有缺数的日子"),
    }
    return "；".join([*words, *(text for flag, text in said.items() if flag in told.flags[0])])


def _unsaid(reason: str) -> Outlook:
    return Outlook(None, None, None, None, None, is_weak=True, reason=reason)


def _decimal(value: float) -> Decimal | None:
    return None if np.isnan(value) else Decimal(repr(float(value)))
