"""The calendar month, the beat every part of the product keeps."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from yunce.kit.days import YEARS

_WRITTEN = re.compile(r"(\d{4})-(\d{1,2})")


@dataclass(frozen=True, order=True)
class Month:
    """One calendar month; ordered, hashable, written ``2025-05``."""

    year: int
    number: int  # 1-12

    def __post_init__(self) -> None:
        if not (1 <= self.number <= 12 and 1 <= self.year <= 9999):
            raise ValueError(f"{self.year}-{self.number} is not a month")

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read ``2025-05`` (or ``2025-5``); ValueError for anything else, and for strange years."""
        written = _WRITTEN.fullmatch(text.strip())
        if written is None or int(written[1]) not in YEARS:
            raise ValueError(f"{text!r} is not a month; write it as 2025-05")
        return cls(int(written[1]), int(written[2]))

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.number, self.day_count)

    @property
    def day_count(self) -> int:
        return monthrange(self.year, self.number)[1]

    def days(self) -> Iterator[date]:
        return (self.first + timedelta(days=n) for n in range(self.day_count))

    def shift(self, months: int) -> Month:
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    @property
    def next(self) -> Month:
        return self.shift(1)

    @property
    def previous(self) -> Month:
        return self.shift(-1)

    def __contains__(self, day: date) -> bool:
        return Month.of(day) == self

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"
