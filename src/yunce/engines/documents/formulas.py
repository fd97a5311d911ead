"""A cell that a spreadsheet computes from other cells of its row, with the result known now."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from yunce.kit.numbers import MISSING

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Formula:
    """``=ROUND({actual}/{plan},2)``: braces name columns by key, always in the same row.

    The value is what the formula gives: readers that do not calculate show it, and formats
    without formulas (docx) print it. None shows as 「—」.
    """

    text: str
    value: Decimal | float | int | None

    def __post_init__(self) -> None:
        if not self.text.startswith("="):
            raise ValueError(f"a formula starts with =, not {self.text!r}")

    def keys(self) -> frozenset[str]:
        """The columns it reads."""
        return frozenset(_PLACEHOLDER.findall(self.text))

    def placed(self, address: Callable[[str], str]) -> str:
        """With every column key replaced by the address of its cell.

        >>> Formula("={actual}/{plan}", 1.1).placed({"actual": "H5", "plan": "G5"}.__getitem__)
        '=H5/G5'
        """
        return _PLACEHOLDER.sub(lambda found: address(found[1]), self.text)


def achievement(
    value: Decimal | float | None,
    *,
    actual: str = "actual",
    target: str = "target",
    lower_is_better: bool = False,
) -> Formula:
    """达成率: actual ÷ target, turned round when lower is better; 「—」 when either says nothing.

    ``actual`` and ``target`` are column keys, ``value`` the rate already computed.
    """
    above, below = (target, actual) if lower_is_better else (actual, target)
    known = [f"ISNUMBER({{{actual}}})", f"ISNUMBER({{{target}}})", f"N({{{target}}})<>0"]
    if lower_is_better:
        known.append(f"N({{{actual}}})<>0")
    return Formula(f'=IF(AND({",".join(known)}),{{{above}}}/{{{below}}},"{MISSING}")', value)
