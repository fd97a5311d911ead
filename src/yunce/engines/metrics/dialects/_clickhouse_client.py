"""Speaking with ClickHouse through a clickhouse-connect client."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from yunce.engines.metrics.dialects import library
from yunce.engines.metrics.errors import StoreError
from yunce.engines.metrics.reading import SqlStore
from yunce.engines.metrics.speaking import Many, named, plain
from yunce.kit.wording import gettext as _

_TYPES = {int: "Int64", str: "String", date: "Date32"}


class SpeakingStore(SqlStore):
    """Statements with typed values, and whole columns going in."""

    def __init__(self, client: Any) -> None:
        self._client = client
        errors = library("clickhouse_connect.driver.exceptions", "clickhouse")
        self._refused = (errors.Error, UnicodeDecodeError)  # the latter: no answer of ClickHouse's

    def _fetch(self, sql: str, **values: object) -> Sequence[Sequence[Any]]:
        with self._explained():
            found = self._client.query(_typed(sql, values), parameters=plain(values))
            rows: Sequence[Sequence[Any]] = found.result_rows  # only now read to its end
        return rows

    def _command(self, sql: str, **values: object) -> None:
        with self._explained():
            self._client.command(_typed(sql, values), parameters=plain(values))

    def _insert(self, table: str, rows: Sequence[Sequence[object]], columns: list[str]) -> None:
        if not rows:
            return
        by_column = list(zip(*rows, strict=True))  # several times as fast as row by row
        with self._explained():
            self._client.insert(table, by_column, column_names=columns, column_oriented=True)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except self._refused as error:
            raise StoreError(_("ClickHouse 事实库出错：%(why)s") % {"why": error}) from error


def _typed(sql: str, values: Mapping[str, object]) -> str:
    return named(sql, lambda name: f"{{{name}:{_type(values[name])}}}")


def _type(value: object) -> str:
    if isinstance(value, Many):
        return f"Array({_TYPES[value.of]})"
    return _TYPES[type(value)]
