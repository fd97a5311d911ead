"""Where an interval's bar and a slot's cell are drawn: plain geometry over shrunken effects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log, log1p

from yunce.engines.explain import GroupEffect
from yunce.outputs.dashboards.content.wording import interval, share

LEAST, MOST = log(1.25), log(8.0)  # half the width of the scale, in log points
STEPS = 4  # shades a cell may have, each way


@dataclass(frozen=True)
class Interval:
    """Per cent of the width; the usual post stands at 50."""

    low: Decimal
    middle: Decimal
    high: Decimal


@dataclass(frozen=True)
class GroupLine:
    """A group's line: name, posts, effect and its bar."""

    label: str
    count: int
    effect: str
    interval: str
    bar: Interval
    stands_out: bool  # the interval does not contain the usual post


@dataclass(frozen=True)
class Cell:
    """An hour of a weekday. ``shade`` −STEPS … STEPS; None: too few posts to say anything."""

    hour: int
    count: int
    shade: int | None
    words: str  # "+23%", or empty
    label: str  # everything, for whoever hovers or listens

    @property
    def look(self) -> str:
        """The class of its colour: up, down, as usual, too few, or nothing."""
        if self.shade is None:
            return "few" if self.count else ""
        return f"{'u' if self.shade > 0 else 'd'}{abs(self.shade)}" if self.shade else "flat"


def reach(effects: Iterable[GroupEffect]) -> float:
    """How far the widest interval reaches (log points), inside bounds that can be read."""
    ends = [abs(_log(end)) for each in effects for end in (each.lo, each.hi)]
    return min(max([LEAST, *ends]), MOST)


def bar(effect: GroupEffect, *, reach: float) -> Interval:
    low, middle, high = (_place(each, reach) for each in (effect.lo, effect.effect, effect.hi))
    return Interval(low, middle, high)


def stands_out(effect: GroupEffect) -> bool:
    return round(effect.lo * 100) > 0 or round(effect.hi * 100) < 0


def heat(
    effects: Sequence[GroupEffect], counts: Mapping[str, int], *, words: Mapping[str, str]
) -> list[tuple[str, list[Cell]]]:
    """(weekday, its hours): only hours anything was published in on some day.

    A slot with fewer posts than make a group has no shade and no number, only its count.
    """
    told = {each.group: each for each in effects}
    hours = sorted({int(slot.split("-")[1]) for slot in counts})
    width = reach(effects)
    return [
        (
            name,
            [_cell(f"{day}-{hour}", hour, told, counts, width, words) for hour in hours],
        )
        for day, name in enumerate(words["days"].split(), start=1)
    ]


def _cell(
    slot: str,
    hour: int,
    told: Mapping[str, GroupEffect],
    counts: Mapping[str, int],
    width: float,
    words: Mapping[str, str],
) -> Cell:
    count = counts.get(slot, 0)
    effect = told.get(slot)
    if effect is None:
        text = words["few"] % {"count": count} if count else words["none"]
        return Cell(hour, count, None, "", text)
    shade = round(_log(effect.effect) / width * STEPS)
    shown = share(effect.effect)
    said = {"effect": shown, "interval": interval(effect), "count": count}
    return Cell(hour, count, max(-STEPS, min(STEPS, shade)), shown, words["told"] % said)


def _log(value: float) -> float:
    return log1p(max(value, -0.999))


def _place(value: float, reach: float) -> Decimal:
    at = 50 + 50 * _log(value) / reach
    return Decimal(min(max(at, 0.0), 100.0)).quantize(Decimal("0.1"))
