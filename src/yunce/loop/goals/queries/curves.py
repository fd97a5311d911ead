"""The plan curves of a month's goals: asked for only where somebody shaped one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from yunce.engines.calendars import Day
from yunce.ground.calendars.queries import calendar_of
from yunce.loop.goals.models import CurveDay, Goal
from yunce.loop.goals.queries.parts import NOTHING, week_label
from yunce.loop.goals.rules import accumulates, write_target
from yunce.loop.goals.rules.curves import CALENDAR, EVEN, Curve, weight_of
from yunce.loop.goals.rules.parts import step_of


@dataclass(frozen=True)
class CurveCell:
    """One day of the curve, as a page draws it."""

    day: Day
    typed: str
    is_fixed: bool
    was: str = ""  # when the plan was locked, where it was another


@dataclass(frozen=True)
class CurveWeek:
    """A week of the curve."""

    monday: date
    name: str
    typed: str
    cells: tuple[CurveCell, ...]
    was: str = ""


def curves_of(goals: Sequence[Goal]) -> dict[int, Curve]:
    """Goal → its curve, where one was shaped: none of the others, which run evenly."""
    shaped = [goal for goal in goals if goal.shape != EVEN and accumulates(goal.spec.kind)]
    if not shaped:
        return {}
    fixed: dict[int, dict[date, Decimal]] = {goal.pk: {} for goal in shaped}
    for row in CurveDay.objects.filter(goal__in=shaped):
        fixed[row.goal_id][row.day] = row.amount
    plan = shaped[0].plan
    days = month_days(plan.month.first, plan.month.last)
    even = dict.fromkeys(days, Decimal(1))
    marked = even
    if any(goal.shape == CALENDAR for goal in shaped):
        found = calendar_of(plan.team).days(plan.month.first, plan.month.last)
        marked = {day.date: weight_of(day) for day in found}
    return {
        goal.pk: Curve(goal.must, marked if goal.shape == CALENDAR else even, fixed[goal.pk])
        for goal in shaped
    }


def curve_of(goal: Goal) -> Curve:
    """The goal's curve, even ones included."""
    month = goal.plan.month
    even = Curve(goal.must, dict.fromkeys(month_days(month.first, month.last), Decimal(1)), {})
    return curves_of([goal]).get(goal.pk, even)


def curve_weeks(goal: Goal, *, old: Mapping[str, str] = NOTHING) -> list[CurveWeek]:
    """The curve by week and day; ``old`` is what it said when the plan was locked."""
    curve, month, unit = curve_of(goal), goal.plan.month, goal.spec.unit
    step = step_of(unit)
    amounts, weeks = curve.days(step), curve.weeks(step)
    days = calendar_of(goal.plan.team).days(month.first, month.last)
    return [
        CurveWeek(
            monday,
            week_label(monday, month),
            write_target(amount, unit),
            tuple(
                CurveCell(
                    day,
                    write_target(amounts[day.date], unit),
                    day.date in curve.fixed,
                    _was(old, f"day-{day.date}", write_target(amounts[day.date], unit)),
                )
                for day in days
                if day.date - timedelta(days=day.date.weekday()) == monday
            ),
            _was(old, f"week-{monday}", write_target(amount, unit)),
        )
        for monday, amount in weeks.items()
    ]


def _was(old: Mapping[str, str], key: str, now: str) -> str:
    was = old.get(key, "")
    return was if was != now else ""


def month_days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
