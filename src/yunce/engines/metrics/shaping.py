"""A question taken apart: what shapes its statement, and the values that travel beside it."""

from __future__ import annotations

from typing import NamedTuple

from yunce.engines.metrics.closing import closed_values
from yunce.engines.metrics.query import MetricQuery, kind_of
from yunce.engines.metrics.speaking import Many
from yunce.kit.months import Month


class Shape(NamedTuple):
    """All of a question that changes its statement."""

    metrics: tuple[str, ...]
    by: tuple[str, ...]
    where: tuple[str, ...]
    labels: tuple[str, ...]  # the attributes of accounts it uses
    is_as_of: bool
    is_short: bool
    is_in_a_month: bool
    merges: bool
    closed: int  # stretches of days read as of a batch of their own
    tells: bool  # who is behind every number


def values_of(query: MetricQuery) -> dict[str, object]:
    """What the statement's ``:names`` stand for in this question."""
    values: dict[str, object] = {"team": query.team, "start": query.start, "end": query.end}
    if query.as_of_batch is not None:
        values["as_of"] = query.as_of_batch
    else:
        values |= closed_values(query.closed_inside())
    for n, word in enumerate(query.where):
        values[f"where_{n}"] = Many(kind_of(word), query.allowed(word))
    for n, name in enumerate(_used_labels(query)):
        labels = query.attributes[name]
        values[f"accounts_{n}"] = Many(int, tuple(labels))
        values[f"labels_{n}"] = Many(str, tuple(labels.values()))
    return values


def shape_of(query: MetricQuery) -> Shape:
    labels = tuple(_used_labels(query))
    is_as_of = query.as_of_batch is not None
    where = tuple(query.where)
    closed = 0 if is_as_of else len(query.closed_inside())
    return Shape(
        query.metrics,
        query.by,
        where,
        labels,
        is_as_of,
        query.is_short,
        Month.of(query.start) == Month.of(query.end),
        query.merges,
        closed,
        query.tells_accounts,
    )


def _used_labels(query: MetricQuery) -> list[str]:
    return [name for name in query.attributes if name in query.by or name in query.where]
