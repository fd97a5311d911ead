"""Reading a goal's own page: where it is heading, why, since when, and what that rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import Http404

from yunce.engines.forecasts import levels, needed_per_day
from yunce.ground.channels.models import Account
from yunce.ground.teams.models import Team
from yunce.kit.months import Month
from yunce.kit.numbers import as_decimal, format_value
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.goals.queries import GoalProgress, known_until, plan_of, progress_of
from yunce.loop.goals.queries.outlook import Outlook, outlook_of
from yunce.loop.goals.queries.prospects import Prospect, prospects_of
from yunce.loop.goals.queries.reasons import AGAINST, known_choice, reason_of, splits_of
from yunce.loop.goals.queries.so_far import recent_mean
from yunce.loop.plans.queries.campaigns import campaign_days
from yunce.outputs.dashboards.contributions import (
    AGAINST_WORDS,
    SPLIT_WORDS,
    Contributions,
    contributions_of,
)
from yunce.outputs.dashboards.evidence import Evidence, evidence_of
from yunce.outputs.dashboards.goal_rows import GoalRow, goal_rows
from yunce.outputs.dashboards.goal_words import headline, sentence
from yunce.outputs.dashboards.month_chart import MonthChart, month_chart
from yunce.outputs.dashboards.pace_chart import PaceChart, pace_chart
from yunce.outputs.dashboards.queries import drawing_of
from yunce.outputs.dashboards.rules import ShownDay

FEW = 10  # a day


@dataclass(frozen=True)
class Choice:
    """One of several views: a word and whether it is the one shown."""

    value: str
    word: str
    is_shown: bool


@dataclass(frozen=True)
class Rhythm:
    """What the days left have to bring, and what the last ones did."""

    expected: str  # by today, from the plan's curve
    needed: str  # a day
    recent: str  # a day, mean of the last seven
    is_slow: bool  # the last days bring less than is needed


@dataclass(frozen=True)
class GoalPage:
    """A goal as it stood at the end of ``as_of``."""

    month: Month
    shown: ShownDay
    as_of: date
    plan: MonthPlan
    row: GoalRow
    verdict: str
    lede: str
    chart: MonthChart | None
    drivers: Contributions
    against: tuple[Choice, ...]
    splits: tuple[Choice, ...]
    pace: PaceChart | None
    rhythm: Rhythm | None
    evidence: Evidence

    @property
    def goal(self) -> Goal:
        return self.row.progress.goal

    @property
    def ended(self) -> bool:
        return self.shown.ended

    @property
    def is_begun(self) -> bool:
        return self.row.progress.elapsed > 0


def goal_page(
    team: Team, month: Month, number: int, *, shown: ShownDay, against: str = "", by: str = ""
) -> GoalPage:
    """Http404 when the team's month has no such goal."""
    plan = plan_of(team, month)
    goal = plan.goals.filter(pk=number).first() if plan else None
    if plan is None or goal is None:
        raise Http404
    goal.plan = plan
    as_of = known_until(team, month, shown.day, today=shown.today)
    progresses = progress_of(plan, as_of=as_of)
    progress = next(each for each in progresses if each.goal.pk == number)
    prospect = _prospects(plan, progresses, as_of)[number]
    told = None if shown.ended else outlook_of(progress.goal, prospect)
    row = _row(progress, told, as_of, ended=shown.ended)
    accounts = {account.pk: account for account in Account.objects.filter(team=team)}
    reason = reason_of(
        progress,
        against=known_choice(against, AGAINST),
        by=known_choice(by, splits_of(progress.metric)),
    )
    return GoalPage(
        month=month,
        shown=shown,
        as_of=as_of,
        plan=plan,
        row=row,
        verdict=headline(row, month=month),
        lede=sentence(row, prospect),
        chart=_chart(row, prospect, as_of),
        drivers=contributions_of(reason, accounts),
        against=_choices(AGAINST, AGAINST_WORDS, reason.against),
        splits=_choices(splits_of(progress.metric), SPLIT_WORDS, reason.by),
        pace=None if shown.ended else _pace(row, prospect),
        rhythm=None if shown.ended else _rhythm(row, prospect),
        evidence=evidence_of(row, prospect, accounts),
    )


def _prospects(
    plan: MonthPlan, progresses: Sequence[GoalProgress], as_of: date
) -> dict[int, Prospect]:
    """Asked as 本月 asks, of all goals, so that both share what is kept."""
    goals = [progress.goal for progress in progresses]
    days = campaign_days(plan.team, {goal.metric for goal in goals}, plan.month)
    return prospects_of(plan, goals, as_of=as_of, campaigns=days)


def _row(progress: GoalProgress, told: Outlook | None, as_of: date, *, ended: bool) -> GoalRow:
    outlooks = {} if told is None else {progress.goal.pk: told}
    return goal_rows([progress], as_of=as_of, ended=ended, outlooks=outlooks)[0]


def _chart(row: GoalRow, prospect: Prospect, as_of: date) -> MonthChart | None:
    if not row.progress.series and row.range is None:
        return None
    return month_chart(drawing_of(row, prospect, as_of=as_of))


def _pace(row: GoalRow, prospect: Prospect) -> PaceChart | None:
    """None where no day says anything."""
    told = prospect.chances(row.progress.goal.must) if row.progress.goal.must else []
    chances = [p for _day, p in told]
    if not any(p is not None for p in chances):
        return None
    return pace_chart([day for day, _p in told], chances, levels(chances), prospect.month)


def _rhythm(row: GoalRow, prospect: Prospect) -> Rhythm | None:
    """Only of what accumulates: a level or a rate needs no amount a day."""
    progress = row.progress
    left = progress.days - progress.elapsed
    if not progress.accumulates or not left or not progress.elapsed or row.is_lower:
        return None
    known = float(progress.actual or 0)
    needed = needed_per_day(float(progress.goal.must), known, left)
    recent = recent_mean(prospect.series, until=prospect.as_of) if prospect.series else None
    shown = as_decimal(needed or 0.0)
    return Rhythm(
        row.amounts.worded(progress.expected),
        _a_day(row, shown),
        _a_day(row, recent),
        recent is not None and recent < shown,
    )


def _a_day(row: GoalRow, value: Decimal | None) -> str:
    """Of small counts a tenth: 0.5 篇 a day is not none."""
    if value is None or value >= FEW:
        return row.amounts.worded(value)
    return format_value(value, row.progress.metric.unit, digits=1)


def _choices(values: tuple[str, ...], words: dict[str, str], shown: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, words[value], value == shown) for value in values)
