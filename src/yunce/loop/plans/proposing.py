"""Beside a goal's form: what the program proposes, how likely what is typed is, and what was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from yunce.engines.forecasts import Status
from yunce.engines.metrics import Catalogue, Direction, Metric
from yunce.ground.teams.models import Team
from yunce.kit.months import Month
from yunce.kit.numbers import as_decimal, format_value
from yunce.kit.wording import gettext as _
from yunce.loop.goals.queries.endings import Ending
from yunce.loop.goals.queries.history import metric_histories
from yunce.loop.goals.queries.outlook import HIGH, LOW, basis_words, unsaid_reason
from yunce.loop.goals.queries.prospects import Prospect, metric_prospects
from yunce.loop.goals.rules import (
    TargetError,
    read_target,
    target_problem,
    write_target,
)
from yunce.loop.goals.rules.chances import as_told, chance_shown, chance_tone, chance_word
from yunce.loop.goals.rules.history import History
from yunce.loop.plans.past_months import Bar, bars_of, shown_target
from yunce.loop.plans.queries.campaigns import campaign_days

ENOUGH_DAYS = 90  # of numbers for «充分»


@dataclass(frozen=True)
class Suggestion:
    """A proposed target, with what its button types."""

    input: str  # must or stretch
    name: str  # zh
    shown: str
    typed: str
    chance: str


@dataclass(frozen=True)
class Tried:
    """A target somebody types: how likely, and in how many months it would have been reached."""

    name: str
    shown: str
    chance: str
    word: str
    tone: str
    history: str


@dataclass(frozen=True)
class Panel:
    """Everything the form shows beside its two targets."""

    metric: Metric
    month: Month
    forecast: str  # "" when nothing can be said
    band: str
    suggestions: tuple[Suggestion, ...]
    tried: tuple[Tried, ...]
    problem: str  # what is wrong with what is typed
    unsaid: str  # why there is no forecast
    evidence: str  # 充分, 一般, 偏弱, 不足
    basis: str
    bars: tuple[Bar, ...]
    line: int | None  # where must stands among the bars
    history: History

    @property
    def is_lower(self) -> bool:
        return self.metric.direction is Direction.LOWER

    def shown(self, value: Decimal | None) -> str:
        return shown_target(value, self.metric)

    @property
    def best(self) -> str:
        return self.shown(self.history.best)

    @property
    def median(self) -> str:
        return self.shown(self.history.median)

    @property
    def last_year(self) -> str:
        return self.shown(self.history.last_year)

    @property
    def last(self) -> str:
        """The month before; while it runs, what it has so far."""
        newest = self.history.months[-1]
        if newest.is_running and newest.value is not None:
            return _("至今 {value}").format(value=self.shown(newest.value))
        return self.shown(self.history.last)


@dataclass(frozen=True)
class _Typed:
    must: Decimal | None = None
    stretch: Decimal | None = None
    problem: str = ""


def panel_of(
    team: Team, month: Month, code: str, *, known: Catalogue, typed: Mapping[str, str], today: date
) -> Panel | None:
    """None for a metric nobody knows."""
    if code not in known:
        return None
    metric = known.metric(code)
    as_of = min(today - timedelta(days=1), month.last)
    prospect = metric_prospects(
        team,
        [code],
        month,
        as_of=as_of,
        known=known,
        campaigns=campaign_days(team, {code}, month),
    )[code]
    told = metric_histories(team, [code], month, known=known, today=today)[code]
    wanted = _read(typed, metric)
    ending = None if prospect.is_over else prospect.ending
    said = ending if ending is not None and ending.is_said else None
    bars, line = bars_of(told, wanted.must, metric)
    return Panel(
        metric,
        month,
        *_range(said, metric),
        _suggestions(prospect) if said else (),
        tuple(_tried(prospect, told, wanted, has_forecast=said is not None)),
        wanted.problem,
        "" if said else _unsaid(prospect, ending),
        _evidence(prospect, said),
        _basis(prospect, said, told),
        bars,
        line,
        told,
    )


def _read(typed: Mapping[str, str], metric: Metric) -> _Typed:
    values: dict[str, Decimal | None] = {}
    for name in ("must", "stretch"):
        text = typed.get(name, "").strip()
        try:
            values[name] = read_target(text, metric.unit) if text else None
        except TargetError as error:
            return _Typed(problem=str(error))
    must, stretch = values["must"], values["stretch"]
    lowest = must if must is not None else stretch
    wrong = target_problem(lowest, stretch, metric.direction) if lowest is not None else ""
    return _Typed(must, stretch, wrong)


def _range(ending: Ending | None, metric: Metric) -> tuple[str, str]:
    """(median, 80 % interval), both empty when nothing is said."""
    if ending is None:
        return "", ""
    low, middle, high = (as_decimal(ending.q(level) or 0.0) for level in (LOW, 0.5, HIGH))
    told = [shown_target(each, metric) for each in as_told((low, middle, high))]
    return told[1], f"{told[0]} – {told[2]}"


def _suggestions(prospect: Prospect) -> tuple[Suggestion, ...]:
    found = prospect.proposal()
    offered = (
        ("must", _("必达"), found.must, found.p_must),
        ("stretch", _("挑战"), found.stretch, found.p_stretch),
    )
    return tuple(
        Suggestion(
            name,
            word,
            shown_target(as_decimal(value), prospect.metric),
            write_target(as_decimal(value), prospect.metric.unit),
            chance_shown(p),
        )
        for name, word, value, p in offered
        if value is not None
    )


def _tried(prospect: Prospect, told: History, wanted: _Typed, *, has_forecast: bool) -> list[Tried]:
    if wanted.problem:
        return []
    targets = ((_("必达"), wanted.must), (_("挑战"), wanted.stretch))
    found: list[Tried] = []
    for name, target in targets:
        if target is None:
            continue
        p = prospect.chance(target) if has_forecast and target else None
        found.append(
            Tried(
                name,
                format_value(target, prospect.metric.unit),
                chance_shown(p) if p is not None else "",
                chance_word(p),
                chance_tone(p),
                hit_words(told, target),
            )
        )
    return found


def hit_words(told: History, target: Decimal) -> str:
    """「按这个目标，过去 12 个月有 3 个月能达到」"""
    known, hits = len(told.known), told.hits(target)
    if not known:
        return _("过去 12 个月没有数据，没法和往月比。")
    if known == len(told.months):
        return _("按这个目标，过去 {months} 个月有 {hits} 个月能达到。").format(
            months=known, hits=hits
        )
    return _("按这个目标，过去 12 个月里有数的 {months} 个月有 {hits} 个月能达到。").format(
        months=known, hits=hits
    )


def _unsaid(prospect: Prospect, ending: Ending | None) -> str:
    if prospect.is_over:
        return _("这个月已经结束，不再预测。")
    reason = prospect.problem or unsaid_reason(ending)
    return _("{reason}，先看往月。").format(reason=reason)


def _evidence(prospect: Prospect, ending: Ending | None) -> str:
    if ending is None or prospect.series is None:
        return _("不足")
    if ending.status is Status.WEAK:
        return _("偏弱")
    return _("充分") if prospect.series.days >= ENOUGH_DAYS else _("一般")


def _basis(prospect: Prospect, ending: Ending | None, told: History) -> str:
    """Days, accounts and months behind what is said."""
    if prospect.series is None or prospect.series.over is None:
        return ""
    rests = _("{accounts} 个账号近半年 {days} 天的数据，往月 {months} 个月有数").format(
        accounts=prospect.series.accounts,
        days=min(prospect.series.days, 180),
        months=len(told.known),
    )
    words = [rests, *(basis_words(ending) if ending else [])]
    if not prospect.is_announced:
        year = prospect.month.year
        words.append(_("{year} 年的调休还没有公布，节假日先按法定的算").format(year=year))
    return "；".join(words)
