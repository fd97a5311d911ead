"""Marketing days and festivals, as marks.yaml lists them, found in any span of days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from yunce.engines.calendars.moon import FIRST_YEAR, LAST_YEAR, day_of_lunar, day_of_term
from yunce.kit.wording import gettext as _

FILE = Path(__file__).with_name("marks.yaml")
ANCHORS = ("date", "weekday", "lunar", "term")
WORDS = {"kind", "to", "before", "after", *ANCHORS}
WEEK = 7


class MarkKind(StrEnum):
    """Why a day matters."""

    PROMOTION = "promotion"  # 大促
    FESTIVAL = "festival"  # 节日
    OCCASION = "occasion"  # 营销日
    TEAM = "team"  # the team's own


@dataclass(frozen=True, order=True)
class Mark:
    """A day or season with a name. Both days belong to it."""

    first: date
    last: date
    name: str
    kind: MarkKind

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


class MarkError(ValueError):
    """An entry of the list cannot be understood; the message names it."""


def marks_between(start: date, end: date) -> list[Mark]:
    """Marks with a day in the span, the earliest first."""
    years = range(max(FIRST_YEAR, start.year - 1), min(LAST_YEAR, end.year + 1) + 1)
    found = (mark for year in years for mark in _of_year(year))
    return sorted({mark for mark in found if mark.first <= end and mark.last >= start})


@cache
def _of_year(year: int) -> tuple[Mark, ...]:
    return tuple(mark for name, rule in _rules().items() if (mark := place(name, rule, year)))


@cache
def _rules() -> Mapping[str, Mapping[str, Any]]:
    return dict(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def place(name: str, rule: Mapping[str, Any], year: int) -> Mark | None:
    """Where an entry falls in a year; None where that year has no such day. MarkError says why."""
    anchors = [word for word in ANCHORS if word in rule]
    if len(anchors) != 1 or not set(rule) <= WORDS:
        raise MarkError(_("「{name}」要有且只有一种日期写法").format(name=name))
    try:
        first = _anchor(rule, year)
        if first is None:
            return None
        last = _in_year(str(rule["to"]), year) if "to" in rule else first
        last = last + timedelta(days=rule.get("after", 0))
        first = first - timedelta(days=rule.get("before", 0))
        kind = MarkKind(rule["kind"])
    except (KeyError, TypeError, ValueError) as error:
        raise MarkError(_("「{name}」写得不对：{why}").format(name=name, why=error)) from error
    if last < first:
        raise MarkError(_("「{name}」的结束早于开始").format(name=name))
    return Mark(first, last, name, kind)


def _anchor(rule: Mapping[str, Any], year: int) -> date | None:
    if "date" in rule:
        return _in_year(rule["date"], year)
    if "term" in rule:
        return day_of_term(year, rule["term"])
    if "lunar" in rule:
        month, day = (int(part) for part in rule["lunar"].split("-"))
        return day_of_lunar(year, month, day)
    return _nth_weekday(year, **rule["weekday"])


def _in_year(written: str, year: int) -> date:
    return date.fromisoformat(f"{year}-{written}")


def _nth_weekday(year: int, *, month: int, day: int, nth: int) -> date:
    """The nth Monday (1) … Sunday (7) of a month; nth = -1 is the last."""
    if nth < 0:
        after = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return after - timedelta(days=(after.isoweekday() - day) % WEEK)
    first = date(year, month, 1)
    return first + timedelta(days=(day - first.isoweekday()) % WEEK + WEEK * (nth - 1))
