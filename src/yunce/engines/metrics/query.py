"""A question about facts (which metrics, when, of whom, split by what) and its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from yunce.engines.metrics.bounds import check_period
from yunce.engines.metrics.errors import QueryError, did_you_mean
from yunce.engines.metrics.filtering import check_several, stored
from yunce.kit.wording import gettext as _

TIME_WORDS = ("day", "week", "month", "weekday")
# Of posts the store was told about; "original" is "yes" or "no".
POST_ATTRIBUTES = ("form", "series", "topic", "author", "original")
PUBLISHED = "published"
ACCOUNT = "account"  # the number of the account a post is of
SAME_AS = "same_as"  # the number of the post this one is, when two were found to be one
POST_WORDS = (*POST_ATTRIBUTES, "age")  # age: whole days since the post was published
WORDS = (*TIME_WORDS, "account", "post", "segment", *POST_WORDS)
PLAN = "plan"
COMPARISONS = ("previous", "last_month", "last_year", PLAN)
GroupValue = str | int | date
SHORT_DAYS = 62  # up to so many days fit into one number, a bit each
_KINDS: Mapping[str, type] = {
    "account": int,
    "post": int,
    "weekday": int,
    "day": date,
    "week": date,
    "month": date,
}


def kind_of(word: str) -> type:
    """What a grouping's values are inside a store."""
    return _KINDS.get(word, str)


class Closed(NamedTuple):
    """Days whose numbers stay as the batches up to one told them."""

    start: date
    end: date
    batch: int


@dataclass(frozen=True)
class MetricQuery:
    """Which numbers are wanted. Days are inclusive."""

    team: int
    metrics: tuple[str, ...]
    start: date
    end: date
    by: tuple[str, ...] = ()  # of WORDS or the attributes' names
    where: Mapping[str, tuple[GroupValue, ...]] = field(default_factory=dict)  # name → allowed
    # What is known of accounts: {"platform": {7: "douyin"}}; an account without one groups as "".
    attributes: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    as_of_batch: int | None = None  # as if higher batches did not exist
    as_of_before: int | None = None  # the same for the period it is compared with
    closed: tuple[Closed, ...] = ()  # days read so, each as of its own batch; they do not overlap
    compare: str = ""  # of COMPARISONS: the answer then has ``before``
    merges: bool = False  # some posts are the same as others: of two, the newest value counts
    tells_accounts: bool = False  # also of stored metrics how many accounts are behind them
    # What was planned: {"2025-05": {"reads": 500000}}; of a month without a plan nothing.
    planned: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Copies of our own: a query must never change, also when its parts do.
        for name, allowed in self.where.items():
            check_several(name, allowed)
        where = {name: tuple(allowed) for name, allowed in self.where.items()}
        object.__setattr__(self, "where", where)
        labels = {name: dict(of_accounts) for name, of_accounts in self.attributes.items()}
        object.__setattr__(self, "attributes", labels)
        planned = {month: dict(of_metrics) for month, of_metrics in self.planned.items()}
        object.__setattr__(self, "planned", planned)
        check_period(self.start, self.end)
        if not self.metrics:
            raise QueryError(_("没有指定指标。"))
        self._known(self.by, _("不能按「%(word)s」分组。%(near)s"))
        self._known(self.where, _("不能按「%(word)s」筛选。%(near)s"))
        for word in self.where:
            self.allowed(word)
        self._check_compare()
        for name in {*self.attributes} & {*WORDS} - {*POST_ATTRIBUTES}:
            raise QueryError(_("「%(name)s」已有别的意思，不能再作账号的属性。") % {"name": name})

    def _check_compare(self) -> None:
        if self.compare and self.compare not in COMPARISONS:
            near = did_you_mean(self.compare, COMPARISONS)
            words = {"word": self.compare, "near": near}
            raise QueryError(_("不能与「%(word)s」比较。%(near)s") % words)
        if self.compare and not {"day", "week", "month"}.isdisjoint(self.where):
            raise QueryError(_("比较两段时间时，不能再按天、周或月筛选。请改开始和结束日期。"))

    def closed_inside(self) -> tuple[Closed, ...]:
        """The closed days the question reaches into."""
        return tuple(
            each for each in self.closed if each.start <= self.end and each.end >= self.start
        )

    def _known(self, words: tuple[str, ...] | Mapping[str, object], message: str) -> None:
        known = {*WORDS, *self.attributes}
        for word in words:
            if word not in known:
                raise QueryError(message % {"word": word, "near": did_you_mean(word, known)})

    def __hash__(self) -> int:
        return hash((self.team, self.metrics, self.start, self.end, self.by))

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def is_short(self) -> bool:
        """Whether stores tell covered days as bits, which is quicker than counting them."""
        return self.days <= SHORT_DAYS

    def allowed(self, word: str) -> tuple[GroupValue, ...]:
        """A filter's values as stores keep them: months and weeks by their first day."""
        of_accounts = word in self.attributes
        return tuple(stored(word, value, of_accounts=of_accounts) for value in self.where[word])


@dataclass(frozen=True)
class AnswerRow:
    """One value."""

    metric: str
    # In the order of the query's ``by``; a month is "2025-05", a week "2025-W20", a weekday 1 to 7,
    # an age a number of days or, of a post nobody knows the day of, "".
    group: tuple[GroupValue, ...]
    value: float | None  # None = unknown
    covered_days: (
        int  # days of the period with facts; of a formula, those of its least covered part
    )
    reason: str = ""  # why the value is unknown, or what to mind when reading it
    # How many accounts are behind it, and how many days the one with the fewest has (0: of works,
    # and of formulas that leave accounts or days out). Told of formulas with several parts, and
    # where the query ``tells_accounts``; else 0.
    accounts: int = 0
    least_days: int = 0
    is_partial: bool = False  # a sum of what is known of its parts; the whole is not known

    @property
    def said(self) -> str:
        """The reason, and which days single accounts lack though others have them."""
        least = least_covered(self.accounts, self.least_days, self.covered_days)
        return "；".join(filter(None, (self.reason, least)))


def least_covered(accounts: int, least_days: int, covered_days: int) -> str:
    """Covered days are those of all accounts together; said when one has fewer."""
    if accounts < 2 or not 0 < least_days < covered_days:
        return ""
    words = {"accounts": accounts, "days": least_days}
    return _("%(accounts)d 个账号里，最少的只有 %(days)d 天") % words


@dataclass(frozen=True)
class Answer:
    """Every asked metric for every group that has any fact (one group when not split)."""

    query: MetricQuery
    rows: tuple[AnswerRow, ...]
    days: int  # in the period
    as_of: date | None  # newest day in the period with a fact behind these numbers
    before: Answer | None = None  # of the period it is compared with, with its own covered days

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
