"""What the months before said of the goals' metrics, in one question for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from yunce.engines.metrics import Answer, Catalogue, MetricsError
from yunce.ground.facts.queries import answer
from yunce.ground.teams.models import Team
from yunce.kit.months import Month
from yunce.kit.numbers import as_decimal
from yunce.loop.goals.models import Goal
from yunce.loop.goals.rules.history import MONTHS, History, PastMonth


def histories_of(goals: Sequence[Goal], *, today: date | None = None) -> dict[int, History]:
    """Goal → its twelve months before; of what has no months (a period's own number) none.

    ``today``: a month it lies in is running and not counted (next month's plan is made in it).
    """
    if not goals:
        return {}
    plan = goals[0].plan
    metrics = [goal.metric for goal in goals if goal.is_defined]
    told = metric_histories(plan.team, metrics, plan.month, known=plan.catalogue, today=today)
    nothing = tuple(PastMonth(month, None) for month in months_before(plan.month))
    return {
        goal.pk: told.get(goal.metric) or History(nothing, goal.spec.direction) for goal in goals
    }


def history_of(goal: Goal, *, today: date | None = None) -> History:
    return histories_of([goal], today=today)[goal.pk]


def metric_histories(
    team: Team,
    metrics: Sequence[str],
    month: Month,
    *,
    known: Catalogue,
    today: date | None = None,
) -> dict[str, History]:
    """Metric → its twelve months before a month; a goal need not be set yet."""
    months = months_before(month)
    asked = [code for code in metrics if not known.is_of_period(code)]
    told = _told(team, asked, months, known) if asked else None
    return {
        code: History(
            tuple(_past(code, told if code in asked else None, each, today) for each in months),
            known.metric(code).direction,
        )
        for code in metrics
    }


def months_before(month: Month) -> list[Month]:
    """The oldest first."""
    found: list[Month] = []
    for _number in range(MONTHS):
        month = month.previous
        found.insert(0, month)
    return found


def _told(
    team: Team, metrics: Sequence[str], months: Sequence[Month], known: Catalogue
) -> Answer | None:
    try:
        return answer(
            team,
            metrics,
            start=months[0].first,
            end=months[-1].last,
            by=("month",),
            known=known,
        )
    except MetricsError:
        return None


def _past(metric: str, told: Answer | None, month: Month, today: date | None) -> PastMonth:
    is_running = today is not None and today in month
    row = told.row(metric, str(month)) if told else None
    if row is None or row.value is None:
        return PastMonth(month, None, days=month.day_count, is_running=is_running)
    value = as_decimal(row.value)
    return PastMonth(month, value, row.covered_days, month.day_count, is_running)
