"""Why a ratio moved: rates and mix, or numerator and denominator; exact with zeros, new, removed.

Kitagawa 1955 / Das Gupta 1978 (average weights leave no residual), which is Bennet 1920 and the
Shapley value of two factors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import fsum, isfinite
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from yunce.engines.explain.rows import Explanation, Kind, Row, Segment, Status, refused, settled
from yunce.engines.explain.sums import LEAST_REST, explain_sum, together, unusable, values
from yunce.kit.wording import gettext as _

Floats = NDArray[np.float64]
Grain = Literal["same", "different"]


@dataclass(frozen=True)
class Ratio:
    """A period's numerator and denominator by segment; totals where they are known apart."""

    num: Mapping[Segment, float]
    den: Mapping[Segment, float]
    total_num: float | None = field(default=None, kw_only=True)
    total_den: float | None = field(default=None, kw_only=True)

    @property
    def whole(self) -> tuple[float, float]:
        """(N, D)"""
        return (
            fsum(self.num.values()) if self.total_num is None else self.total_num,
            fsum(self.den.values()) if self.total_den is None else self.total_den,
        )


def explain_ratio(
    before: Ratio, after: Ratio, *, grain: Grain = "same", dims: Sequence[str] = (), note: str = ""
) -> Explanation:
    """R1 − R0 by segment, in points of the ratio (0.01 = one percentage point).

    ``same``: numerator and denominator are of the same things (orders ÷ visits by platform).
    ``different``: they are not (interactions by form ÷ followers).
    """
    totals = (before.total_num, before.total_den, after.total_num, after.total_den)
    if wrong := unusable(before.num, before.den, after.num, after.den, totals=totals):
        return refused(wrong)
    (n0, d0), (n1, d1) = before.whole, after.whole
    if d0 == 0 or d1 == 0:
        return _numerator_only(before, after, dims=dims, note=note)
    with np.errstate(all="ignore"):
        first, last = n0 / d0, n1 / d1
        rows = (_same if grain == "same" else _different)(before, after)
    if not isfinite(last - first) or not all(isfinite(row.value) for row in rows):
        return refused(_("分母太接近 0，算不出可以拆解的比率。"))
    return Explanation(first, last, settled(rows, last - first), tuple(dims), note=note)


def ratio_plan(plan: float, base: Ratio) -> Ratio | None:
    """A planned ratio as a period: last month's denominators, its numerators scaled alike.

    None when last month has no ratio (or 0) to scale from.
    """
    n, d = base.whole
    if d == 0 or n == 0 or not isfinite(plan):
        return None
    scale = plan / (n / d)
    num = {segment: value * scale for segment, value in base.num.items()}
    return replace(base, num=num, total_num=plan * d)


def _numerator_only(before: Ratio, after: Ratio, *, dims: Sequence[str], note: str) -> Explanation:
    found = explain_sum(
        before.num,
        after.num,
        total_before=before.total_num,
        total_after=after.total_num,
        dims=dims,
        note=note,
    )
    reason = _("有一段时间的分母是 0，比率不存在，只拆解分子。")
    return replace(found, status=Status.WEAK, reason=reason, of_numerator=True)


def _same(before: Ratio, after: Ratio) -> list[Row]:
    """rate_i = ½(w0+w1)(r1−r0) · mix_i = (w1−w0)(½(r0+r1) − R̄), R̄ = ½(R0+R1).

    R̄ changes nothing in the sum and makes mix readable: a growing share of a segment below the
    average pulls down. A new segment has no r0: it takes r1 and is all mix; a removed one the
    other way round. A numerator without a denominator is offbase: n1/D1 − n0/D0.
    """
    names = together(before.den, after.den, before.num, after.num)
    (n0, w0, r0, off0), (n1, w1, r1, off1) = (_shares(each, names) for each in (before, after))
    new, gone = np.isnan(r0), np.isnan(r1)
    r0, r1 = np.where(new, r1, r0), np.where(gone, r0, r1)
    r0, r1 = np.nan_to_num(r0), np.nan_to_num(r1)  # without a denominator in both: weight 0
    middle = (n0 + n1) / 2
    rate = (w0 + w1) / 2 * (r1 - r0)
    mix = (w1 - w0) * ((r0 + r1) / 2 - middle)
    return _rows(names, [(Kind.RATE, rate), (Kind.MIX, mix), (Kind.OFFBASE, off1 - off0)])


def _shares(period: Ratio, names: Sequence[Segment]) -> tuple[float, Floats, Floats, Floats]:
    """(R, w, r, n/D where there is no d); the last place is what no segment accounts for."""
    total_n, total_d = period.whole
    n, d = _with_rest(period.num, names, total_n), _with_rest(period.den, names, total_d)
    r = np.divide(n, d, out=np.full_like(n, np.nan), where=d != 0)
    r[np.isinf(r)] = np.nan  # a denominator too small to divide by is none
    has = ~np.isnan(r)
    w = np.where(has, d / total_d, 0.0)
    return total_n / total_d, w, r, np.where(has, 0.0, n / total_d)


def _with_rest(amounts: Mapping[Segment, float], names: Sequence[Segment], whole: float) -> Floats:
    found = values(amounts, names)
    rest = whole - fsum(found)
    is_rounding = abs(rest) <= LEAST_REST * max(abs(whole), float(np.abs(found).sum()))
    return np.append(found, 0.0 if is_rounding else rest)


def _different(before: Ratio, after: Ratio) -> list[Row]:
    """num_i = Δn_i·½(1/D0+1/D1) · den_i = −Δd_i·½(N0+N1)/(D0·D1)."""
    (n0, d0), (n1, d1) = before.whole, after.whole
    nums, dens = together(before.num, after.num), together(before.den, after.den)
    moved_n = _with_rest(after.num, nums, n1) - _with_rest(before.num, nums, n0)
    moved_d = _with_rest(after.den, dens, d1) - _with_rest(before.den, dens, d0)
    of_num = _rows(nums, [(Kind.NUM, moved_n * ((1 / d0 + 1 / d1) / 2))])
    # Divided one after the other: d0·d1 may be smaller than any float.
    of_den = _rows(dens, [(Kind.DEN, -moved_d * ((n0 + n1) / 2) / d0 / d1)])
    return of_num + of_den


def _rows(names: Sequence[Segment], effects: Sequence[tuple[Kind, Floats]]) -> list[Row]:
    """Rows by segment; what belongs to none is one row whatever its kind."""
    kinds = [kind for kind, _of in effects]
    columns = [effect[:-1].tolist() for _kind, effect in effects]
    rows = [
        Row(name, kind, value)
        for name, *found in zip(names, *columns, strict=True)
        for kind, value in zip(kinds, found, strict=True)
        if value or kind is not Kind.OFFBASE
    ]
    rest = float(sum(effect[-1] for _kind, effect in effects))
    return [*rows, Row((), Kind.UNATTRIBUTED, rest)] if rest else rows
