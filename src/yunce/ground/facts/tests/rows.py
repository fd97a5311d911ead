"""Facts in few words, for the tests of this app."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.access import fact_store
from yunce.ground.facts.actions import RowMaker, SeenPost, Source
from yunce.ground.facts.models import BatchKind


def reads(account: Account, day: int, value: float) -> FactRow:
    """So many reads of the account on a day of May 2025."""
    return FactRow(account.team_id, account.pk, 0, "reads", date(2025, 5, day), "", value)


def stated(account: Account, metric: str, values: Mapping[int, float]) -> list[FactRow]:
    """One metric of the whole account by day of May 2025."""
    return [
        FactRow(account.team_id, account.pk, 0, metric, date(2025, 5, day), "", value)
        for day, value in values.items()
    ]


def stored_reads(account: Account) -> dict[int, float]:
    """What the store says now, by day of May 2025."""
    rows = fact_store().rows(
        team=account.team_id, metric="reads", start=date(2025, 5, 1), end=date(2025, 5, 31)
    )
    return {row.day.day: row.value for row in rows}


def a_file(account: Account, sha256: str = "a" * 64) -> Source:
    return Source(kind=BatchKind.FILE, account=account, file_name="数据.xlsx", file_sha256=sha256)


def posts_of(account: Account, *keys: str) -> list[SeenPost]:
    return [SeenPost(account=account, key=key, title=key) for key in keys]


def views(account: Account, values: Mapping[str, float]) -> RowMaker:
    """Views of posts, by key, once the posts have their numbers."""

    def make(numbers: Mapping[tuple[int, str], int]) -> Sequence[FactRow]:
        day = date(2025, 5, 20)
        return [
            FactRow(
                account.team_id, account.pk, numbers[account.pk, key], "post_views", day, "", value
            )
            for key, value in values.items()
        ]

    return make
