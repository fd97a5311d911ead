"""Copying every fact, with its whole history, from one store to another.

Months are compared by checksum first, so a copy that was interrupted goes on where it stopped, and
a copy that is done again only reads. Nobody else may write to the target meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from itertools import groupby
from math import fsum, isfinite
from typing import NamedTuple

from yunce.engines.metrics.errors import StoreError
from yunce.engines.metrics.stores import FactStore, StoredRow
from yunce.kit.months import Month
from yunce.kit.wording import gettext as _

ENOUGH = 50_000  # rows at once
WIDER = 4  # at most so many times as many days as before
_WRAP = 2**64


class Checksum(NamedTuple):
    """Of rows in any order: how many, what they add up to (taken back: nothing), and a hash."""

    rows: int
    total: float
    hash: int


@dataclass(frozen=True)
class MonthCopy:
    """What happened to one team's month."""

    team: int
    month: Month
    rows: int  # statements in the log
    was_there: bool  # the target had it already


@dataclass(frozen=True)
class CopyReport:
    """Every month of the source is in the target with the same checksums."""

    months: tuple[MonthCopy, ...]

    @property
    def rows(self) -> int:
        return sum(month.rows for month in self.months)


def _quiet(_copy: MonthCopy) -> None:
    """Tell nobody."""


def copy_facts(
    source: FactStore,
    target: FactStore,
    *,
    team: int | None = None,
    progress: Callable[[MonthCopy], None] = _quiet,
) -> CopyReport:
    """Make the target say what the source says, of one team or of all; StoreError if it does not.

    ``progress`` hears of each month when it is copied and verified.
    """
    done: list[MonthCopy] = []
    teams = {team} if team is not None else _known_teams(source) | _known_teams(target)
    for number in sorted(teams):
        for days in _by_month(source.stated_days(team=number) | target.stated_days(team=number)):
            done.append(_copy_month(source, target, number, days))
            progress(done[-1])
        _copy_posts(source, target, number)
    return CopyReport(tuple(done))


def _known_teams(store: FactStore) -> set[int]:
    """A described post may have no facts left."""
    return store.teams() | store.described_teams()


def checksums(store: FactStore, team: int, days: Collection[date]) -> tuple[Checksum, Checksum]:
    """Of the log and of the current facts."""
    log, now = (
        _checksum(row for *_span, rows in by_stretch(read, team, days) for row in rows)
        for read in (store.log, store.rows)
    )
    return log, now


def by_stretch(
    read: Callable[..., list[StoredRow]], team: int, days: Collection[date]
) -> Iterator[tuple[date, date, list[StoredRow]]]:
    """Rows of about as many days at once as fit into memory with ease."""
    width = 1
    left = sorted(days)
    while left:
        start, end = left[0], left[:width][-1]
        rows = read(team=team, start=start, end=end)
        yield start, end, rows
        left = left[width:]
        width = max(1, min(WIDER * width, width * ENOUGH // max(1, len(rows))))


def _by_month(days: set[date]) -> list[list[date]]:
    return [list(month) for _month, month in groupby(sorted(days), Month.of)]


def _copy_month(
    source: FactStore, target: FactStore, team: int, days: Collection[date]
) -> MonthCopy:
    month = Month.of(min(days))
    wanted = checksums(source, team, days)
    if checksums(target, team, days) == wanted:
        return MonthCopy(team, month, wanted[0].rows, was_there=True)
    for start, end, rows in by_stretch(source.log, team, days):
        target.replace_log(team, start, end, rows)
    if checksums(target, team, days) != wanted:
        words = {"team": team, "month": month}
        raise StoreError(
            _("团队 %(team)s 的 %(month)s 复制后核对不一致：复制时有人在写入？请再运行一次。")
            % words
        )
    return MonthCopy(team, month, wanted[0].rows, was_there=False)


def _copy_posts(source: FactStore, target: FactStore, team: int) -> None:
    """Only those told otherwise are told anew; those the source does not know are forgotten."""
    wanted = source.remembered_posts(team=team)
    known = target.remembered_posts(team=team)
    wrong = {
        post: wanted.get(post, {})
        for post in wanted.keys() | known.keys()
        if wanted.get(post) != known.get(post)
    }
    if not wrong:
        return
    target.remember_posts(team, wrong)
    if target.remembered_posts(team=team) != wanted:
        raise StoreError(
            _("团队 %(team)s 的内容属性复制后核对不一致：复制时有人在写入？请再运行一次。")
            % {"team": team}
        )


def _checksum(rows: Iterable[StoredRow]) -> Checksum:
    values: list[float] = []
    count = mixed = 0
    for row in rows:
        count += 1
        if isfinite(row.value):
            values.append(row.value)
        said = repr((*row[:4], row.day.toordinal(), row.segment, row.value.hex(), row.batch))
        mixed += int.from_bytes(blake2b(said.encode(), digest_size=8).digest())
    return Checksum(count, fsum(values), mixed % _WRAP)
