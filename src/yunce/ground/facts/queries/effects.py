"""Did it work? A window of days of some accounts, judged by placebos, with the others as controls.

Numbers come through ``answer`` by account and day; what they say is ``engines.explain``'s.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from yunce.engines.explain import PRE, Effect, campaign_effect, expected_days
from yunce.engines.metrics import Answer, Catalogue, Kind, Metric, QueryError
from yunce.engines.metrics.arrays import worked_out
from yunce.engines.metrics.formula import Node, codes
from yunce.ground.facts.queries import answer, catalogue_of
from yunce.ground.facts.queries._terms import Terms, terms_of
from yunce.ground.teams.models import Team
from yunce.kit.days import EARLIEST

Floats = NDArray[np.float64]
PLACEBO_DAYS = 112
HISTORY = (
    PLACEBO_DAYS + PRE + 56
)  # days read before the window: placebos, their baselines, weekdays
LONGEST = 62  # days of a window; longer ones drown in what else happened
DAY = timedelta(days=1)


@dataclass(frozen=True)
class DayPoint:
    """A day of the chart, all treated accounts together."""

    day: date
    actual: float | None
    expected: float | None  # without it, as far as four weeks and the controls tell
    is_inside: bool


@dataclass(frozen=True)
class Trial:
    """An effect and what it was measured on. ``effect.reason`` says why there is none."""

    metric: Metric
    start: date
    end: date  # inclusive
    effect: Effect
    treated: tuple[int, ...] = ()
    controls: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()  # accounts asked for that have no numbers
    days: tuple[DayPoint, ...] = ()

    @property
    def account(self) -> int | None:
        """The one it is about; None of several."""
        return self.treated[0] if len(self.treated) == 1 else None

    @property
    def has_own_rows(self) -> bool:
        """Its numbers are those of one account, or of all of them."""
        return self.account is not None or not self.controls


@dataclass(frozen=True)
class _Panel:
    accounts: tuple[int, ...]
    first: date
    num: Floats
    den: Floats | None


def trial(
    team: Team,
    code: str,
    *,
    start: date,
    end: date,
    today: date,
    accounts: Collection[int] = (),
) -> Trial:
    """``accounts`` took part; empty: all of them did. UnknownMetricError for no metric of ours."""
    known = catalogue_of(team, on=min(end, today))
    metric = known.metric(code)
    if reason := _refusal(known, code, start, end, today):
        return Trial(metric, start, end, Effect(reason=reason))
    panel = _read(team, known, terms_of(known, code), start - HISTORY * DAY, end)
    wanted = set(accounts) or set(panel.accounts)
    treated = tuple(each for each in panel.accounts if each in wanted)
    missing = tuple(sorted(wanted - set(treated)))
    if not treated:
        reason = _("这些账号那段时间没有「%(name)s」的数据。") % {"name": metric.name}
        return Trial(metric, start, end, Effect(reason=reason), missing=missing)
    return _judged(panel, metric, (start, end), treated, missing)


def _judged(
    panel: _Panel,
    metric: Metric,
    window: tuple[date, date],
    treated: tuple[int, ...],
    missing: tuple[int, ...],
) -> Trial:
    start, end = window
    first, last = (start - panel.first).days, (end - panel.first).days + 1
    rows = [panel.accounts.index(each) for each in treated]
    newest = _newest(panel.num[rows])
    if newest < last - 1:
        day = panel.first + newest * DAY
        words = {"day": f"{day:%Y/%-m/%-d}", "end": f"{end:%-m/%-d}"}
        reason = _("数据只到 %(day)s，这段时间到 %(end)s 才完。补上数据再看。") % words
        return Trial(metric, start, end, Effect(reason=reason), treated, missing=missing)
    effect = campaign_effect(
        panel.num, rows, first, last, denominators=panel.den, placebo_days=PLACEBO_DAYS
    )
    return Trial(
        metric=metric,
        start=start,
        end=end,
        effect=effect,
        treated=treated,
        controls=tuple(each for each in panel.accounts if each not in treated),
        missing=missing,
        days=tuple(_days(panel, rows, first, last, effect.drift)) if first >= PRE else (),
    )


def _refusal(known: Catalogue, code: str, start: date, end: date, today: date) -> str:
    if start > end:
        return _("开始日期晚于结束日期，请换过来。")
    if start < EARLIEST:
        return _("%(year)d 年以前没有数据。请核对日期。") % {"year": EARLIEST.year}
    if (end - start).days >= LONGEST:
        return _("一次最多看 %(days)d 天。时间再长，别的变化会盖过它。") % {"days": LONGEST}
    if end >= today:
        words = {"day": f"{end:%Y/%-m/%-d}"}
        return _("这段时间要到 %(day)s 才过完，之后才能看。") % words
    if not is_judgeable(known, code):
        words = {"name": known.metric(code).name}
        return _("「%(name)s」不是按天相加的量，也不是两个这样的量之比，不能这样检验。") % words
    return ""


def is_judgeable(known: Catalogue, code: str) -> bool:
    """A daily amount, or one over another."""
    try:
        terms = terms_of(known, code)
    except QueryError:
        return False
    parts = codes(terms.num) | (codes(terms.den) if terms.den else frozenset())
    return all(known[part].kind is Kind.FLOW for part in parts) and not known.is_of_period(code)


def judgeable(team: Team, known: Catalogue, *, start: date, end: date) -> list[Metric]:
    """Metrics that can be judged and have a number in the window, in the catalogue's order."""
    asked = [code for code in known if is_judgeable(known, code)]
    told = answer(team, asked, start=start, end=end, known=known)
    return [known.metric(code) for code in asked if told.value(code) is not None]


def _read(team: Team, known: Catalogue, terms: Terms, first: date, end: date) -> _Panel:
    wanted = codes(terms.num) | (codes(terms.den) if terms.den else frozenset())
    by = ("account", "day")
    told = answer(team, sorted(wanted), start=first, end=end, by=by, known=known)
    accounts = tuple(sorted({row.group[0] for row in told.rows if isinstance(row.group[0], int)}))
    values = _by_code(told, accounts, first, (end - first).days + 1)
    num = _worked_out(terms.num, values)
    den = _worked_out(terms.den, values) if terms.den else None
    has = np.flatnonzero(~np.isnan(num).all(axis=1))
    kept = tuple(accounts[at] for at in has)
    return _Panel(kept, first, num[has], None if den is None else den[has])


def _by_code(told: Answer, accounts: Sequence[int], first: date, days: int) -> dict[str, Floats]:
    places = {account: at for at, account in enumerate(accounts)}
    values = {code: np.full((len(accounts), days), np.nan) for code in told.query.metrics}
    for row in told.rows:
        account, day = row.group
        if row.value is not None and isinstance(account, int) and isinstance(day, date):
            values[row.metric][places[account], (day - first).days] = row.value
    return values


def _worked_out(node: Node, values: dict[str, Floats]) -> Floats:
    """A linear formula on whole arrays. Of what is added, what nobody tells counts as nothing."""
    parts = [values[code] for code in codes(node)]
    known = ~np.logical_and.reduce([np.isnan(part) for part in parts])
    filled = {code: np.nan_to_num(values[code]) for code in codes(node)}
    return np.where(known, worked_out(node, filled), np.nan)


def _newest(rows: Floats) -> int:
    """The last day any of them has a number for; −1 for none."""
    days = np.flatnonzero(~np.isnan(rows).all(axis=0))
    return int(days[-1]) if len(days) else -1


def _days(
    panel: _Panel, rows: Sequence[int], first: int, last: int, drift: float
) -> list[DayPoint]:
    num, den = panel.num[rows, :last], None if panel.den is None else panel.den[rows, :last]
    expected = expected_days(num, first, last - first, den)
    expected[PRE:] *= 1 + drift
    actual = _together(num[:, first - PRE :], None if den is None else den[:, first - PRE :])
    return [
        DayPoint(
            panel.first + (first - PRE + at) * DAY,
            _plain(actual[at]),
            _plain(expected[at]),
            at >= PRE,
        )
        for at in range(len(expected))
    ]


def _together(num: Floats, den: Floats | None) -> Floats:
    """Summed over accounts; a day one of them says nothing of is unknown."""
    above: Floats = num.sum(axis=0)
    if den is None:
        return above
    below: Floats = den.sum(axis=0)
    ratio: Floats = np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)
    return ratio


def _plain(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
