"""Posts with numbers at ages, for tests of what compares them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import SeenPost, Source, record
from yunce.ground.facts.models import BatchKind

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST = datetime(2025, 5, 1, 18, 30, tzinfo=SHANGHAI)


@dataclass(frozen=True)
class Published:
    """A post, and its views by age in days."""

    title: str
    at: datetime
    views: Mapping[int, float]
    form: str = ""
    series: str = ""
    metric: str = field(default="post_views")


def a_post_a_day(
    count: int, views: Sequence[float], *, series: Sequence[str] = (), first: datetime = FIRST
) -> list[Published]:
    """One post each day with so many views after seven days; ``views`` and ``series`` in turn."""
    return [
        Published(
            title=f"作品 {n:03d}",
            at=first + timedelta(days=n),
            views={7: views[n % len(views)]},
            series=series[n % len(series)] if series else "",
        )
        for n in range(count)
    ]


def publish(account: Account, posts: Sequence[Published]) -> None:
    """Recorded in one batch."""
    seen = [
        SeenPost(
            account=account,
            key=post.title,
            title=post.title,
            published_at=post.at,
            form=post.form,
            series=post.series,
        )
        for post in posts
    ]

    def rows(numbers: Mapping[tuple[int, str], int]) -> list[FactRow]:
        return [
            FactRow(
                account.team_id,
                account.pk,
                numbers[account.pk, post.title],
                post.metric,
                _day(post.at) + timedelta(days=age),
                "",
                value,
            )
            for post in posts
            for age, value in post.views.items()
        ]

    record(
        team=account.team,
        by=None,
        source=Source(kind=BatchKind.FILE, account=account),
        posts=seen,
        rows=rows,
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()
