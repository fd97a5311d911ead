"""What the months before said of the goals' metrics, in one question for all of them."""

from __future__ import annotations

from collections.abc import Sequence

from yunce.engines.metrics import Answer, MetricsError
from yunce.ground.facts.queries import answer
from yunce.kit.months import Month
from yunce.kit.numbers import as_decimal
from yunce.loop.goals.models import Goal
from yunce.loop.goals.rules.history import MONTHS, History, PastMonth


def histories_of(goals: Sequence[Goal]) -> dict[int, History]:
    """Goal → its twelve months before; of what has no months (a period's own number) none."""
    if not goals:
        return {}
    plan = goals[0].plan
    months = months_before(plan.month)
    known = plan.catalogue
    asked = [
        goal.metric for goal in goals if goal.is_defined and not known.is_of_period(goal.metric)
    ]
    told = _told(goals[0], asked, months) if asked else None
    return {
        goal.pk: _history(goal, told if goal.metric in asked else None, months) for goal in goals
    }


def history_of(goal: Goal) -> History:
    return histories_of([goal])[goal.pk]


def months_before(month: Month) -> list[Month]:
    """The oldest first."""
    found: list[Month] = []
    for _number in range(MONTHS):
        month = month.previous
        found.insert(0, month)
    return found


def _told(goal: Goal, metrics: Sequence[str], months: Sequence[Month]) -> Answer | None:
    plan = goal.plan
    try:
        return answer(
            plan.team,
            metrics,
            start=months[0].first,
            end=months[-1].last,
            by=("month",),
            known=plan.catalogue,
        )
    except MetricsError:
        return None


def _history(goal: Goal, told: Answer | None, months: Sequence[Month]) -> History:
    return History(tuple(_past(goal.metric, told, month) for month in months), goal.spec.direction)


def _past(metric: str, told: Answer | None, month: Month) -> PastMonth:
    row = told.row(metric, str(month)) if told else None
    if row is None or row.value is None:
        return PastMonth(month, None, days=month.day_count)
    return PastMonth(month, as_decimal(row.value), row.covered_days, month.day_count)
