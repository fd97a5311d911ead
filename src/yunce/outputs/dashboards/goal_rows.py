"""One row of 目标进度: a goal's progress, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from yunce.engines.metrics import Direction
from yunce.kit.numbers import format_value
from yunce.kit.wording import gettext as _
from yunce.loop.goals.queries import GoalProgress
from yunce.loop.goals.queries.changes import Amendments
from yunce.loop.goals.queries.outlook import Outlook, judged
from yunce.loop.goals.rules import Pace, Standing, achievement, expected_by
from yunce.loop.goals.rules.chances import as_told, chance_shown, chance_tone, chance_word
from yunce.outputs.dashboards.amounts import Amounts, signed_share

SPARK_DAYS = 20
_RISK = {"behind": 0, "short": 0, "watch": 1, "unknown": 2, "met": 3, "steady": 3, "beyond": 4}
_TONES = {"behind": "bad", "short": "bad", "watch": "warn"}


@dataclass(frozen=True)
class GoalRow:
    """What the table and the phone's card show of a goal."""

    progress: GoalProgress
    ended: bool
    amounts: Amounts
    compared: str  # against what should be there today
    compared_words: str  # the same in plain words
    points: tuple[Decimal | None, ...]
    points_expected: tuple[Decimal, ...]
    outlook: Outlook | None = None  # of a running month
    old_must: str = ""  # what was locked, where a change made it another

    @cached_property
    def range(self) -> tuple[Decimal, Decimal, Decimal] | None:
        """Low, middle and high of the month's end, no finer than the range is wide."""
        told = self.outlook
        if told is None or told.low is None or told.middle is None or told.high is None:
            return None
        low, middle, high = as_told((told.low, told.middle, told.high))
        rounded = self.amounts.rounded
        return rounded(low), rounded(middle), rounded(high)

    @property
    def low(self) -> Decimal | None:
        return self.range[0] if self.range else None

    @property
    def middle(self) -> Decimal | None:
        return self.range[1] if self.range else None

    @property
    def high(self) -> Decimal | None:
        return self.range[2] if self.range else None

    @property
    def forecast(self) -> str:
        return self.amounts.worded(self.middle)

    @property
    def band(self) -> str:
        """10,400 – 12,600: never a forecast without it."""
        if self.low is None or self.high is None:
            return ""
        return f"{self.amounts.plain(self.low)} – {self.amounts.plain(self.high)}"

    @property
    def chance(self) -> str:
        return chance_shown(self.p_must)

    @property
    def chance_word(self) -> str:
        return chance_word(self.p_must)

    @property
    def chance_tone(self) -> str:
        """Red and amber belong to alerts; a good chance is green, everything between is ink."""
        if self.p_must is None or self.tone:
            return self.tone
        return "good" if chance_tone(self.p_must) == "good" else ""

    @property
    def stretch_chance(self) -> str:
        return chance_shown(self.outlook.p_stretch if self.outlook else None)

    @property
    def p_must(self) -> float | None:
        return self.outlook.p_must if self.outlook else None

    @property
    def is_lower(self) -> bool:
        return self.progress.metric.direction is Direction.LOWER

    @property
    def goal_id(self) -> int:
        return self.progress.goal.pk

    @property
    def name(self) -> str:
        return self.progress.goal.name

    @property
    def status(self) -> Pace | Standing:
        return judged(self.progress, self.outlook, ended=self.ended)

    @property
    def alert(self) -> Pace | None:
        return self.outlook.alert if self.outlook else None

    @property
    def tone(self) -> str:
        return _TONES.get(self.status.value, "")

    @property
    def is_healthy(self) -> bool:
        return not self.tone and self.status.value != "unknown"

    @property
    def actual(self) -> str:
        return self.amounts.worded(self.progress.actual)

    @property
    def must(self) -> str:
        return self.amounts.worded(self.progress.goal.must)

    @property
    def expected(self) -> Decimal | None:
        """Drawn as ▲ only where the target accumulates and the month still runs."""
        if self.ended or not self.progress.accumulates:
            return None
        return self.amounts.rounded(self.progress.expected)

    @property
    def shown_actual(self) -> Decimal | None:
        actual = self.progress.actual
        return None if actual is None else self.amounts.rounded(actual)


def goal_rows(
    progresses: Sequence[GoalProgress],
    *,
    as_of: date,
    ended: bool,
    outlooks: Mapping[int, Outlook] | None = None,
) -> list[GoalRow]:
    """The goals most at risk first; equals keep the plan's order."""
    told = outlooks or {}
    rows = [_row(progress, as_of, ended, told.get(progress.goal.pk)) for progress in progresses]
    return sorted(rows, key=_risk)


def amended(rows: Sequence[GoalRow], amendments: Amendments) -> list[GoalRow]:
    """The rows with the targets that were locked beside today's."""
    return [replace(row, old_must=_old_must(row, amendments)) for row in rows]


def _old_must(row: GoalRow, amendments: Amendments) -> str:
    was = amendments.old_targets(row.progress.goal).must
    return "" if was is None else format_value(was, row.progress.metric.unit)


def _risk(row: GoalRow) -> tuple[int, Decimal]:
    """By state, then by how likely must is; without a forecast by what is there of the expected."""
    progress = row.progress
    if row.p_must is not None and not row.ended:
        return _RISK[row.status.value], Decimal(str(row.p_must))
    ratio = achievement(progress.actual, progress.expected, progress.metric.direction).ratio
    return _RISK[row.status.value], ratio or Decimal(0)


def _row(progress: GoalProgress, as_of: date, ended: bool, outlook: Outlook | None) -> GoalRow:
    amounts = Amounts(progress.metric, progress.goal.must)
    compared, words = _comparison(progress, amounts, ended=ended)
    points, expected = _spark(progress, as_of)
    return GoalRow(progress, ended, amounts, compared, words, points, expected, outlook)


def _comparison(progress: GoalProgress, amounts: Amounts, *, ended: bool) -> tuple[str, str]:
    if progress.actual is None or progress.gap is None:
        return "", progress.achievement.reason
    if not progress.accumulates:
        return amounts.difference(progress.gap), _side(progress)
    if not progress.expected:
        return "", ""
    expected = amounts.rounded(progress.expected)
    gap = amounts.rounded(progress.actual) - expected
    share = signed_share(gap / progress.expected)
    if ended:
        return share, _gap_words(amounts, gap)
    words = {"gap": _gap_words(amounts, gap), "expected": amounts.plain(expected)}
    return share, _("%(gap)s，应到 %(expected)s") % words


def _gap_words(amounts: Amounts, gap: Decimal) -> str:
    if not gap:
        return _("正好")
    text = _("多 %(gap)s") if gap > 0 else _("少 %(gap)s")
    return text % {"gap": amounts.worded(abs(gap))}


def _side(progress: GoalProgress) -> str:
    if not progress.gap:
        return _("正好在必达线")
    above = progress.gap > 0
    if progress.metric.direction is Direction.LOWER:
        return _("高于必达线，越低越好") if above else _("低于必达线，越低越好")
    return _("高于必达线") if above else _("低于必达线")


def _spark(
    progress: GoalProgress, as_of: date
) -> tuple[tuple[Decimal | None, ...], tuple[Decimal, ...]]:
    """The last 20 days: running totals where the target accumulates, daily values otherwise."""
    first = as_of.replace(day=1)
    days = [first + timedelta(days=n) for n in range(progress.elapsed)]
    values = running(progress, days) if progress.accumulates else _daily(progress, days)
    expected = [
        expected_by(
            progress.goal.must,
            elapsed=day.day,
            days=progress.days,
            kind=progress.metric.kind,
        )
        for day in days
    ]
    return tuple(values[-SPARK_DAYS:]), tuple(expected[-SPARK_DAYS:])


def _daily(progress: GoalProgress, days: Sequence[date]) -> list[Decimal | None]:
    return [progress.series.get(day) for day in days]


def running(progress: GoalProgress, days: Sequence[date]) -> list[Decimal | None]:
    """The total up to each day; a day without a number has none of its own."""
    total = Decimal(0)
    totals: list[Decimal | None] = []
    for day in days:
        value = progress.series.get(day)
        total += value or 0
        totals.append(None if value is None else total)
    return totals
