"""Tables of unknown layout: what each column is for, decided by a person, kept as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from yunce.engines.platforms._base import Scale

MappedRole = Literal[
    "date", "metric", "title", "published", "form", "id", "url", "segment", "ignore"
]


@dataclass(frozen=True)
class ColumnUse:
    """What one column of a table is for."""

    index: int  # 0-based position in the table's rows
    role: MappedRole
    metric: str = ""  # metric code, when the role is metric
    scale: Scale = "number"  # how the column writes its values
    header: str = ""  # the column's header when the mapping was made
    segment: str = ""  # what a segment column tells apart; empty = its header says


@dataclass(frozen=True)
class ColumnMapping:
    """How to read a table: where its header is and what its columns are for."""

    header_row: int  # 1-based; the data starts below it
    columns: tuple[ColumnUse, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain lists, texts and numbers, for a JSON field."""
        return {"header_row": self.header_row, "columns": [asdict(use) for use in self.columns]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ColumnMapping:
        """ValueError when the data is not a column mapping."""
        try:
            columns = tuple(_use_from_json(item) for item in data["columns"])
            mapping = cls(header_row=int(data["header_row"]), columns=columns)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not a column mapping: {error!r}") from error
        if mapping.header_row < 1:
            raise ValueError(f"header_row is {mapping.header_row}, but rows count from 1")
        return mapping


def _use_from_json(item: Mapping[str, Any]) -> ColumnUse:
    use = ColumnUse(
        index=int(item["index"]),
        role=item["role"],
        metric=str(item.get("metric", "")),
        scale=item.get("scale", "number"),
        header=str(item.get("header", "")),
        segment=str(item.get("segment", "")),
    )
    if use.index < 0 or use.role not in get_args(MappedRole) or use.scale not in get_args(Scale):
        raise ValueError(f"not a column use: {dict(item)!r}")
    if (use.role == "metric") != bool(use.metric):
        raise ValueError(f"column {use.index}: a metric column names its metric, others none")
    return use
