"""Numbers a program may send: what no table and no reader can hold is refused by name."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

LARGEST = 2**63 - 1  # a row's number in every database
FURTHEST = 10**12  # rows a list is looked at from
MOST = 1e15  # of an amount, either way

Number = Annotated[int, Field(ge=0, le=LARGEST)]
Amount = Annotated[float, Field(ge=-MOST, le=MOST, allow_inf_nan=False)]


def offset_of(asked: int) -> int:
    """
    >>> offset_of(-1), offset_of(20)
    (0, 20)
    """
    return max(0, min(asked, FURTHEST))


def limit_of(asked: int, most: int = 1000) -> int:
    """
    >>> limit_of(0), limit_of(20), limit_of(5000)
    (1, 20, 1000)
    """
    return max(1, min(asked, most))
