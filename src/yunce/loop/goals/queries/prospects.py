"""A goal's month end and what follows from it: range, chances, alert level, proposals, the fan.

One question to the facts serves a whole month's goals; everything else is arithmetic, kept by
``endings`` as long as the days stay the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.conf import settings

from yunce.engines.forecasts import Campaign, PaceStatus, Proposal, propose
from yunce.engines.forecasts import pace as pace_of
from yunce.engines.forecasts.pace import RECOVERED, RED
from yunce.engines.metrics import Catalogue, Direction, Metric
from yunce.ground.journal.queries import newest_entry_number
from yunce.ground.teams.models import Team
from yunce.kit.months import Month
from yunce.kit.numbers import Unit, as_decimal
from yunce.kit.wording import gettext as _
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.goals.queries.endings import DAY, Ending, Events, ending_of
from yunce.loop.goals.queries.remembering import Memory
from yunce.loop.goals.queries.series import Series, series_of
from yunce.loop.goals.queries.special_days import SpecialDays, special_days

FAR = 62  # days before a month begins from which nothing is forecast
KEPT = 16  # months' goals whose days are held
FAN_POINTS = 8  # days of the fan that are forecast; straight lines between them
STEPS = {Unit.COUNT: 1.0, Unit.PERCENT: 0.0001, Unit.YUAN: 1.0, Unit.SECOND: 0.01}
Days = Mapping[str, Mapping[str, Campaign]]  # metric → kind of event → its days, past and planned


@dataclass(frozen=True)
class FanDay:
    """A day to come, as it may be by then: levels 2.5, 10, 50, 90 and 97.5 %."""

    day: date
    lowest: Decimal
    low: Decimal
    middle: Decimal
    high: Decimal
    highest: Decimal


@dataclass(frozen=True, eq=False)
class Prospect:
    """A metric's month as it looks at the end of ``as_of``; of months not begun, too."""

    metric: Metric
    month: Month
    as_of: date
    series: Series | None
    problem: str  # zh: why nothing can be said at all; "" when something may be
    events: Events = field(default_factory=dict)
    campaigns: Mapping[str, Campaign] = field(default_factory=dict)
    is_announced: bool = True  # False: nobody knows the month's 调休 yet

    @property
    def is_over(self) -> bool:
        return self.as_of >= self.month.last

    @property
    def ending(self) -> Ending | None:
        return self.ending_on(self.as_of)

    def ending_on(self, day: date, *, last: date | None = None) -> Ending | None:
        """The month (or its days up to ``last``) as it looked at the end of ``day``."""
        if self.series is None or self.problem:
            return None
        return ending_of(
            self.series,
            first=self.month.first,
            last=last or self.month.last,
            as_of=day,
            events=self.events,
            campaigns=self.campaigns,
        )

    def chance_on(self, day: date, target: Decimal) -> float | None:
        ending = self.ending_on(day)
        if ending is None:
            return None
        return ending.chance(float(target), lower_is_better=self.is_lower)

    def chance(self, target: Decimal | None) -> float | None:
        return None if target is None else self.chance_on(self.as_of, target)

    @property
    def is_lower(self) -> bool:
        return self.metric.direction is Direction.LOWER

    @property
    def past(self) -> list[date]:
        """The month's days gone by."""
        until = min(self.as_of, self.month.last - DAY)
        return [day for day in self.month.days() if day <= until]

    def chances(self, target: Decimal) -> list[tuple[date, float | None]]:
        """P(hit) at the end of every day gone by, from the numbers as they are now."""
        return [(day, self.chance_on(day, target)) for day in self.past]

    def pace(self, target: Decimal) -> PaceStatus:
        """The alert level now; only as many days back as decide it are forecast.

        Above «recovered» no alert stands, whatever came before; two days of red are red.
        """
        told: list[float | None] = []
        for day in reversed(self.past):
            told.insert(0, self.chance_on(day, target))
            known = [p for p in told if p is not None]
            if known and known[0] > RECOVERED:
                break
            if len(known) >= 2 and max(known[:2]) < RED:
                break
        found = pace_of(told)
        return PaceStatus(found.level, found.p, None)

    def proposal(self) -> Proposal:
        ending = self.ending
        if ending is None or not ending.is_said:
            return Proposal(None, None, None, None)
        least = STEPS.get(self.metric.unit, 0.0)
        return propose(ending.distribution, lower_is_better=self.is_lower, least=least)

    def fan(self) -> list[FanDay]:
        """The days to come; nothing once the month is over or when nothing can be said."""
        start = max(self.as_of, self.month.first - DAY)
        left = (self.month.last - start).days
        if left <= 0:
            return []
        many = min(FAN_POINTS, left)
        even = {round(left * (n + 1) / many) for n in range(many)}
        ahead = sorted(even | self._steps(start, left))
        return [told for step in ahead if (told := self._fan_day(start + step * DAY))]

    def _steps(self, start: date, left: int) -> set[int]:
        """The days of events and those before them, so that the fan climbs when they happen."""
        days = {(day - start).days for kind in self.campaigns.values() for day in kind.days}
        return {step for day in days for step in (day - 1, day) if 0 < step <= left}

    def _fan_day(self, day: date) -> FanDay | None:
        ending = self.ending_on(self.as_of, last=day)
        if ending is None or not ending.is_said:
            return None
        levels = (ending.q(level) for level in (0.025, 0.1, 0.5, 0.9, 0.975))
        return FanDay(day, *(as_decimal(level or 0.0) for level in levels))


def prospects_of(
    plan: MonthPlan, goals: Sequence[Goal], *, as_of: date, campaigns: Days | None = None
) -> dict[int, Prospect]:
    """Goal → its prospect at the end of ``as_of``.

    ``campaigns``: what livestreams, events and launches brought more than other days is measured
    on the past and expected of those to come; statutory holidays and 调休 likewise.
    """
    metrics = list(dict.fromkeys(goal.metric for goal in goals if goal.is_defined))
    told = metric_prospects(
        plan.team, metrics, plan.month, as_of=as_of, known=plan.catalogue, campaigns=campaigns
    )
    gone = [goal for goal in goals if goal.metric not in told]
    lost = {
        goal.pk: Prospect(goal.spec, plan.month, as_of, None, goal.spec.meaning) for goal in gone
    }
    return {goal.pk: told[goal.metric] for goal in goals if goal.metric in told} | lost


def metric_prospects(
    team: Team,
    metrics: Sequence[str],
    month: Month,
    *,
    as_of: date,
    known: Catalogue,
    campaigns: Days | None = None,
) -> dict[str, Prospect]:
    """Metric → its prospect; a goal need not be set yet.

    Kept until anything is written: every write leaves a line in the journal (decision 9).
    """
    known_days = campaigns or {}
    days = {code: known_days[code] for code in metrics if code in known_days}
    key = (
        str(settings.YUNCE_DATA),
        newest_entry_number(),
        team.pk,
        tuple(metrics),
        (month, as_of),
        _frozen(days),
    )
    return _KEPT.get(
        key, lambda: _made(team, metrics, month, as_of=as_of, known=known, campaigns=days)
    )


def _frozen(days: Days) -> tuple[object, ...]:
    return tuple(
        (code, name, tuple(sorted(kind.days)), kind.expected)
        for code, kinds in sorted(days.items())
        for name, kind in sorted(kinds.items())
    )


_KEPT: Memory[dict[str, Prospect]] = Memory(KEPT)


def _made(
    team: Team,
    metrics: Sequence[str],
    month: Month,
    *,
    as_of: date,
    known: Catalogue,
    campaigns: Days,
) -> dict[str, Prospect]:
    series = series_of(team, metrics, known=known, until=min(as_of, month.last))
    special = special_days(team, as_of, month) if any(series.values()) else SpecialDays()
    found: dict[str, Prospect] = {}
    for code in metrics:
        found[code] = Prospect(
            known.metric(code),
            month,
            as_of,
            series[code],
            _problem(series[code], (month.first - as_of).days),
            special.events,
            campaigns.get(code, {}),
            special.is_announced,
        )
    return found


def _problem(series: Series | None, days_ahead: int) -> str:
    if series is None:
        return _("这类指标还不能预测月末")
    if days_ahead > FAR:
        return _("离这个月还有两个月以上，现在预测不准")
    if series.over is None:
        return _("还没有数据")
    if series.recipe.under is not None and series.under is None:
        return _("分母还没有数据")
    return ""
