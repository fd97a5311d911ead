"""Why a product moved: each factor's Shapley share (GMV = 阅读 × 点击率 × 转化率 × 客单价).

Shorrocks 2013. No logarithms (LMDI, Ang & Liu 2007): those break where a factor is 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from math import factorial, fsum, prod

from yunce.engines.explain.rows import Explanation, Kind, Row, Segment, refused, settled
from yunce.engines.explain.sums import LEAST_REST, unusable
from yunce.kit.wording import gettext as _

MOST_FACTORS = 6


def explain_product(
    before: Mapping[str, float],
    after: Mapping[str, float],
    *,
    total_before: float | None = None,
    total_after: float | None = None,
) -> Explanation:
    """Π after − Π before by factor, in the product's unit; totals as in ``explain_sum``."""
    if wrong := _misfit(before, after, totals=(total_before, total_after)):
        return refused(wrong)
    names = list(before)
    first = prod(before.values()) if total_before is None else total_before
    last = prod(after.values()) if total_after is None else total_after
    rows = [Row((name,), Kind.AMOUNT, _share(name, before, after)) for name in names]
    moved = fsum(row.value for row in rows)
    rest = (last - first) - moved
    if abs(rest) > LEAST_REST * max(1e-300, abs(first), abs(last), abs(moved)):
        rows.append(Row((), Kind.UNATTRIBUTED, rest))
    return Explanation(first, last, settled(rows, last - first), ("factor",))


def _misfit(
    before: Mapping[str, float], after: Mapping[str, float], *, totals: tuple[float | None, ...]
) -> str:
    if not before or set(before) != set(after):
        return _("两段时间的因子不一样，无法比较。")
    if len(before) > MOST_FACTORS:
        return _("最多拆成 %(most)d 个因子。") % {"most": MOST_FACTORS}
    plain: list[dict[Segment, float]] = [
        {(name,): value for name, value in each.items()} for each in (before, after)
    ]
    return unusable(*plain, totals=totals)


def _share(name: str, before: Mapping[str, float], after: Mapping[str, float]) -> float:
    """Σ over sets S of other factors already moved: |S|!(k−|S|−1)!/k! · Π_S x1 · Π_rest x0 · Δx."""
    others = [each for each in before if each != name]
    count = len(before)
    terms = [
        factorial(size) * factorial(count - size - 1) * prod(_mixed(others, moved, before, after))
        for size in range(count)
        for moved in combinations(others, size)
    ]
    return (after[name] - before[name]) * (fsum(terms) / factorial(count))


def _mixed(
    others: list[str],
    moved: tuple[str, ...],
    before: Mapping[str, float],
    after: Mapping[str, float],
) -> list[float]:
    return [after[each] if each in moved else before[each] for each in others]
