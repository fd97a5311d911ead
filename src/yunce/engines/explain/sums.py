"""Why a sum moved: each part's own change, and 未归因 for what the total says beyond its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import fsum, isfinite

import numpy as np
from numpy.typing import NDArray

from yunce.engines.explain.rows import Explanation, Kind, Row, Segment, refused, settled
from yunce.kit.wording import gettext as _

PLAN_NOTE = _("按上月结构分摊的计划")
LARGEST = 1e50  # six factors of it are still a number
LEAST_REST = 1e-12  # of the amounts: less is rounding, not a difference worth a row
Amounts = Mapping[Segment, float]


def explain_sum(
    before: Amounts,
    after: Amounts,
    *,
    total_before: float | None = None,
    total_after: float | None = None,
    dims: Sequence[str] = (),
    note: str = "",
) -> Explanation:
    """c_i = v1_i − v0_i; a segment a period does not have counts 0 there (metric's unit).

    Totals are given where they are known apart: a platform's own total often differs from its
    posts'. The difference is one row, 未归因, and is never spread over the parts.
    """
    if wrong := unusable(before, after, totals=(total_before, total_after)):
        return refused(wrong)
    names = together(before, after)
    v0, v1 = values(before, names), values(after, names)
    first, last = _total(v0, total_before), _total(v1, total_after)
    changes = (v1 - v0).tolist()
    rows = [Row(name, Kind.AMOUNT, change) for name, change in zip(names, changes, strict=True)]
    rest = (last - fsum(v1)) - (first - fsum(v0))
    if abs(rest) > LEAST_REST * max(1e-300, abs(first), abs(last), fsum(map(abs, changes))):
        rows.append(Row((), Kind.UNATTRIBUTED, rest))
    return Explanation(first, last, settled(rows, last - first), tuple(dims), note=note)


def plan_by_shares(total: float, base: Amounts) -> dict[Segment, float] | None:
    """A plan that has only a total, by the shares of the month before (to be called PLAN_NOTE).

    None when there are no shares to go by: the month before is empty, or a part of it negative.

    >>> plan_by_shares(100.0, {("抖音",): 30.0, ("快手",): 10.0})
    {('抖音',): 75.0, ('快手',): 25.0}
    """
    whole = fsum(base.values())
    if not (whole > 0 and isfinite(whole)) or min(base.values()) < 0:
        return None
    return {segment: total * (value / whole) for segment, value in base.items()}


def explain_against_plan(
    total: float,
    base: Amounts,
    after: Amounts,
    *,
    total_after: float | None = None,
    dims: Sequence[str] = (),
) -> Explanation:
    """A sum against a plan that has only a total; ``base`` is the month before."""
    planned = plan_by_shares(total, base)
    if planned is None:
        reason = _("计划只有合计，而上月没有可用来分摊的数据；请给各部分分别定计划。")
        return refused(reason, before=total, after=_total(np.array([*after.values()]), total_after))
    return explain_sum(
        planned, after, total_before=total, total_after=total_after, dims=dims, note=PLAN_NOTE
    )


def together(*parts: Iterable[Segment]) -> list[Segment]:
    """Every segment once, in the order they are met."""
    return list(dict.fromkeys(segment for part in parts for segment in part))


def values(amounts: Amounts, names: Sequence[Segment]) -> NDArray[np.float64]:
    return np.fromiter((amounts.get(name, 0.0) for name in names), np.float64, len(names))


def unusable(*parts: Amounts, totals: Iterable[float | None] = ()) -> str:
    """The sentence for a number that is none, or ""."""
    for part in parts:
        for segment, value in part.items():
            if not abs(value) <= LARGEST:  # NaN is not either
                name = "·".join(segment) or "—"
                return _("「%(name)s」没有可用的数值（不是数，或大得离谱），无法拆解。") % {
                    "name": name
                }
    if not all(total is None or abs(total) <= LARGEST for total in totals):
        return _("合计没有可用的数值（不是数，或大得离谱），无法拆解。")
    return ""


def _total(amounts: NDArray[np.float64], known: float | None) -> float:
    return fsum(amounts) if known is None else known
