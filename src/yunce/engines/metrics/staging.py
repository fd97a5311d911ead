"""Rows on their way into a store: checked, and written as lines of plain numbers.

Words go by their place in a list: several times as fast as parameters, and no text needs quoting.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from math import isfinite

from yunce.engines.metrics.errors import BadFactError
from yunce.engines.metrics.parquet import Column
from yunce.engines.metrics.query import POST_ATTRIBUTES, PUBLISHED
from yunce.engines.metrics.stores import FactRow
from yunce.kit.wording import gettext as _

_EPOCH = date(1970, 1, 1).toordinal()
_AT_ONCE = 128  # rows, which then stay in the processor while their columns are taken


def lines(
    rows: Sequence[FactRow], words: dict[str, int], numbers: Iterable[int] | None = None
) -> Iterator[str]:
    """``n,team,account,post,metric,day,segment,value``; fills ``words`` with each word's number.

    ``n`` counts from 0 unless ``numbers`` are given.
    """
    days: dict[date, str] = {}
    for n, (row, number) in enumerate(zip(rows, numbers or count(), strict=False)):
        team, account, post, metric, day, segment, value = row
        if not metric or not isfinite(value):
            raise bad_row(n, row)
        m = words.setdefault(metric, len(words))
        s = words.setdefault(segment, len(words))
        written = days.get(day) or days.setdefault(day, day.isoformat())
        yield f"{number},{team},{account},{post},{m},{written},{s},{float(value)!r}\n"
    if any("\0" in word for word in words):
        check(rows)


def numbered(
    rows: Sequence[FactRow], numbers: Iterable[int] | None = None
) -> tuple[list[str], list[Column]]:
    """The words used, in order, and the columns ``lines`` would write: twice as fast."""
    metrics = {row[3] for row in rows}
    known = sorted(metrics | {row[5] for row in rows})
    ids = {word: n for n, word in enumerate(known)}
    days = {day: day.toordinal() - _EPOCH for day in {row[4] for row in rows}}
    columns = [array(code) for code in "qqqiiid"]
    for first in range(0, len(rows), _AT_ONCE):
        parts = list(zip(*rows[first : first + _AT_ONCE], strict=True))
        parts[3] = tuple(map(ids.__getitem__, parts[3]))
        parts[4] = tuple(map(days.__getitem__, parts[4]))
        parts[5] = tuple(map(ids.__getitem__, parts[5]))
        for column, part in zip(columns, parts, strict=True):
            column.fromlist(list(part))
    words_are_good = "" not in metrics and not any("\0" in word for word in known)
    if not words_are_good or not all(map(isfinite, columns[6])):
        check(rows)
    counted = array("q", range(len(rows)) if numbers is None else numbers)
    named = zip(FactRow._fields, columns, strict=True)
    return known, [
        Column("n", counted),
        *(Column(name, values, is_date=name == "day") for name, values in named),
    ]


def check(rows: Sequence[FactRow]) -> None:
    """BadFactError names the first row that can be no fact."""
    for n, row in enumerate(rows):
        # PostgreSQL has no character 0; it is refused alike everywhere.
        if not row[3] or not isfinite(row[6]) or "\0" in row[3] or "\0" in row[5]:
            raise bad_row(n, row)


def labels(team: int, posts: Mapping[int, Mapping[str, str]]) -> list[tuple[int, int, str, str]]:
    """The rows of ``posts``: team, post, name, label; nothing for what is not known."""
    for post, attributes in posts.items():
        for name in attributes:
            if name not in (*POST_ATTRIBUTES, PUBLISHED):
                raise BadFactError(_("内容没有属性「%(name)s」。") % {"name": name})
        if day := attributes.get(PUBLISHED):
            _check_day(post, day)
    return [
        (team, post, name, label)
        for post, attributes in posts.items()
        for name, label in attributes.items()
        if label
    ]


def _check_day(post: int, day: str) -> None:
    try:
        date.fromisoformat(day)
    except ValueError:
        words = {"post": post, "day": day}
        raise BadFactError(
            _("内容 %(post)s 的发布日期「%(day)s」应写成 2025-05-16。") % words
        ) from None


def bad_row(n: int, row: FactRow) -> BadFactError:
    return BadFactError(_("第 %(n)d 行不是有效的数据：%(row)s") % {"n": n + 1, "row": tuple(row)})
