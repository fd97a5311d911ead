"""What typed numbers of accounts and of posts have in common: cells, what is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from ninja import Schema, Status

from yunce.engines.metrics import Metric, StoredRow
from yunce.ground.facts.actions import Recorded
from yunce.ground.imports.queries.typed import (
    GridCell,
    Known,
    Place,
    PostCell,
    PostPlace,
    Typed,
    typed,
)
from yunce.outputs.api.ledger import known_value
from yunce.outputs.api.numbers import Amount

AnyPlace = TypeVar("AnyPlace", Place, PostPlace)
MOST = 2000  # cells at once
CONFLICT, INVALID = 409, 422


class CellIn(Schema):
    metric: str
    value: Amount | str | None  # null empties
    seen: Amount | None = None  # what stood there; left out: whatever stands there now

    def seen_or(self, now: StoredRow | None) -> float | None:
        if "seen" in self.model_fields_set:
            return self.seen
        return now.value if now else None


class SaidOut(Schema):
    value: float | None  # null: taken back
    is_typed: bool  # else a file told it
    who: str


class KnownCellOut(Schema):
    metric: str
    post: int | None  # null: the whole account
    day: date
    value: float
    batch: int
    said: list[SaidOut]  # oldest first


class CellOut(Schema):
    metric: str
    post: int | None = None
    day: date
    value: float | None  # null: nothing stands there
    batch: int | None


class WrittenOut(Schema):
    batch: int | None  # undo it to take all of this back; null: nothing was another
    added: int
    changed: int
    values: list[CellOut]  # every cell that was sent, as it stands now


class CellProblemOut(Schema):
    field: str  # metric.day, or metric.post
    message: str
    current: float | None = None  # of a conflict: what stands there now
    wanted: str = ""
    who: str = ""


class TypedRefusedOut(Schema):
    detail: str
    errors: list[CellProblemOut]


def wanted_cells(
    metrics: Mapping[str, Metric],
    places: Mapping[AnyPlace, CellIn],
    now: Mapping[AnyPlace, StoredRow],
) -> dict[AnyPlace, Typed]:
    """What was sent, as it would be typed into the page."""
    return {
        place: typed(metrics[each.metric], each.value, seen=each.seen_or(now.get(place)))
        for place, each in places.items()
    }


def refuse_too_many(cells: Sequence[CellIn]) -> None:
    if len(cells) > MOST:
        words = {"most": MOST, "count": len(cells)}
        sentence = _("一次最多填 %(most)s 个数，这里有 %(count)s 个。") % words
        raise ValidationError({"values": sentence})


def cell_problems(cells: Iterable[GridCell | PostCell]) -> Status[dict[str, Any]]:
    """409 when somebody else was faster anywhere, else 422. Nothing was written."""
    wrong = list(cells)
    errors = [_problem(cell) for cell in wrong]
    detail = "".join(error["message"] for error in errors)
    status = CONFLICT if any(cell.theirs for cell in wrong) else INVALID
    return Status(status, {"detail": detail, "errors": errors})


def _problem(cell: GridCell | PostCell) -> dict[str, Any]:
    words = {"cell": cell.label, "why": cell.error, "who": cell.who or _("别人")}
    if not cell.theirs:
        return {"field": cell.name, "message": _("%(cell)s：%(why)s") % words}
    words |= {"theirs": cell.theirs, "mine": cell.mine}
    sentence = _("%(cell)s：%(who)s 改成了「%(theirs)s」，这里要写「%(mine)s」，没有写入。")
    return {
        "field": cell.name,
        "message": sentence % words,
        "current": float(cell.seen) if cell.seen else None,
        "wanted": cell.text,
        "who": cell.who,
    }


def known_cell(known: Known) -> dict[str, Any]:
    row = known.row
    return {
        "metric": row.metric,
        "post": row.post or None,
        "day": row.day,
        "value": row.value,
        "batch": row.batch,
        "said": [
            {"value": known_value(each.value), "is_typed": each.is_typed, "who": each.who}
            for each in known.said
        ],
    }


def written(recorded: Recorded | None, values: list[dict[str, Any]]) -> dict[str, Any]:
    batch = recorded.batch if recorded else None
    return {
        "batch": batch.pk if batch else None,
        "added": batch.added if batch else 0,
        "changed": batch.updated if batch else 0,
        "values": values,
    }


def value_of(row: StoredRow | None) -> dict[str, Any]:
    return {"value": row.value if row else None, "batch": row.batch if row else None}
