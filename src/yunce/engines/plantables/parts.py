"""What a task's words say it brings: doings counted, what each brings, products, sums."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Amount:
    """One number said of a doing."""

    words: str
    value: Decimal
    unit: str
    is_percent: bool
    is_each: bool | None  # of every one · of all together · not said
    compared: str = ""  # ≥ or ≤


@dataclass(frozen=True)
class Part:
    """A doing and the numbers said of it; or factors that multiply."""

    words: str
    count: Decimal | None = None
    unit: str = ""  # of the count
    amounts: tuple[Amount, ...] = ()
    factors: tuple[Factor, ...] = ()
    inside: tuple[Part, ...] = ()  # 「20 篇，其中 10 篇…」
    is_total: bool = False  # 「合计 13,000」: a sum of the others, not one of them
    repeats: str = ""  # 周 of 「每周 2 场」 where nobody says how many weeks


@dataclass(frozen=True)
class Factor:
    """One side of ×: a number, an unknown with a name, or a sum in brackets."""

    words: str
    value: Decimal | None = None
    unit: str = ""
    parts: tuple[Part, ...] = ()
