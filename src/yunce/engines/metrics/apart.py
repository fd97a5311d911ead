"""Which stored rows of a metric count in the total of their period, and why others do not."""

from __future__ import annotations

from enum import StrEnum

from yunce.engines.metrics.definitions import Grain, Kind, Metric, is_last


class Apart(StrEnum):
    """Why a stored row does not count in the total of its period."""

    SEGMENT = "segment"  # a part of a whole that has its own row
    OTHER_GRAIN = "other_grain"  # a post's row of an account metric, or the other way round
    ACCOUNT_SAYS = "account_says"  # the account's own number of that day counts instead
    SAME_POST = "same_post"  # the same post under another name was told this later
    EARLIER = "earlier"  # a level: the last day of the period counts


_TOLD = (
    "MAX(CASE WHEN post = 0 AND segment = '' THEN 1 ELSE 0 END) OVER (PARTITION BY account, day)"
)
_LAST_DAY = "MAX(CASE WHEN segment = '' THEN day END) OVER (PARTITION BY account, head)"


def is_level(metric: Metric, weight: Metric | None = None) -> bool:
    """Of a period only the last known value of each account or post counts.

    So it does of a mean whose ``weight`` is a level.
    """
    base = weight if metric.kind is Kind.MEAN and weight else metric
    return is_last(base)


_NEWEST = "MAX(batch) OVER (PARTITION BY account, head, day, segment)"


def looks(metric: Metric, *, merges: bool, is_level: bool) -> str:
    """The columns, beside a row's own, that its reason rests on: ``, … AS account_told``.

    ``head`` is the post a row's post was found to be, or the post itself.
    """
    newest = f", {_NEWEST} AS newest_batch" if merges else ""
    told = f", {_TOLD} AS account_told" if metric.grain is Grain.ANY else ""
    return newest + told + (f", {_LAST_DAY} AS last_day" if is_level else "")


def reason(metric: Metric, *, merges: bool, is_level: bool) -> str:
    """The row's Apart as SQL; empty text when it counts."""
    cases = [("batch <> newest_batch", Apart.SAME_POST)] if merges else []
    cases.append(("segment <> ''", Apart.SEGMENT))
    if metric.grain is Grain.ANY:
        cases.append(("post <> 0 AND account_told = 1", Apart.ACCOUNT_SAYS))
    else:
        others = "post <> 0" if metric.grain is Grain.ACCOUNT else "post = 0"
        cases.append((others, Apart.OTHER_GRAIN))
    if is_level:
        cases.append(("day < last_day", Apart.EARLIER))
    whens = " ".join(f"WHEN {condition} THEN '{apart}'" for condition, apart in cases)
    return f"CASE {whens} ELSE '' END"
