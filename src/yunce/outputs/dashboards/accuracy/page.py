"""The page 预测准不准: the team's own scores beside those on public data, and what was missed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from yunce.engines.forecasts import PUBLISHED, Told
from yunce.engines.metrics import Grain, Metric
from yunce.ground.facts.queries import catalogue_of
from yunce.ground.teams.queries import Access
from yunce.kit.numbers import Unit, format_value
from yunce.loop.goals.actions import ask_check
from yunce.loop.goals.models import ForecastCheck
from yunce.loop.goals.queries.checks import (
    ORIGINS,
    Scoreboard,
    account_names,
    basis_of,
    checkable,
    scoreboard,
)
from yunce.outputs.dashboards.accuracy import wording


@dataclass(frozen=True)
class ScoreLine:
    """One origin day: ours and, in the second place, on public data."""

    label: str
    count: int
    held: tuple[str, str]
    off: tuple[str, str]  # median error
    right: tuple[str, str]  # of red alerts
    false: tuple[str, str]
    caught: tuple[str, str]
    brier: tuple[str, str]


@dataclass(frozen=True)
class Saying:
    """One forecast as it is shown."""

    when: str
    interval: str
    is_inside: bool


@dataclass(frozen=True)
class MonthLine:
    """A month of the team's total: what came, and what had been said."""

    month: str
    actual: str
    sayings: tuple[Saying, ...]

    @property
    def is_missed(self) -> bool:
        return not all(each.is_inside for each in self.sayings)


@dataclass(frozen=True)
class Miss:
    account: str
    number: str  # of the account
    month: str
    when: str
    interval: str
    actual: str


@dataclass(frozen=True)
class AccuracyPage:
    """Without a board: still being worked out, or ``problem`` says why there is none."""

    metrics: Sequence[Metric]
    metric: Metric | None
    board: Scoreboard | None
    problem: str
    names: Mapping[str, str]
    is_unknown: bool = False  # the address names a metric that cannot be checked

    @property
    def is_waiting(self) -> bool:
        return self.metric is not None and self.board is None and not self.problem

    @property
    def held(self) -> float | None:
        """Over all origins."""
        if self.board is None:
            return None
        told = [s["cov80"] for s in self.board.scores.values() if s["cov80"] is not None]
        return sum(told) / len(told) if told else None

    @property
    def verdict(self) -> str:
        return wording.verdict(self.held, count=self.board.count if self.board else 0)

    @property
    def alerts(self) -> str:
        last = self.board.scores[ORIGINS[-1]] if self.board else {}
        return wording.alerts(last.get("red_precision"), count=last.get("reds", 0))

    @cached_property
    def lines(self) -> list[ScoreLine]:
        scores = self.board.scores if self.board else {}
        return [_line(origin, told) for origin, told in scores.items()]

    @property
    def public(self) -> list[ScoreLine]:
        return [_line(origin, {"n": 0}) for origin in ORIGINS]

    @cached_property
    def months(self) -> list[MonthLine]:
        """The newest first."""
        if self.board is None:
            return []
        by_month: defaultdict[str, list[Told]] = defaultdict(list)
        for each in self.board.team:
            by_month[each.month].append(each)
        return [self._month(month, by_month[month]) for month in sorted(by_month, reverse=True)]

    @property
    def missed(self) -> int:
        return sum(month.is_missed for month in self.months)

    @property
    def misses(self) -> list[Miss]:
        if self.board is None:
            return []
        return [
            Miss(
                account=self.names.get(each.account, each.account),
                number=each.account if each.account in self.names else "",
                month=each.month,
                when=wording.origin(each.origin),
                interval=self._interval(each),
                actual=self._shown(each.actual),
            )
            for each in self.board.misses
        ]

    def _month(self, month: str, told: Sequence[Told]) -> MonthLine:
        sayings = tuple(
            Saying(wording.origin(each.origin), self._interval(each), each.is_inside)
            for each in told
        )
        return MonthLine(month, self._shown(told[0].actual), sayings)

    def _interval(self, told: Told) -> str:
        return f"{self._shown(told.low)} – {self._shown(told.high)}"

    def _shown(self, value: float) -> str:
        unit = self.metric.unit if self.metric else Unit.COUNT
        return format_value(value, unit, digits=0 if abs(value) >= 10 else 1)


def accuracy_page(access: Access, wanted: str) -> AccuracyPage:
    team = access.team
    metrics = checkable(team, catalogue_of(team))
    metric = next((each for each in metrics if each.code == wanted), None)
    is_unknown = bool(wanted) and metric is None
    metric = metric or _usual(metrics)
    basis = basis_of(team)
    if metric is None or not basis:
        return AccuracyPage(metrics, None, None, "", {}, is_unknown)
    check = ask_check(access=access, metric=metric.code, basis=basis)
    board = scoreboard(check, basis=basis)
    names = account_names(team, board.misses) if board else {}
    return AccuracyPage(metrics, metric, board, _problem(check, basis), names, is_unknown)


def _usual(metrics: Sequence[Metric]) -> Metric | None:
    """Numbers accounts have every day say more than works, which come when they come."""
    daily = [each for each in metrics if each.grain is Grain.ACCOUNT]
    return next(iter([*daily, *metrics]), None)


def _problem(check: ForecastCheck, basis: str) -> str:
    """Why there is no result of these numbers; older reasons may not hold any more."""
    return check.problem if check.basis == basis else ""


def _line(origin: int, scores: Mapping[str, float | int | None]) -> ScoreLine:
    public = PUBLISHED[origin]

    def both(name: str) -> tuple[str, str]:
        return wording.percent(scores.get(name)), wording.percent(getattr(public, name))

    return ScoreLine(
        label=wording.origin(origin),
        count=int(scores["n"] or 0),
        held=both("cov80"),
        off=both("mdape"),
        right=both("red_precision"),
        false=both("red_false"),
        caught=both("red_caught"),
        brier=(_brier(scores.get("brier")), _brier(public.brier)),
    )


def _brier(score: float | None) -> str:
    return "—" if score is None else f"{score:.2f}"
