"""Charts before they have a format: a sentence, categories, and what stands on them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from yunce.engines.documents.number_formats import is_number_format


class Mark(StrEnum):
    """How a series is drawn; each differs in shape and shade, never in colour alone."""

    COLUMN = "column"  # filled columns
    PALE = "pale"  # pale columns: what there is to reach or to use
    LINE = "line"  # a solid line with round points
    DASHED = "dashed"  # a thin broken line: a target, a plan
    BAR = "bar"  # filled bars lying down; only with other bars
    PALE_BAR = "pale_bar"


BARS = frozenset({Mark.BAR, Mark.PALE_BAR})
COLUMNS = frozenset({Mark.COLUMN, Mark.PALE})


@dataclass(frozen=True)
class Series:
    """One row of numbers; None leaves a gap, because missing is not zero."""

    name: str
    values: tuple[float | None, ...]
    mark: Mark = Mark.COLUMN
    is_labelled: bool = False  # its numbers stand beside it


@dataclass(frozen=True)
class Chart:
    """One chart. ValueError when a series does not fit the categories or the other series."""

    title: str  # what it says, as a sentence
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    number_format: str = "#,##0"
    summary: str = ""  # for who cannot see it; empty: the title

    def __post_init__(self) -> None:
        if not self.categories or not self.series:
            raise ValueError(f"chart {self.title!r} has nothing to draw")
        for series in self.series:
            if len(series.values) != len(self.categories):
                found, wanted = len(series.values), len(self.categories)
                raise ValueError(f"series {series.name!r} has {found} values, not {wanted}")
        lying = {series.mark in BARS for series in self.series}
        if len(lying) > 1:
            raise ValueError(f"chart {self.title!r} mixes bars with columns or lines")
        if not is_number_format(self.number_format):
            raise ValueError(f"{self.number_format!r} is not a number format known here")

    @property
    def is_lying(self) -> bool:
        return self.series[0].mark in BARS

    @property
    def is_disjoint(self) -> bool:
        """Does every category have one series only? Then it names what it is by itself."""
        columns = zip(*(series.values for series in self.series), strict=True)
        return all(sum(value is not None for value in column) <= 1 for column in columns)

    @property
    def description(self) -> str:
        return self.summary or self.title


@dataclass(frozen=True)
class Charts:
    """One chart over the whole width, or two side by side."""

    charts: tuple[Chart, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.charts) <= 2:
            raise ValueError(f"{len(self.charts)} charts do not fit side by side")
