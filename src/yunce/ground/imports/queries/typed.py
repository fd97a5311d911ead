"""Cells of the typed grids as a program writes and reads them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from yunce.engines.metrics import Metric, StoredRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.models import Post
from yunce.ground.facts.queries import account_metrics, account_values, post_metrics, post_values
from yunce.ground.imports.gridding import (
    GridCell,
    Place,
    Statement,
    Typed,
    grid_metrics,
    seen_mark,
    shown,
)
from yunce.ground.imports.post_gridding import PostCell, PostPlace, post_grid_metrics
from yunce.ground.imports.telling import post_statements, statements
from yunce.kit.months import Month

__all__ = [
    "GridCell",
    "Known",
    "Place",
    "PostCell",
    "PostPlace",
    "Typed",
    "day_cells",
    "grid_metrics",
    "heads_of",
    "month_cells",
    "post_grid_metrics",
    "post_stored",
    "stored",
    "typed",
]


P = TypeVar("P", Place, PostPlace)


@dataclass(frozen=True)
class Known:
    """A number that stands in a cell, and everything that was said of it, oldest first."""

    row: StoredRow
    said: tuple[Statement, ...]


def typed(metric: Metric, value: float | str | None, *, seen: float | None) -> Typed:
    """A number in the base unit, or a text as people write it; None empties the cell."""
    text = value if isinstance(value, str) else shown(metric, value)
    return Typed(text[:40], seen_mark(seen))


def stored(account: Account, places: Collection[Place], month: Month) -> dict[Place, StoredRow]:
    codes = {code for code, _day in places}
    found = account_values(account, codes, start=month.first, end=month.last)
    return {place: row for place, row in found.items() if place in places}


def post_stored(
    account: Account, places: Collection[PostPlace], day: date
) -> dict[PostPlace, StoredRow]:
    found = post_values(account, {code for code, _post in places}, day=day)
    return {place: row for place, row in found.items() if place in places}


def month_cells(account: Account, month: Month, codes: Iterable[str]) -> list[Known]:
    """Numbers that may be typed; without codes of every such metric."""
    known = set(codes) or account_metrics(account, start=month.first, end=month.last)
    wanted = known & grid_metrics().keys()
    found = account_values(account, wanted, start=month.first, end=month.last)
    return _known(found, statements(account, set(found), month))


def day_cells(account: Account, day: date, codes: Iterable[str]) -> list[Known]:
    """The same of the account's posts on one day."""
    known = set(codes) or post_metrics(account, start=day, end=day)
    found = post_values(account, known & post_grid_metrics().keys(), day=day)
    return _known(found, post_statements(account, set(found), day))


def _known(found: Mapping[P, StoredRow], said: Mapping[P, Iterable[Statement]]) -> list[Known]:
    return [Known(row, tuple(said.get(place, ()))) for place, row in found.items()]


def heads_of(account: Account, numbers: Iterable[int]) -> dict[int, int]:
    """Each of these posts that is the account's → the post it is answered as."""
    found = Post.objects.filter(account=account, pk__in=set(numbers))
    return {number: head or number for number, head in found.values_list("pk", "same_as")}
