"""A second opinion in plain Python: what every reader must say, from the surviving statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from yunce.engines.metrics import Apart, Closed, FactKey, Metric, RowsPage, StoredRow, is_level
from yunce.engines.metrics.definitions import Grain

Told = float | None  # None: taken back


class Stated(NamedTuple):
    """One statement of a key; a value that was taken back compares as None."""

    batch: int
    value: Told


def stated(row: StoredRow) -> Stated:
    return Stated(row.batch, row.value if row.value == row.value else None)


@dataclass
class Statements:
    """Batch → what it says of each key."""

    batches: dict[int, dict[FactKey, Told]] = field(default_factory=dict)

    def state(self, batch: int, values: Mapping[FactKey, Told]) -> None:
        if values:
            self.batches.setdefault(batch, {}).update(values)

    def erase(self, batch: int) -> int:
        return len(self.batches.pop(batch, {}))

    @property
    def history(self) -> dict[FactKey, list[Stated]]:
        found: dict[FactKey, list[Stated]] = defaultdict(list)
        for batch in sorted(self.batches):
            for key, value in self.batches[batch].items():
                found[key].append(Stated(batch, value))
        return found

    def current(self, *, up_to: int | None = None) -> dict[FactKey, Stated]:
        """The newest statement of each key, without keys that have no value then."""
        newest = {
            key: [each for each in said if up_to is None or each.batch <= up_to][-1:]
            for key, said in self.history.items()
        }
        return {key: n for key, said in newest.items() for n in said if n.value is not None}

    def told(self, team: int, closed: Sequence[Closed] = ()) -> dict[FactKey, Stated]:
        """Of closed days what was current at their batch, of others what is."""
        found = {k: s for k, s in self.current().items() if not _within(k.day, closed)}
        for each in closed:
            then = self.current(up_to=each.batch)
            found |= {k: s for k, s in then.items() if _within(k.day, [each])}
        return {key: said for key, said in found.items() if key.team == team}

    def coverage(self, team: int, closed: Sequence[Closed] = ()) -> dict[int, set[date]]:
        days: dict[int, set[date]] = defaultdict(set)
        for key in self.told(team, closed):
            if not key.segment:
                days[key.account].add(key.day)
        return days

    def newest_days(self, team: int) -> dict[int, date]:
        keys = [key for key in self.current() if key.team == team]
        return {k.account: max(o.day for o in keys if o.account == k.account) for k in keys}

    def restatements(self, team: int) -> dict[FactKey, list[Stated]]:
        mine = {key: said for key, said in self.history.items() if key.team == team}
        return {k: said for k, said in mine.items() if len({each.value for each in said}) > 1}

    def revised(self, team: int, closed: Closed) -> dict[FactKey, tuple[Stated, Stated | None]]:
        """Key → what is said since a closing, and what was known at it."""
        then = self.current(up_to=closed.batch)
        found = {}
        for key, said in self.history.items():
            old, new = then.get(key), said[-1]
            inside = key.team == team and _within(key.day, [closed]) and new.batch > closed.batch
            if inside and new.value != (old.value if old else None):
                found[key] = new, old
        return found

    def posts(self, team: int) -> set[int]:
        return {key.post for key in self.history if key.team == team and key.post}

    def post_days(self, team: int, post: int) -> set[date]:
        return {key.day for key in self.history if (key.team, key.post) == (team, post)}

    def days(self, team: int) -> set[date]:
        return {key.day for key in self.history if key.team == team}

    def teams(self) -> set[int]:
        return {key.team for key in self.history}

    def page(self, team: int, metric: Metric, closed: Sequence[Closed] = ()) -> RowsPage:
        """All of a metric's rows, the newest day first, each with why it does not count."""
        told = {k: s for k, s in self.told(team, closed).items() if k.metric == metric.code}
        rows = [
            (StoredRow(*k, s.value or 0.0, s.batch), _apart(k, told, metric))
            for k, s in told.items()
        ]
        rows.sort(key=lambda each: (-each[0].day.toordinal(), *each[0][1:3], each[0].segment))
        counted = sum(apart is None for _row, apart in rows)
        return RowsPage(tuple(rows), counted=counted, apart=len(rows) - counted)


def _within(day: date, closed: Iterable[Closed]) -> bool:
    return any(each.start <= day <= each.end for each in closed)


def _apart(key: FactKey, told: Iterable[FactKey], metric: Metric) -> Apart | None:
    if key.segment:
        return Apart.SEGMENT
    whole = [other for other in told if not other.segment and other.account == key.account]
    if metric.grain is Grain.ANY and key.post:
        if any(other.post == 0 and other.day == key.day for other in whole):
            return Apart.ACCOUNT_SAYS
    elif metric.grain is not Grain.ANY and (key.post == 0) is (metric.grain is Grain.POST):
        return Apart.OTHER_GRAIN
    later = (other.day > key.day for other in whole if other.post == key.post)
    return Apart.EARLIER if is_level(metric) and any(later) else None
