"""Did it work? A campaign's lift, with an interval calibrated on windows in which nothing happened.

The placebo family of Abadie 2010 and Chernozhukov, Wüthrich & Zhu 2021 (conformal): the very same
statistic on every window before the campaign, of every account of the team, says how far it
strays by itself. Textbook intervals do not: they cry wolf in 14–63 % of A/A tests at 10 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import expm1, isfinite
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from yunce.engines.explain.placebos import Placebos, common, placebos_of
from yunce.engines.explain.windows import PRE, log_ratios
from yunce.kit.wording import gettext as _

Floats = NDArray[np.float64]
SPIKE = 2.0  # σ of a placebo week: more before the start may be why that day was chosen
LEAST_PLACEBOS = 5  # that do not overlap; fewer say nothing of one window in ten
LARGEST = 50.0  # log points


class Verdict(StrEnum):
    WORKED = "worked"  # the whole interval is above 0
    UNCLEAR = "unclear"  # it contains 0
    HARMED = "harmed"

    @property
    def label(self) -> str:
        words = {Verdict.WORKED: _("有效"), Verdict.UNCLEAR: _("看不出")}
        return words.get(self, _("反效果"))


@dataclass(frozen=True)
class Effect:
    """Shares of the expected level: lift 0.3 = 30 % more than without it."""

    lift: float | None = None
    lo: float | None = None
    hi: float | None = None
    verdict: Verdict | None = None
    mde: float | None = None  # the smallest lift that would have been called 有效
    n_placebo: int = 0  # windows the interval was calibrated on
    assumptions: tuple[str, ...] = ()
    reason: str = ""  # why there is no answer
    drift: float = 0.0  # what went with the others anyway: taken off the lift
    has_controls: bool = False

    @property
    def is_refused(self) -> bool:
        return self.lift is None


def campaign_effect(
    panel: ArrayLike,
    treated: Sequence[int],
    start: int,
    end: int,
    *,
    denominators: ArrayLike | None = None,
    controls: Sequence[int] | Literal["auto"] = "auto",
    alpha: float = 0.1,
    min_pre: int = PRE,
    placebo_days: int = 112,
) -> Effect:
    """The lift of the treated series in the days ``start`` … ``end`` − 1 of ``panel`` [n, days].

    Of a ratio ``panel`` holds the numerators and ``denominators`` what they are divided by.

    log-lift = mean over the treated of log(window ÷ weekday-adjusted 28 days before) − β · the
    trimmed mean of the same over the controls, β ∈ [0, 1] pooled over the placebos. Interval =
    estimate ± the placebos' quantiles, studentised by account. Nothing after ``end`` is read, and
    nothing from ``start`` on enters the placebos.
    """
    days, below = _read(panel), None if denominators is None else _read(denominators)
    if below is not None and below.shape != days.shape:
        return Effect(reason=_("分子和分母不是同样的账号和日子。"))
    chosen = np.array(sorted(set(treated)), dtype=np.int64)
    if reason := _refusal(days, chosen, start, end, min_pre, alpha):
        return Effect(reason=reason)
    compared = _controls(len(days), chosen, controls)
    rows = np.concatenate([chosen, compared])
    watched, under = days[rows, :end], None if below is None else below[rows, :end]
    mine = np.arange(len(chosen))
    now = log_ratios(watched, np.array([start]), end - start, under)
    found = placebos_of(
        watched,
        start=start,
        length=end - start,
        placebo_days=placebo_days,
        has_controls=bool(len(compared)),
        under=under,
    )
    mine = mine[np.isfinite(now[mine, 0])]
    if not len(mine):
        return Effect(reason=_("活动期间或之前四周的数据不到一半，无法比较。"))
    if found.fresh < LEAST_PLACEBOS * len(mine) or not np.isfinite(found.sigma[mine]).all():
        return Effect(
            n_placebo=found.count,
            reason=_("活动之前的历史太短，没有足够的平常时段可以对照。"),
        )
    told = _assumptions(watched, mine, start, found, under)
    return _effect(
        found, mine, now, alpha=alpha, assumptions=told, has_controls=bool(len(compared))
    )


def _effect(
    found: Placebos,
    treated: NDArray[np.int64],
    now: Floats,
    *,
    alpha: float,
    assumptions: tuple[str, ...],
    has_controls: bool,
) -> Effect:
    others = found.beta * common(now, treated[None, :])[0, 0]
    estimate = float(np.mean(now[treated]) - others)
    low, high = found.quantiles(treated, alpha)
    lo, hi = estimate - high, estimate - low
    if not all(isfinite(value) and abs(value) < LARGEST for value in (lo, hi, high)):
        return Effect(reason=_("数值相差太大，算不出提升幅度。"))
    return Effect(
        lift=expm1(estimate),
        lo=expm1(lo),
        hi=expm1(hi),
        verdict=Verdict.WORKED if lo > 0 else Verdict.HARMED if hi < 0 else Verdict.UNCLEAR,
        mde=expm1(high),
        n_placebo=found.count,
        assumptions=assumptions,
        drift=expm1(others),
        has_controls=has_controls,
    )


def _read(panel: ArrayLike) -> Floats:
    days = np.atleast_2d(np.array(panel, dtype=np.float64))
    days[~np.isfinite(days)] = np.nan
    return days


def _refusal(
    days: Floats, treated: NDArray[np.int64], start: int, end: int, min_pre: int, alpha: float
) -> str:
    count, length = days.shape
    if not len(treated) or treated[0] < 0 or treated[-1] >= count:
        return _("没有说明活动涉及哪些账号。")
    if not 0 <= start < end <= length:
        return _("活动的起止日期不在数据的范围内。")
    if not 0 < alpha < 1:
        return _("alpha 应在 0 和 1 之间。")
    known = int((~np.isnan(days[treated, :start])).sum(axis=1).max(initial=0))
    if known < max(min_pre, PRE):
        words = {"least": max(min_pre, PRE), "known": known}
        return _("活动开始前只有 %(known)d 天的数据，至少要 %(least)d 天。") % words
    return ""


def _controls(
    count: int, treated: NDArray[np.int64], controls: Sequence[int] | Literal["auto"]
) -> NDArray[np.int64]:
    wanted = range(count) if controls == "auto" else controls
    taken = set(treated.tolist())
    kept = sorted(each for each in set(wanted) if 0 <= each < count and each not in taken)
    return np.array(kept, dtype=np.int64)


def _assumptions(
    watched: Floats,
    treated: NDArray[np.int64],
    start: int,
    found: Placebos,
    under: Floats | None,
) -> tuple[str, ...]:
    """What has to be true for the number to mean what it says."""
    said = []
    if len(watched) > len(treated):
        said.append(_("对照账号没有受活动影响，也没有在同一时间做别的事。"))
    else:
        said.append(_("所有账号都参加了活动，没有对照：只是前后比较，同期的大盘变化算在活动里。"))
    said.append(_("活动期间没有别的改动；提升可能随时间消退。"))
    below = None if under is None else under[treated, :start]
    week = log_ratios(watched[treated, :start], np.array([start - 7]), 7, below)[:, 0]
    if np.mean(np.abs(np.nan_to_num(week)) / found.sigma[treated]) > SPIKE:
        said.append(_("开始前一周明显高于或低于平常：如果因此选了这一天，回落会被当成效果。"))
    return tuple(said)
