"""The typed-in grid: days × metrics of one account and month.

Empty means unknown, never zero. Emptying a cell takes back what was typed there: by a batch of its
own, so that it leaves a trace and can be undone. What a file told before comes back; a number only
files told goes by undoing their batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import isnan

from django.utils.translation import gettext as _

from yunce.engines.metrics import FactRow, Grain, Metric, StoredRow
from yunce.ground.channels.models import Account
from yunce.ground.imports.rules import stored_metrics
from yunce.kit.months import Month
from yunce.kit.numbers import Unit, format_value, parse_value

DEFAULT_METRICS = ("new_followers", "reads", "likes", "comments", "shares")
MAX_METRICS = 12
Place = tuple[str, date]  # metric code and day


@dataclass(frozen=True)
class Typed:
    """What came back in one cell."""

    text: str
    seen: str  # the value that stood there when the page was made; empty = none


@dataclass(frozen=True)
class GridCell:
    """One input."""

    metric: Metric
    day: date
    text: str
    seen: str
    error: str = ""
    theirs: str = ""  # what somebody else made of it meanwhile, as shown
    who: str = ""  # and who and when
    told: str = ""  # where the number that stands here comes from, and what was there before

    @property
    def name(self) -> str:
        return cell_name(self.metric.code, self.day)

    @property
    def label(self) -> str:
        return _("%(day)s %(metric)s") % {
            "day": f"{self.day.month}/{self.day.day}",
            "metric": self.metric.name,
        }

    @property
    def their_text(self) -> str:
        """What the other person left, as this input would show it."""
        return self.theirs if self.seen else ""

    @property
    def mine(self) -> str:
        """What was typed, in a sentence."""
        return self.text or _("清空")

    @property
    def is_wrong(self) -> bool:
        return bool(self.error or self.theirs)


@dataclass(frozen=True)
class GridRow:
    day: date
    is_future: bool
    cells: tuple[GridCell, ...]


def cell_name(metric: str, day: date) -> str:
    return f"{metric}.{day.isoformat()}"


def grid_metrics() -> dict[str, Metric]:
    """What may be typed: numbers of the whole account."""
    return {c: metric for c, metric in stored_metrics().items() if metric.grain is not Grain.POST}


def chosen_metrics(asked: Iterable[str], known: Iterable[str]) -> list[Metric]:
    """Those asked for; else those the account has; else what every account has."""
    metrics = grid_metrics()
    wanted = [code for code in dict.fromkeys(asked) if code in metrics]
    has = set(known)
    codes = wanted or [code for code in metrics if code in has] or list(DEFAULT_METRICS)
    return [metrics[code] for code in codes[:MAX_METRICS]]


def shown(metric: Metric, value: float | None) -> str:
    """A value as its input shows it: nothing is lost by saving it unchanged."""
    if value is None:
        return ""
    digits = {Unit.PERCENT: 6}.get(metric.unit, 8)
    text = format_value(value, metric.unit, digits=digits)
    return text.removeprefix("¥").removesuffix("秒").strip()


def seen_mark(value: float | None) -> str:
    return "" if value is None else repr(float(value))


@dataclass(frozen=True)
class Statement:
    """One thing that was said of a cell."""

    value: float  # not a number: taken back
    is_typed: bool
    who: str  # "王文案 5/3 14:20", or a file's name


def value_beneath(said: Iterable[Statement]) -> float | None:
    """What stands in a cell once everything typed into it is taken back; None: nothing."""
    files = [each.value for each in said if not each.is_typed]
    return files[-1] if files else None


def may_be_cleared(said: Iterable[Statement]) -> bool:
    """What stands there now was typed."""
    last = list(said)[-1:]
    return bool(last) and last[0].is_typed and not isnan(last[0].value)


def told(metric: Metric, said: Iterable[Statement]) -> str:
    """120（a.csv）→ 130（王文案 5/3 14:20）"""
    words = _("%(value)s（%(who)s）")
    values = ((shown(metric, _known(each.value)) or _("清空"), each.who) for each in said)
    return " → ".join(words % {"value": value, "who": who} for value, who in values)


def _known(value: float) -> float | None:
    return None if isnan(value) else value


def grid_rows(
    metrics: Iterable[Metric],
    month: Month,
    stored: Mapping[Place, StoredRow],
    today: date,
    said: Mapping[Place, Iterable[Statement]] | None = None,
) -> list[GridRow]:
    columns = list(metrics)
    return [
        GridRow(
            day=day,
            is_future=day > today,
            cells=tuple(
                replace(
                    _cell(metric, day, stored.get((metric.code, day))),
                    told=told(metric, (said or {}).get((metric.code, day), ())),
                )
                for metric in columns
            ),
        )
        for day in month.days()
    ]


def _cell(metric: Metric, day: date, row: StoredRow | None) -> GridCell:
    value = row.value if row else None
    return GridCell(metric, day, text=shown(metric, value), seen=seen_mark(value))


def with_typed(
    rows: Iterable[GridRow], typed: Mapping[Place, Typed], wrong: Mapping[Place, GridCell]
) -> list[GridRow]:
    """The grid again, holding what was typed and what is wrong with it."""
    return [
        replace(row, cells=tuple(_retyped(cell, typed, wrong) for cell in row.cells))
        for row in rows
    ]


def _retyped(
    cell: GridCell, typed: Mapping[Place, Typed], wrong: Mapping[Place, GridCell]
) -> GridCell:
    place = (cell.metric.code, cell.day)
    if place in wrong:
        return wrong[place]
    if place in typed and is_changed(cell.metric, typed[place]):
        return replace(cell, text=typed[place].text)
    return cell


def is_changed(metric: Metric, typed: Typed) -> bool:
    return typed.text.strip() != shown(metric, float(typed.seen) if typed.seen else None)


def read_cell(metric: Metric, typed: Typed, *, is_future: bool) -> float:
    """The typed value; ValueError with a sentence."""
    text = typed.text.strip()
    if is_future:
        raise ValueError(_("这一天还没有到，不能填数。"))
    value = _parsed(metric, text)
    if metric.unit is Unit.COUNT and value != int(value):
        raise ValueError(_("「%(text)s」不是整数。") % {"text": text})
    if value < 0 and not metric.code.startswith("net_"):
        raise ValueError(_("这个数不会小于 0。"))
    if abs(value) > 1e15:
        raise ValueError(_("「%(text)s」太大了，请核对。") % {"text": text})
    return value


def _parsed(metric: Metric, text: str) -> float:
    try:
        return float(parse_value(text, metric.unit))
    except ValueError as error:
        example = "12%" if metric.unit is Unit.PERCENT else _("12000、12,000 或 1.2万")
        sentence = _("看不懂「%(text)s」，请写成 %(example)s。")
        raise ValueError(sentence % {"text": text, "example": example}) from error


def fact_row(account: Account, metric: Metric, day: date, value: float) -> FactRow:
    return FactRow(account.team_id, account.pk, 0, metric.code, day, "", value)
