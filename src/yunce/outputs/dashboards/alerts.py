"""The alert beside the month's chart: the gap, what it is made of, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yunce.ground.channels.models import Account
from yunce.kit.wording import gettext as _
from yunce.loop.goals.queries.reasons import reason_of
from yunce.outputs.dashboards.contributions import Contributions, contributions_of
from yunce.outputs.dashboards.goal_rows import GoalRow

STREAK = 3  # days


@dataclass(frozen=True)
class Alert:
    """A goal that needs someone, and the next one that does."""

    row: GoalRow
    drivers: Contributions
    streak: str  # zh: for how many days running too little came; "" of fewer than three
    next: GoalRow | None


def alert_of(
    chosen: GoalRow, rows: Sequence[GoalRow], accounts: Mapping[int, Account]
) -> Alert | None:
    """None for a goal nobody has to act on."""
    if chosen.ended or not chosen.tone:
        return None
    reason = reason_of(chosen.progress, is_gated=False)
    others = (row for row in rows if row.tone and row is not chosen)
    return Alert(chosen, contributions_of(reason, accounts), _streak(chosen), next(others, None))


def _streak(row: GoalRow) -> str:
    """Only of what accumulates: days in a row below an even day of the target."""
    progress = row.progress
    if not progress.accumulates or row.is_lower:
        return ""
    usual = progress.goal.must / progress.days
    many = 0
    for day in sorted(progress.series, reverse=True):
        if progress.series[day] >= usual:
            break
        many += 1
    if many < STREAK:
        return ""
    words = {"many": many, "usual": row.amounts.worded(usual)}
    return _("已连续 {many} 天不到平均每天要的 {usual}。").format(**words)
