"""The strip of past months beside a goal's form: twelve bars and where must stands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from yunce.engines.metrics import Metric
from yunce.kit.months import Month
from yunce.kit.numbers import Unit, format_value
from yunce.loop.goals.rules import reaches
from yunce.loop.goals.rules.history import History

TALLEST = 94  # of 100, of the strip's bars


@dataclass(frozen=True)
class Bar:
    """A past month in the strip, drawn in a box of 120 × 100."""

    month: Month
    x: int
    y: int
    height: int  # 0: nothing, or no numbers
    shown: str
    look: str  # running, hit or plain


def bars_of(
    told: History, must: Decimal | None, metric: Metric
) -> tuple[tuple[Bar, ...], int | None]:
    """(the twelve months, where must's line stands)"""
    values = [each.value for each in told.months if each.value is not None]
    top = max([*values, must or Decimal(0)], default=Decimal(0))
    if not values or top <= 0:
        return (), None
    bars: list[Bar] = []
    for at, each in enumerate(told.months):
        height = max(0, int((each.value or 0) * TALLEST / top))
        is_hit = must is not None and _reached(told, each.value, must)
        look = "run" if each.is_running else "hit" if is_hit else "plain"
        shown = shown_target(each.value, metric)
        bars.append(Bar(each.month, 10 * at + 1, 100 - height, height, shown, look))
    return tuple(bars), None if must is None else 100 - int(must * TALLEST / top)


def _reached(told: History, value: Decimal | None, must: Decimal) -> bool:
    return value is not None and reaches(value, must, told.direction)


def shown_target(value: Decimal | None, metric: Metric) -> str:
    """As far as people read: whole things whole, 8.25 %."""
    whole = metric.unit in (Unit.COUNT, Unit.YUAN)
    return format_value(value, metric.unit, digits=0 if whole else 2)
