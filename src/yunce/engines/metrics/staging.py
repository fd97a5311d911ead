"""Rows on their way into a store: checked, and written as lines of plain numbers.

Words go by their place in a list: several times as fast as parameters, and no text needs quoting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from math import isfinite, isnan, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yunce.engines.metrics.columns import FactColumns, Words
from yunce.engines.metrics.errors import BadFactError
from yunce.engines.metrics.parquet import Column
from yunce.engines.metrics.query import ACCOUNT, POST_ATTRIBUTES, PUBLISHED, SAME_AS
from yunce.engines.metrics.stores import FactRow
from yunce.engines.metrics.texts import is_fit, shown
from yunce.kit.wording import gettext as _


def lines(
    rows: Sequence[FactRow], words: dict[str, int], numbers: Iterable[int] | None = None
) -> Iterator[str]:
    """``n,team,account,post,metric,day,segment,value``; fills ``words`` with each word's number.

    ``n`` counts from 0 unless ``numbers`` are given: such rows are a log's, which may hold TAKEN.
    """
    days: dict[date, str] = {}
    for n, (row, number) in enumerate(zip(rows, numbers or count(), strict=False)):
        team, account, post, metric, day, segment, value = row
        if not metric or not (isfinite(value) or (numbers is not None and isnan(value))):
            raise bad_row(n, row)
        m = words.setdefault(metric, len(words))
        s = words.setdefault(segment, len(words))
        written = days.get(day) or days.setdefault(day, day.isoformat())
        yield f"{number},{team},{account},{post},{m},{written},{s},{float(value)!r}\n"
    if not all(map(is_fit, words)):
        check(rows, is_log=numbers is not None)


def arranged(rows: FactColumns, numbers: Iterable[int] | None = None) -> list[Column]:
    """Checked and in the order stores keep facts in, numbered; words by their places."""
    check_columns(rows, is_log=numbers is not None)
    counted = np.arange(len(rows)) if numbers is None else np.fromiter(numbers, np.int64, len(rows))
    columns: dict[str, NDArray[Any]] = {
        "team": rows.team,
        "metric": _in_order(rows.metric),
        "day": rows.day,
        "account": rows.account,
        "post": rows.post,
        "segment": _in_order(rows.segment),
    }
    order = _sorting(list(columns.values()))
    given = {**columns, "metric": rows.metric.places, "segment": rows.segment.places}
    all_of_them: dict[str, NDArray[Any]] = {"n": counted, **given, "value": rows.value}
    return [
        Column(name, values[order], is_date=name == "day") for name, values in all_of_them.items()
    ]


def has_no_twins(columns: Sequence[Column], rows: FactColumns) -> bool:
    """No key twice among arranged rows: they would stand together. False where that is unsure."""
    for words in (rows.metric.words, rows.segment.words):
        if len({*words}) < len(words):
            return False
    keys = [column.values for column in columns if column.name not in ("n", "value")]
    same = np.ones(max(0, len(rows) - 1), np.bool_)
    for values in keys:
        same &= values[1:] == values[:-1]
    return not same.any()


def _in_order(column: Words) -> NDArray[np.int32]:
    """Places among the words as sorted, so that sorting by them sorts by the words."""
    ranks = {word: rank for rank, word in enumerate(sorted({*column.words}))}
    return np.array([ranks[word] for word in column.words], np.int32)[column.places]


def _sorting(columns: Sequence[NDArray[Any]]) -> NDArray[np.intp]:
    """What puts the rows in the order of the columns: by one number a row, where one is enough."""
    if not len(columns[0]):
        return np.arange(0)
    lowest = [int(column.min()) for column in columns]
    ranges = [int(c.max()) - low + 1 for c, low in zip(columns, lowest, strict=True)]
    if prod(ranges) >= 2**63:
        return np.lexsort(columns[::-1])
    keys = np.zeros(len(columns[0]), np.int64)
    for column, low, many in zip(columns, lowest, ranges, strict=True):
        keys *= many
        keys += column - low
    return np.argsort(keys, kind="stable")


def check_columns(rows: FactColumns, *, is_log: bool = False) -> None:
    """BadFactError names the first row that can be no fact; a log's row may be TAKEN."""
    good = np.isfinite(rows.value)
    if is_log:
        good |= np.isnan(rows.value)
    for column, may_be_empty in ((rows.metric, False), (rows.segment, True)):
        fine = [is_fit(word) and (may_be_empty or word != "") for word in column.words]
        if not all(fine):
            good &= np.array(fine)[column.places]
    if not good.all():
        n = int(np.argmin(good))
        raise bad_row(n, rows[n])


def check(rows: Sequence[FactRow], *, is_log: bool = False) -> None:
    """BadFactError names the first row that can be no fact; a log's row may be TAKEN."""
    if isinstance(rows, FactColumns):
        check_columns(rows, is_log=is_log)
        return
    for n, row in enumerate(rows):
        has_value = isfinite(row[6]) or (is_log and isnan(row[6]))
        if not row[3] or not has_value or not is_fit(row[3]) or not is_fit(row[5]):
            raise bad_row(n, row)


def labels(team: int, posts: Mapping[int, Mapping[str, str]]) -> list[tuple[int, int, str, str]]:
    """The rows of ``posts``: team, post, name, label; nothing for what is not known."""
    for post, attributes in posts.items():
        for name in attributes:
            if name not in (*POST_ATTRIBUTES, PUBLISHED, ACCOUNT, SAME_AS):
                raise BadFactError(_("内容没有属性「%(name)s」。") % {"name": name})
        for name, label in attributes.items():
            _check_label(post, name, label)
        if day := attributes.get(PUBLISHED):
            _check_day(post, day)
    return [
        (team, post, name, label)
        for post, attributes in posts.items()
        for name, label in attributes.items()
        if label
    ]


def _check_label(post: int, name: str, label: str) -> None:
    if not is_fit(label):
        words = {"post": post, "name": name, "label": shown(label)}
        raise BadFactError(
            _(
                "内容 %(post)s 的 %(name)s「%(label)s」里有不能写进数据的字符"
                "（空字符或半个字符），请改掉再试。"
            )
            % words
        )


def _check_day(post: int, day: str) -> None:
    try:
        date.fromisoformat(day)
    except ValueError:
        words = {"post": post, "day": day}
        raise BadFactError(
            _("内容 %(post)s 的发布日期「%(day)s」应写成 2025-05-16。") % words
        ) from None


def bad_row(n: int, row: FactRow) -> BadFactError:
    words = {"n": n + 1, "row": tuple(row)}
    if not is_fit(row[3]) or not is_fit(row[5]):
        return BadFactError(
            _("第 %(n)d 行里有不能写进数据的字符（空字符或半个字符）：%(row)s") % words
        )
    return BadFactError(_("第 %(n)d 行不是有效的数据：%(row)s") % words)
