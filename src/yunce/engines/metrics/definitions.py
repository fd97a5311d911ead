"""What a metric is: its names, its kind (how it may be added up), unit and plain-words meaning."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from yunce.kit.numbers import Unit


class Kind(StrEnum):
    """How values combine over days and accounts (see docs/metrics.md)."""

    FLOW = "flow"  # happens over time: sum over days, sum over accounts
    STOCK = "stock"  # a level: last known in the period, sum of the accounts' lasts
    DISTINCT = "distinct"  # different people: only as reported, never added
    RATIO = "ratio"  # Σ numerator ÷ Σ denominator
    MEAN = "mean"  # a reported average: weighted by its declared base
    SNAPSHOT = "snapshot"  # cumulative for one post: last known, sum over posts


AMOUNTS = frozenset({Kind.FLOW, Kind.STOCK, Kind.DISTINCT, Kind.SNAPSHOT})  # the others are rates


class Dimension(StrEnum):
    """The four goal dimensions."""

    CONTENT = "content"
    USER = "user"
    INTERACTION = "interaction"
    CONVERSION = "conversion"


class Direction(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"


class Grain(StrEnum):
    """Which facts state the metric."""

    ACCOUNT = "account"  # only facts of the whole account (post 0)
    POST = "post"  # only facts of single posts
    ANY = "any"  # either; for one account and day the account's own fact wins over its posts'


@dataclass(frozen=True)
class Version:
    """How a metric was counted before its meaning changed."""

    version: int
    effective: date  # from this day on, until the next version's
    formula: str | None  # None = stored as facts
    meaning: str
    why: str  # it was changed into the next version


@dataclass(frozen=True)
class Metric:
    """One named number and exactly how it is counted."""

    code: str  # the word in formulas, files and queries
    name: str  # as shown, Chinese
    name_en: str  # as shown, English
    dimension: Dimension
    kind: Kind
    unit: Unit
    direction: Direction  # which way is better
    grain: Grain
    formula: str | None  # over other codes; None = stored as facts
    meaning: str  # 口径 in plain words
    source: str  # where the number comes from
    measure_word: str  # 篇, 人, 次 … or ""
    version: int  # grows when the meaning changes
    effective: date  # from this day on
    weight: str | None = None  # the base of a stored mean: Σ value × weight ÷ Σ weight
    per_account: bool = False  # an index of one account: several have none together
    is_daily: bool = False  # people of one post on one day; without it, since it was published
    is_booked: bool = False  # told when there is any: where nothing is booked there was none
    history: tuple[Version, ...] = ()  # earlier versions, oldest first

    @property
    def is_expected_daily(self) -> bool:
        """A day without a number is a gap; works and bookings come on some days only."""
        return self.grain is not Grain.ANY and not self.is_booked

    @property
    def is_stored(self) -> bool:
        """Facts carry this metric (no formula computes it)."""
        return self.formula is None

    def on(self, day: date) -> Metric:
        """As it was counted on a day; before its first version by that first one."""
        if day >= self.effective or not self.history:
            return self
        past = [each for each in self.history if each.effective <= day]
        return self._as((past or self.history[:1])[-1])

    def at(self, version: int) -> Metric | None:
        """As a version counts it; None when that version is not known."""
        if version == self.version:
            return self
        return next((self._as(each) for each in self.history if each.version == version), None)

    def _as(self, past: Version) -> Metric:
        return replace(
            self,
            version=past.version,
            effective=past.effective,
            formula=past.formula,
            meaning=past.meaning,
            history=tuple(each for each in self.history if each.version < past.version),
        )


def is_last(metric: Metric) -> bool:
    """Of a period the last known value of each account or post counts."""
    people = metric.kind is Kind.DISTINCT and not metric.is_daily
    people_of_posts = people and metric.grain is Grain.POST
    return metric.kind in (Kind.STOCK, Kind.SNAPSHOT) or people_of_posts


def codes_by_grain(metrics: Iterable[Metric]) -> dict[Grain, list[str]]:
    found: dict[Grain, list[str]] = {}
    for metric in metrics:
        found.setdefault(metric.grain, []).append(metric.code)
    return found
