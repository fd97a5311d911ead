"""Shaping a goal's plan curve: its weights, a day or a week written by hand, back to none."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from types import EllipsisType

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from yunce.ground.teams.queries import Access
from yunce.loop.goals.actions._checked import lock_goal, note, refuse_unseen
from yunce.loop.goals.models import CurveDay, Goal
from yunce.loop.goals.queries.curves import curve_of
from yunce.loop.goals.rules import accumulates
from yunce.loop.goals.rules.curves import CALENDAR, EVEN, HAND, curve_problem, week_days
from yunce.loop.goals.rules.parts import step_of


@transaction.atomic
def shape_curve(*, access: Access, goal: Goal, shape: str) -> Goal:
    """Even days, or days as the calendar weighs them; days written by hand are let go."""
    current = _held(access, goal)
    if shape not in (EVEN, CALENDAR):
        raise ValidationError(_("曲线从「每天一样」和「按日历」里选。"))
    was = current.shape
    let_go, _rows = CurveDay.objects.filter(goal=current).delete()
    if was != shape or let_go:
        current.shape = shape
        current.save(update_fields=["shape"])
        note(access, "goals.shape_curve", current, {"shape": (was, shape)})
    return current


@transaction.atomic
def set_curve_day(
    *,
    access: Access,
    goal: Goal,
    day: date,
    amount: Decimal | None,
    seen: Decimal | EllipsisType | None = ...,
) -> Goal:
    """Write what a day should bring; None lets it share with the others again.

    ``seen`` is the day's amount as the person saw it (``...``: not asked).
    """
    current = _held(access, goal)
    curve = curve_of(current)
    if day not in curve.weights:
        raise ValidationError(_("这一天不在 %s 里。") % current.plan.month)
    if seen is not ...:
        now = curve.days(step_of(current.spec.unit))[day]
        refuse_unseen("curve", current=now, seen=seen, wanted=amount)
    return _write(access, current, {day: amount}, day)


@transaction.atomic
def set_curve_week(
    *,
    access: Access,
    goal: Goal,
    monday: date,
    amount: Decimal,
    seen: Decimal | EllipsisType | None = ...,
) -> Goal:
    """Write what a week should bring; its days share it as they weigh."""
    current = _held(access, goal)
    curve = curve_of(current)
    days = [day for day in curve.weights if day - timedelta(days=day.weekday()) == monday]
    if not days:
        raise ValidationError(_("这一周不在 %s 里。请选本月的一周。") % current.plan.month)
    if amount < 0:
        raise ValidationError(_("一周的计划不能是负数。"))
    step = step_of(current.spec.unit)
    if seen is not ...:
        refuse_unseen("curve", current=curve.weeks(step)[monday], seen=seen, wanted=amount)
    return _write(access, current, dict(week_days(curve, days, amount, step)), monday)


def _write(access: Access, goal: Goal, wanted: dict[date, Decimal | None], at: date) -> Goal:
    curve = curve_of(goal)
    amounts = {**curve.fixed, **wanted}
    fixed = {day: amount for day, amount in amounts.items() if amount is not None}
    if problem := curve_problem(curve, fixed, goal.spec.unit):
        raise ValidationError(problem)
    CurveDay.objects.filter(goal=goal, day__in=wanted).delete()
    CurveDay.objects.bulk_create(
        CurveDay(goal=goal, day=day, amount=amount)
        for day, amount in wanted.items()
        if amount is not None
    )
    if goal.shape == EVEN:
        goal.shape = HAND
        goal.save(update_fields=["shape"])
    was = sum((curve.fixed.get(day, Decimal(0)) for day in wanted), Decimal(0))
    now = sum((amount for amount in wanted.values() if amount is not None), Decimal(0))
    note(access, "goals.set_curve", goal, {f"{at:%m-%d}": (was, now)})
    return goal


def _held(access: Access, goal: Goal) -> Goal:
    current = lock_goal(access, goal)
    if not accumulates(current.spec.kind):
        raise ValidationError(
            _("「%s」不是一天天累加的数，每天都按整月目标看，没有曲线可分。") % current.name
        )
    return current
