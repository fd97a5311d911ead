"""The port: what every fact store can do, and the rows that go in and out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple, Protocol

from yunce.engines.metrics.apart import Apart
from yunce.engines.metrics.cataloguing import Catalogue
from yunce.engines.metrics.definitions import Metric
from yunce.engines.metrics.query import Answer, Closed, MetricQuery

WHOLE_ACCOUNT = 0  # as a post: the fact is about the whole account
WHOLE = ""  # as a segment: the fact is about everybody


TAKEN = float("nan")  # in the log: the value is taken back, nobody knows it any more


class FactKey(NamedTuple):
    """What a value is about."""

    team: int
    account: int
    post: int  # 0 = the whole account
    metric: str
    day: date
    segment: str  # "" = the whole; else "channel=扫码"


class FactRow(NamedTuple):
    """One stated value."""

    team: int
    account: int
    post: int  # 0 = the whole account
    metric: str
    day: date
    segment: str  # "" = the whole; else "channel=扫码"
    value: float

    @property
    def key(self) -> FactKey:
        return FactKey(*self[:6])


class StoredRow(NamedTuple):
    """One stated value and the batch that stated it."""

    team: int
    account: int
    post: int
    metric: str
    day: date
    segment: str
    value: float
    batch: int

    @property
    def fact(self) -> FactRow:
        return FactRow(*self[:7])

    @property
    def key(self) -> FactKey:
        return FactKey(*self[:6])


@dataclass(frozen=True)
class Change:
    """A row whose value differs from the one in the store."""

    row: FactRow
    old: float


@dataclass(frozen=True)
class Conflict:
    """One key with different values inside the same batch."""

    key: FactKey
    values: tuple[float, ...]  # in the order given; the last one counts


@dataclass(frozen=True)
class Comparison:
    """What a batch does to the store. Repeated rows of one key count once."""

    added: int
    unchanged: int
    changed: tuple[Change, ...]
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True)
class Restatement:
    """One key with different values in different living batches."""

    stated: tuple[StoredRow, ...]  # every batch's value, oldest batch first

    @property
    def key(self) -> FactKey:
        return self.stated[0].key

    @property
    def current(self) -> StoredRow:
        return self.stated[-1]


class Revised(NamedTuple):
    """A value of closed days that is another one since, or was not there at their closing."""

    row: StoredRow  # as it is now; TAKEN: the value was taken back
    old: float | None  # at the closing
    old_batch: int | None  # that had told it


@dataclass(frozen=True)
class RowsQuery:
    """Which stored rows of one metric are looked at, the newest day first."""

    team: int
    metric: Metric
    start: date
    end: date
    weight: Metric | None = None  # of a mean
    account: int | None = None  # None: of all accounts
    post: int | None = None  # with what was found to be the same; None: of all and of none
    closed: tuple[Closed, ...] = ()  # days read as of a batch of their own
    merges: bool = False  # some posts are the same as others: of two, the newest value counts
    shows_all: bool = False  # also the rows that do not count
    limit: int | None = None
    offset: int = 0


@dataclass(frozen=True)
class RowsPage:
    """A page of rows, each with why it does not count (None: it does), and how many there are."""

    rows: tuple[tuple[StoredRow, Apart | None], ...]
    counted: int
    apart: int


class FactStore(Protocol):
    """Append-only log of everything batches stated, and the current value of each key.

    The current value of a key is the one of the highest batch that stated it. Methods may be called
    from any thread.
    """

    def compare(self, rows: Sequence[FactRow]) -> Comparison:
        """What writing these rows would do."""

    def write(self, batch: int, rows: Sequence[FactRow]) -> Comparison:
        """Write in one transaction; of conflicting rows the last, named in the answer."""

    def take_back(self, batch: int, keys: Sequence[FactKey]) -> int:
        """State that these keys have no value any more; how many had one.

        A statement like any other: a higher batch may state a value again, and erasing this batch
        brings back what was there. The log and ``history`` keep it as ``TAKEN``. Of one batch the
        later word counts.
        """

    def erase(self, batch: int) -> int:
        """Undo a batch exactly, also an old one under newer ones; the number of keys it touched."""

    def batches(self) -> set[int]: ...

    def rows(
        self,
        *,
        team: int,
        account: int | None = None,
        posts: Collection[int] | None = None,
        metric: str | None = None,
        start: date,
        end: date,
        closed: Sequence[Closed] = (),
    ) -> list[StoredRow]:
        """Current rows with the batch behind each; of closed days those of their closing."""

    def page(self, query: RowsQuery) -> RowsPage: ...

    def history(self, row_key: FactKey) -> list[StoredRow]:
        """Every stated value of one key, oldest batch first."""

    def restatements(
        self, *, team: int, start: date, end: date, limit: int, metric: str | None = None
    ) -> list[Restatement]:
        """Values changed or taken back after they were first stated: newest batch first."""

    def revised(
        self, *, team: int, closed: Closed, metrics: Collection[str] | None = None, limit: int
    ) -> list[Revised]:
        """What later batches changed of closed days, added or took back, the newest first."""

    def revised_count(
        self, *, team: int, closed: Closed, metrics: Collection[str] | None = None
    ) -> int: ...

    def coverage(
        self, *, team: int, start: date, end: date, closed: Sequence[Closed] = ()
    ) -> dict[int, set[date]]:
        """Account → days with any unsegmented fact of it or its posts."""

    def newest_days(self, *, team: int) -> dict[int, date]:
        """Account → newest day with any fact."""

    def days(self, batch: int) -> set[date]:
        """Days a batch stated anything for."""

    def posts(self, *, team: int, among: Collection[int]) -> set[int]:
        """Those of some posts that any batch still states something about, also taking it back."""

    def answer(self, query: MetricQuery, catalogue: Catalogue | None = None) -> Answer:
        """With ``catalogue``, metrics are looked up there instead of among the built-in ones."""

    def remember_posts(self, team: int, posts: Mapping[int, Mapping[str, str]]) -> None:
        """What is known of posts, for grouping: post → POST_ATTRIBUTES and ``published``.

        Replaces all that was known of these posts.
        """

    def remembered_posts(self, *, team: int) -> dict[int, dict[str, str]]: ...

    def described_teams(self) -> set[int]:
        """Teams that something is remembered of a post of."""

    def post_days(self, *, team: int, among: Collection[int]) -> set[date]:
        """Days anything is stated of these posts, also what is taken back."""

    def teams(self) -> set[int]:
        """Teams any batch stated anything about."""

    def stated_days(self, *, team: int) -> set[date]:
        """Days any batch stated anything for."""

    def log(
        self, *, team: int, start: date, end: date, account: int | None = None
    ) -> list[StoredRow]:
        """Everything batches stated for these days; of one account, without its posts."""

    def replace_log(self, team: int, start: date, end: date, rows: Sequence[StoredRow]) -> None:
        """Make a team's days say exactly this (copying); in one transaction."""

    def owner(self) -> str:
        """Whose store this is, as last said; empty when nobody ever said."""

    def belong_to(self, owner: str) -> None: ...

    def forget_team(self, team: int) -> int:
        """Remove a whole team with its history; the number of current facts removed."""

    def is_sound(self) -> bool:
        """What is current is exactly the latest of the log."""

    def rebuild(self) -> None:
        """Work out anew what is kept beside the log."""

    def save_copy(self, path: Path) -> None:
        """A consistent copy, also while others read and write."""

    def close(self) -> None: ...
