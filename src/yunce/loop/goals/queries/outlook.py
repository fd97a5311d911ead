"""How goals' months may end, for a table: the dot, the band and the probability.

The team's total is forecast as a series of its own, calibrated together with its accounts. What
cannot be forecast says why; nothing is made up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yunce.engines.forecasts import Flag, Level, Status
from yunce.kit.numbers import as_decimal
from yunce.kit.wording import gettext as _
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.goals.queries import GoalProgress
from yunce.loop.goals.queries.endings import Ending
from yunce.loop.goals.queries.prospects import Days, Prospect, prospects_of
from yunce.loop.goals.rules import Pace, Standing

ALERTS = {Level.CALM: Pace.STEADY, Level.YELLOW: Pace.WATCH, Level.RED: Pace.BEHIND}
LOW, HIGH = 0.10, 0.90  # the 80 % interval


@dataclass(frozen=True)
class Outlook:
    """A goal's month end, as far as it can be told."""

    low: Decimal | None  # 10 %
    middle: Decimal | None  # median
    high: Decimal | None  # 90 %
    p_must: float | None
    p_stretch: float | None
    is_weak: bool  # little history: the range is honest but wide
    reason: str  # zh: what it rests on, or why nothing can be said
    level: Level = Level.UNKNOWN  # the alert level of a running month

    @property
    def is_said(self) -> bool:
        return self.middle is not None

    @property
    def alert(self) -> Pace | None:
        """稳, 关注 or 落后 by the pace rules; None where nothing is forecast."""
        return ALERTS.get(self.level)


def outlooks_of(
    plan: MonthPlan,
    goals: Sequence[Goal],
    *,
    as_of: date,
    campaigns: Days | None = None,
) -> dict[int, Outlook]:
    """Goal → outlook at the end of ``as_of``, in one question to the facts.

    Empty when the month is over or has not begun: 本月 has nothing to forecast then.
    """
    month = plan.month
    if not month.first <= as_of < month.last:
        return {}
    told = prospects_of(plan, goals, as_of=as_of, campaigns=campaigns)
    return shown_outlooks(goals, told)


def shown_outlooks(goals: Sequence[Goal], prospects: Mapping[int, Prospect]) -> dict[int, Outlook]:
    return {goal.pk: outlook_of(goal, prospects[goal.pk]) for goal in goals}


def outlook_of(goal: Goal, prospect: Prospect) -> Outlook:
    ending = prospect.ending
    if ending is None or not ending.is_said:
        return _unsaid(prospect.problem or unsaid_reason(ending))
    low, middle, high = (_decimal(ending.q(level)) for level in (LOW, 0.5, HIGH))
    return Outlook(
        low,
        middle,
        high,
        prospect.chance(goal.must) if goal.must else None,
        prospect.chance(goal.stretch),
        ending.status is Status.WEAK,
        "；".join(basis_words(ending)),
        prospect.pace(goal.must).level if goal.must else Level.UNKNOWN,
    )


def judged(progress: GoalProgress, outlook: Outlook | None, *, ended: bool) -> Pace | Standing:
    """How a goal does, the same on every page: of a finished month by its targets."""
    return progress.standing if ended else pace_of(progress, outlook)


def pace_of(progress: GoalProgress, outlook: Outlook | None) -> Pace:
    """How a running month goes: by how likely must is.

    Where no forecast can be made the plan's expectation by today has to do.
    """
    return (outlook.alert if outlook else None) or progress.pace


def unsaid_reason(ending: Ending | None) -> str:
    """Why a series with numbers says nothing."""
    if ending is None:
        return _("还没有数据")
    return _("证据不足：不到 14 天的数据")


def basis_words(ending: Ending) -> list[str]:
    """What a forecast rests on, and what to mind."""
    is_weak = ending.status is Status.WEAK
    words = _("数据不到 28 天，区间偏宽") if is_weak else _("按近半年的走势")
    return [words, *_flag_words(ending.flags)]


def _flag_words(flags: Set[Flag]) -> list[str]:
    """What to mind, in words."""
    said = {
        Flag.STOPPED: _("最近两周没有新增"),
        Flag.SHIFT: _("最近两周的水平和之前不一样"),
        Flag.SPIKE: _("爆款日已压低后再算"),
        Flag.GAP: _("有缺数的日子"),
        Flag.NEGATIVE: _("有负数的日子，按可增可减算"),
        Flag.UNTRIED: _("有没办过的活动，按计划写的贡献粗估"),
    }
    return [text for flag, text in said.items() if flag in flags]


def _unsaid(reason: str) -> Outlook:
    return Outlook(None, None, None, None, None, is_weak=True, reason=reason)


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else as_decimal(value)
