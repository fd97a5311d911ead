"""Columns of plain numbers as a Parquet file, written without a library: DuckDB's quickest food.

One uncompressed page a column and row group, no missing values. Only what that takes of the format
(https://parquet.apache.org/docs/file-format/) and of Thrift's compact protocol is here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, NamedTuple

from numpy.typing import NDArray

ROWS = 122_880  # in a row group, as in DuckDB's own tables
_MAGIC = b"PAR1"
_I32, _I64, _TEXT, _LIST, _STRUCT = 5, 6, 8, 9, 12  # Thrift's words for types
_TYPES = {"<i4": 1, "<i8": 2, "<f8": 5}  # NumPy's type → Parquet's INT32, INT64, DOUBLE
_REQUIRED, _PLAIN, _RLE, _UNCOMPRESSED, _DATE = 0, 0, 3, 0, 6
_DATA_PAGE = 0
Listed = tuple[int, list[bytes]]  # the items' type and the items
Field = tuple[int, int, int | str | bytes | Listed]  # its number, its type, its value


class Column(NamedTuple):
    """Equally many values in every column of a file."""

    name: str
    values: NDArray[Any]  # of _TYPES
    is_date: bool = False  # whole days since 1970-01-01


def write_parquet(file: BinaryIO, columns: Sequence[Column]) -> None:
    rows = len(columns[0].values)
    file.write(_MAGIC)
    groups = [_row_group(file, columns, first) for first in range(0, rows, ROWS)]
    schema = [_struct([(4, _TEXT, "facts"), (5, _I32, len(columns))]), *map(_element, columns)]
    footer = _struct(
        [
            (1, _I32, 1),
            (2, _LIST, (_STRUCT, schema)),
            (3, _I64, rows),
            (4, _LIST, (_STRUCT, groups)),
        ]
    )
    file.write(footer + len(footer).to_bytes(4, "little") + _MAGIC)


def _element(column: Column) -> bytes:
    fields: list[Field] = [
        (1, _I32, _TYPES[column.values.dtype.newbyteorder("<").str]),
        (3, _I32, _REQUIRED),
        (4, _TEXT, column.name),
    ]
    return _struct([*fields, (6, _I32, _DATE)] if column.is_date else fields)


def _row_group(file: BinaryIO, columns: Sequence[Column], first: int) -> bytes:
    began = file.tell()
    chunks = [_chunk(file, column, column.values[first : first + ROWS]) for column in columns]
    rows = len(columns[0].values[first : first + ROWS])
    size = file.tell() - began
    return _struct([(1, _LIST, (_STRUCT, chunks)), (2, _I64, size), (3, _I64, rows)])


def _chunk(file: BinaryIO, column: Column, values: NDArray[Any]) -> bytes:
    offset = file.tell()
    content = values.astype(values.dtype.newbyteorder("<"), copy=False).tobytes()
    told = _struct([(1, _I32, len(values)), (2, _I32, _PLAIN), (3, _I32, _RLE), (4, _I32, _RLE)])
    page: list[Field] = [(1, _I32, _DATA_PAGE), (2, _I32, len(content)), (3, _I32, len(content))]
    file.write(_struct([*page, (5, _STRUCT, told)]))
    file.write(content)
    size = file.tell() - offset
    described: list[Field] = [
        (1, _I32, _TYPES[column.values.dtype.newbyteorder("<").str]),
        (2, _LIST, (_I32, [_number(_PLAIN)])),
        (3, _LIST, (_TEXT, [_text(column.name)])),
        (4, _I32, _UNCOMPRESSED),
        (5, _I64, len(values)),
        (6, _I64, size),
        (7, _I64, size),
        (9, _I64, offset),
    ]
    return _struct([(2, _I64, offset), (3, _STRUCT, _struct(described))])


# Thrift's compact protocol


def _struct(fields: Sequence[Field]) -> bytes:
    """Fields in the order of their numbers, each told by the step from the one before."""
    return b"".join(_fields(fields)) + b"\0"


def _fields(fields: Sequence[Field]) -> Iterator[bytes]:
    before = 0
    for number, kind, value in fields:
        yield bytes([(number - before) << 4 | kind])
        yield _value(value)
        before = number


def _value(value: int | str | bytes | Listed) -> bytes:
    match value:
        case int():
            return _number(value)
        case str():
            return _text(value)
        case bytes():
            return value
        case (of, items):
            return _listed(of, items)


def _listed(of: int, items: Sequence[bytes]) -> bytes:
    if len(items) < 15:
        return bytes([len(items) << 4 | of]) + b"".join(items)
    return bytes([0xF0 | of]) + _unsigned(len(items)) + b"".join(items)


def _text(text: str) -> bytes:
    return _unsigned(len(text.encode())) + text.encode()


def _number(value: int) -> bytes:
    """Zigzag; none of ours is below 0."""
    return _unsigned(value << 1)


def _unsigned(value: int) -> bytes:
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*written, value])
