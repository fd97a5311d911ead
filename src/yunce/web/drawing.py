"""Geometry of the small server-drawn graphics: bullet, sparkline. Plain numbers, no templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

MUST_AT = Decimal(68)  # per cent of the width where every bullet's 必达 line stands
Number = Decimal | float | int
WIDTH, TOP, BOTTOM = 84, 4, 26  # a sparkline's drawing area in pixels


@dataclass(frozen=True)
class Label:
    """A word above a bullet's line."""

    x: Decimal
    anchor: str  # start, middle or end
    dx: int


@dataclass(frozen=True)
class BulletShape:
    """Positions in per cent of the width; None = not drawn."""

    actual: Decimal | None
    expected: Decimal | None
    must: Decimal | None
    stretch: Decimal | None
    must_label: Label | None
    stretch_label: Label | None
    band: tuple[Decimal, Decimal] | None = None  # from, width: the forecast's 80 %
    middle: Decimal | None = None  # the forecast's median


def bullet_shape(
    *,
    actual: Number | None,
    must: Number,
    stretch: Number | None = None,
    expected: Number | None = None,
    forecast: tuple[Number, Number, Number] | None = None,
) -> BulletShape:
    """Zero-based, scaled so that 必达 stands at the same place in every row."""
    if not must:
        return BulletShape(None, None, None, None, None, None)
    at_stretch = _place(stretch, must)
    left = at_stretch is not None and at_stretch < MUST_AT  # lower is better
    return BulletShape(
        actual=_place(actual, must),
        expected=_place(expected, must),
        must=MUST_AT,
        stretch=at_stretch,
        must_label=Label(MUST_AT, "start", -3) if left else Label(MUST_AT, "end", 3),
        stretch_label=None if at_stretch is None else _stretch_label(at_stretch, left=left),
        band=_band(forecast, must) if forecast else None,
        middle=_place(forecast[1], must) if forecast else None,
    )


def _band(forecast: tuple[Number, Number, Number], must: Number) -> tuple[Decimal, Decimal] | None:
    low, high = _place(forecast[0], must), _place(forecast[2], must)
    if low is None or high is None:
        return None
    return low, max(high - low, Decimal("0.5"))


def _place(value: Number | None, must: Number) -> Decimal | None:
    if value is None:
        return None
    share = Decimal(value) / Decimal(must) * MUST_AT
    return min(max(share, Decimal(0)), Decimal(100)).quantize(Decimal("0.01"))


def _stretch_label(x: Decimal, *, left: bool) -> Label:
    """To the right of its line where there is room, else centred, else to the left."""
    if left:
        return Label(x, "end", 3)
    if x <= 80:
        return Label(x, "start", -3)
    return Label(x, "middle", 0) if x <= 90 else Label(x, "end", 0)


@dataclass(frozen=True)
class SparkShape:
    """Polylines as SVG points; a day without a number breaks the line."""

    lines: tuple[str, ...]
    bridges: tuple[str, ...]  # over days without numbers, drawn as a guess
    dots: tuple[tuple[str, str], ...]  # single days between two gaps
    expected: str  # the dashed line
    last: tuple[str, str] | None


def spark_shape(
    points: Sequence[Number | None], expected: Sequence[Number | None] = ()
) -> SparkShape:
    known = [float(value) for value in (*points, *expected) if value is not None]
    if not known or all(value is None for value in points):
        return SparkShape((), (), (), "", None)
    placed = _placed(points, min(known), max(known))
    runs = _runs(placed)
    dashed = [point for point in _placed(expected, min(known), max(known)) if point]
    return SparkShape(
        lines=tuple(_written(run) for run in runs if len(run) > 1),
        bridges=tuple(_written([a[-1], b[0]]) for a, b in pairwise(runs)),
        dots=tuple(run[0] for run in runs[:-1] if len(run) == 1),
        expected=_written(dashed),
        last=runs[-1][-1],
    )


def _placed(
    points: Sequence[Number | None], low: float, high: float
) -> list[tuple[str, str] | None]:
    step = WIDTH / max(len(points) - 1, 1)
    span = high - low
    return [
        None
        if value is None
        else (f"{index * step:.1f}", f"{_height(float(value), low, span):.1f}")
        for index, value in enumerate(points)
    ]


def _height(value: float, low: float, span: float) -> float:
    return (TOP + BOTTOM) / 2 if not span else BOTTOM - (value - low) / span * (BOTTOM - TOP)


def _runs(placed: Sequence[tuple[str, str] | None]) -> list[list[tuple[str, str]]]:
    runs: list[list[tuple[str, str]]] = [[]]
    for point in placed:
        if point:
            runs[-1].append(point)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _written(run: Sequence[tuple[str, str]]) -> str:
    return " ".join(f"{x},{y}" for x, y in run)
