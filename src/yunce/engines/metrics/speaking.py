"""What differs between the stores' SQL: a dialect is filled-in templates, read by the compiler."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

SQL_TYPES = {int: "BIGINT", str: "VARCHAR", date: "DATE"}
_NAME = re.compile(r"(?<![:\w]):(\w+)")


@dataclass(frozen=True)
class Dialect:
    """How one kind of store says what the others say differently."""

    name: str  # SQLGlot's word for it
    total: str  # its most exact way to add floating-point {value}s
    last: str  # the {value} of the row with the highest {order}
    month: str  # the first day of the month of {day}
    week: str  # the Monday of {day}
    weekday: str  # 1 (Monday) to 7
    age: str  # whole days from the text {published} to {day}, as text
    seen: str  # which days of a short period all {day}s are, one bit a day from its :start
    gathered: str  # several such {seen} as one
    mark: str  # a whole number below 2⁴⁰ that stands for the values of {names}
    whole: str = ""  # how very many facts are added, if quicker and as exact as ``total``:
    rest: str = ""  # two sums, which may be added again,
    both: str = ""  # and the number that {value} (the whole parts) and {rest} are together
    codes: str = "{column} IN ({listed})"  # {column} is one of several {listed}
    coded: str = ""  # {column}, one of the {listed}, as a small number that may be grouped by;
    date: str = ""  # the date of a {day} in its month, as such another;
    dates: str = ""  # ``seen`` of such {date}s
    many: str = "SELECT UNNEST(CAST(:{name} AS {type}[]))"  # the values of a list
    said: str = ""  # all of one group's {day}s, and how many different ones several such hold:
    different: str = ""  # lets levels be read in one pass; without them it takes a second one
    pairs: str = (  # two lists as a table
        "SELECT UNNEST(CAST(:{left} AS BIGINT[])) AS account, "
        "UNNEST(CAST(:{right} AS VARCHAR[])) AS label"
    )
    is_there: str = "{value} <> CAST('NaN' AS DOUBLE)"  # not TAKEN
    differ: str = "MIN({value}) <> MAX({value})"  # a group's values, TAKEN being one of its own
    log: str = "fact_log"  # every row that counts
    newest: str = "batch"  # of several rows of one key the highest of these counts
    keeps_current: bool = True  # ``facts`` is a table, not worked out from the log when read


@dataclass(frozen=True)
class Many:
    """A list of values of one type (an empty one has a type too)."""

    of: type
    items: tuple[object, ...]


def latest(dialect: Dialect, value: str, order: str) -> str:
    return dialect.last.format(value=value, order=order)


def named(sql: str, write: Callable[[str], str]) -> str:
    """The statement with every ``:name`` written as the store's client wants it."""
    return _NAME.sub(lambda found: write(found[1]), sql)


def plain(values: Mapping[str, object]) -> dict[str, object]:
    """Lists as lists, for clients that need no type."""
    return {
        name: list(value.items) if isinstance(value, Many) else value
        for name, value in values.items()
    }
