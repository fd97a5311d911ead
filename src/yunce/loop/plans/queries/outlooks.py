"""How goals' months may end, with the events their plan holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.goals.queries.outlook import Outlook, outlooks_of
from yunce.loop.plans.queries.campaigns import campaign_days


def planned_outlooks(plan: MonthPlan, goals: Sequence[Goal], *, as_of: date) -> dict[int, Outlook]:
    """Goal → outlook at the end of ``as_of``; empty before the month and at its end."""
    if not goals or not plan.month.first <= as_of < plan.month.last:
        return {}
    campaigns = campaign_days(plan.team, {goal.metric for goal in goals}, plan.month)
    return outlooks_of(plan, goals, as_of=as_of, campaigns=campaigns)
