"""A question about facts (which metrics, when, of whom, split by what) and its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from yunce.engines.metrics.errors import QueryError, did_you_mean
from yunce.kit.wording import gettext as _

GROUPINGS = ("day", "month", "account", "post", "segment")  # besides the query's own attributes
FILTERS = ("account", "post", "segment")
GroupValue = str | int | date


@dataclass(frozen=True)
class MetricQuery:
    """Which numbers are wanted. Days are inclusive."""

    team: int
    metrics: tuple[str, ...]
    start: date
    end: date
    by: tuple[str, ...] = ()  # day, month, account, post, segment or an attribute
    where: Mapping[str, tuple[str | int, ...]] = field(default_factory=dict)  # name → allowed
    # What is known of accounts: {"platform": {7: "douyin"}}; an account without one groups as "".
    attributes: Mapping[str, Mapping[int, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Copies of our own: statements are kept by query, so a query must never change.
        where = {name: tuple(allowed) for name, allowed in self.where.items()}
        object.__setattr__(self, "where", where)
        labels = {name: dict(of_accounts) for name, of_accounts in self.attributes.items()}
        object.__setattr__(self, "attributes", labels)
        if self.start > self.end:
            days = {"start": self.start, "end": self.end}
            raise QueryError(_("开始日期 %(start)s 晚于结束日期 %(end)s。") % days)
        if not self.metrics:
            raise QueryError(_("没有指定指标。"))
        self._known(self.by, GROUPINGS, _("不能按「%(word)s」分组。%(near)s"))
        self._known(self.where, FILTERS, _("不能按「%(word)s」筛选。%(near)s"))

    def _known(
        self, words: tuple[str, ...] | Mapping[str, object], ours: tuple[str, ...], message: str
    ) -> None:
        known = {*ours, *self.attributes}
        for word in words:
            if word not in known:
                raise QueryError(message % {"word": word, "near": did_you_mean(word, known)})

    def __hash__(self) -> int:
        return hash((self.team, self.metrics, self.start, self.end, self.by))

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


@dataclass(frozen=True)
class AnswerRow:
    """One value."""

    metric: str
    group: tuple[GroupValue, ...]  # in the order of the query's ``by``; a month is "2025-05"
    value: float | None  # None = unknown
    covered_days: (
        int  # days of the period with facts; of a formula, those of its least covered part
    )
    reason: str = ""  # why the value is unknown, or what to mind when reading it


@dataclass(frozen=True)
class Answer:
    """Every asked metric for every group that has any fact (one group when not split)."""

    query: MetricQuery
    rows: tuple[AnswerRow, ...]
    days: int  # in the period
    as_of: date | None  # newest day in the period with a fact behind these numbers

    def value(self, metric: str, *group: GroupValue) -> float | None:
        """The value; None when unknown or when there is no such group."""
        row = self.row(metric, *group)
        return row.value if row else None

    def row(self, metric: str, *group: GroupValue) -> AnswerRow | None:
        if metric not in self.query.metrics:
            raise QueryError(_("没有问过指标「%(metric)s」。") % {"metric": metric})
        return self._index.get((metric, group))

    def series(self, metric: str) -> dict[date, float]:
        """Known values by day, oldest first, of a query split by day alone."""
        if self.query.by != ("day",):
            raise QueryError(_("只有按天（day）分组的查询才有逐日数列。"))
        known = {
            row.group[0]: row.value
            for row in self.rows
            if row.metric == metric and row.value is not None
        }
        return {day: known[day] for day in sorted(known, key=str) if isinstance(day, date)}

    @cached_property
    def _index(self) -> dict[tuple[str, tuple[GroupValue, ...]], AnswerRow]:
        return {(row.metric, row.group): row for row in self.rows}
