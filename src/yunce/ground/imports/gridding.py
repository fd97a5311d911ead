"""The typed-in grid: days × metrics of one account and month.

Empty means unknown, never zero. A number is not taken away by emptying its cell: it came in with
a batch, and goes by undoing that batch, so that nothing disappears without a trace.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

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


def grid_rows(
    metrics: Iterable[Metric], month: Month, stored: Mapping[Place, StoredRow], today: date
) -> list[GridRow]:
    columns = list(metrics)
    return [
        GridRow(
            day=day,
            is_future=day > today,
            cells=tuple(_cell(metric, day, stored.get((metric.code, day))) for metric in columns),
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
    if not text:
        raise ValueError(
            _("已有的数不能在这里清空。要去掉它，请到「数据导入」撤销写入它的那一批。")
        )
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
