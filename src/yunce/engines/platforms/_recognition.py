"""Which export a table is, how sure we are, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Recognition:
    """One table taken for one export."""

    platform: str  # platform key
    export: str  # export key
    sheet: str  # the table's sheet
    header_row: int  # 1-based
    confidence: float  # 0-1; 1 = the headers leave no doubt
    reason: str  # zh: what this rests on, for the person who confirms it
