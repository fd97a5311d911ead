"""What the ten chapters are written from, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yunce.ground.calendars.queries import MonthCalendar, month_calendar
from yunce.ground.channels.models import Account
from yunce.ground.channels.queries import accounts_of
from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import members_of
from yunce.ground.teams.rules import Role
from yunce.kit.numbers import MISSING, Unit, format_signed, round_half_up
from yunce.loop.goals.models import Goal, MonthPlan, PlanChange
from yunce.loop.goals.queries import GoalProgress, plan_of, progress_of
from yunce.loop.goals.queries.changes import Amendments, amendments_of, changes_of
from yunce.loop.goals.queries.outlook import Outlook
from yunce.loop.plans.dossier import Dossier, dossier_of
from yunce.loop.plans.queries import target_text
from yunce.loop.plans.queries.outlooks import planned_outlooks
from yunce.loop.reviews.models import Improvement
from yunce.loop.reviews.queries import improvements_of
from yunce.loop.reviews.rules import counted_until, shown_value
from yunce.outputs.reports.catalogue._report import Made


@dataclass(frozen=True)
class Material:
    """A month, as far as the program knows it on the day the document is made."""

    plan: MonthPlan
    dossier: Dossier
    until: date  # the last day whose numbers count
    progress: Mapping[int, GoalProgress]  # goal → how it stands
    outlooks: Mapping[int, Outlook]  # goal → how its month may end; empty out of the month
    amendments: Amendments
    changes: tuple[PlanChange, ...]
    carried: tuple[Improvement, ...]  # of last month's review
    calendar: MonthCalendar
    accounts: tuple[Account, ...]
    guests: tuple[Member, ...]  # people of other departments

    @property
    def goals(self) -> tuple[Goal, ...]:
        return self.dossier.goals

    @property
    def has_begun(self) -> bool:
        return self.until >= self.plan.month.first

    @property
    def is_over(self) -> bool:
        return self.until >= self.plan.month.last

    def actual_text(self, goal: Goal) -> str:
        return shown(goal, self.progress[goal.pk].actual)


def gather(plan: MonthPlan, made: Made) -> Material:
    dossier = dossier_of(plan)
    until = counted_until(plan.month, made.day)
    progress = {each.goal.pk: each for each in progress_of(plan, as_of=until)}
    before = plan_of(plan.team, plan.month.previous)
    guests = members_of(plan.team).filter(role=Role.GUEST)
    return Material(
        plan=plan,
        dossier=dossier,
        until=until,
        progress=progress,
        outlooks=planned_outlooks(plan, dossier.goals, as_of=until),
        amendments=amendments_of(plan),
        changes=tuple(changes_of(plan)),
        carried=tuple(improvements_of(before)) if before else (),
        calendar=month_calendar(plan.team, plan.month),
        accounts=tuple(accounts_of(plan.team)),
        guests=tuple(guests),
    )


def shown(goal: Goal, value: Decimal | None, *, is_bare: bool = False) -> str:
    """A value of a goal's metric, no more exact than its target; bare: without 人, 篇."""
    spec = goal.spec
    is_whole = spec.unit is Unit.COUNT and goal.must == goal.must.to_integral_value()
    known = round_half_up(value) if value is not None and is_whole else value
    word = "" if is_bare else spec.measure_word
    return shown_value(known, target=goal.must, unit=spec.unit, measure_word=word)


def aimed(goal: Goal, value: Decimal | None) -> str:
    return MISSING if value is None else target_text(goal, value)


def apart(goal: Goal, amount: Decimal) -> str:
    """How far two amounts are apart: of rates in 百分点."""
    if goal.spec.unit is Unit.PERCENT:
        return format_signed(amount, Unit.PERCENT).removeprefix("+")
    return aimed(goal, amount)
