"""Posts at equal age: each one's number so many days after it was published.

A late post is not punished for being young: it is left out until it is old enough. Numbers come
through ``answer`` by post and age, in one question however many posts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import Max
from django.utils import timezone
from numpy.typing import NDArray

from yunce.engines.explain import at_equal_age
from yunce.ground.facts.models import Post
from yunce.ground.facts.queries import answer
from yunce.ground.teams.models import Team

METRICS = ("post_views", "post_likes", "post_comments", "post_shares", "post_saves")
# Age → (the days of age looked at, how many days off a single reading may be).
AGES: Mapping[int, tuple[range, int]] = {
    1: (range(0, 3), 0),
    7: (range(3, 13), 1),
    30: (range(20, 46), 3),
}
FIELDS = (
    "pk",
    "title",
    "published_at",
    "account_id",
    "account__platform",
    "account__name",
    "form",
    "series",
    "topic",
)


@dataclass(frozen=True)
class AgedPost:
    """One post and its number at the age asked."""

    number: int
    title: str
    published_at: datetime  # local
    account: int
    platform: str
    account_name: str
    form: str
    series: str
    topic: str
    value: float | None  # None: too young, or nobody looked at it around that age

    @property
    def day(self) -> date:
        return self.published_at.date()

    @property
    def has_hour(self) -> bool:
        """Some exports tell the day alone, which is kept as midnight sharp."""
        return self.published_at.time() != datetime.min.time()


def newest_day(team: Team, accounts: Sequence[int] = (), *, until: date) -> date | None:
    """When the newest post was published; None without one."""
    posts = Post.objects.filter(account__team=team, same_as=None)
    posts = posts.filter(account__in=accounts) if accounts else posts
    moment = posts.filter(published_at__lt=_midnight(until + timedelta(days=1))).aggregate(
        newest=Max("published_at")
    )["newest"]
    return timezone.localtime(moment).date() if moment else None


def posts_at_age(
    team: Team,
    *,
    metric: str,
    age: int,
    start: date,
    end: date,
    today: date,
    accounts: Sequence[int] = (),
) -> list[AgedPost]:
    """Posts published on these days, oldest first; of ``accounts``, or of all.

    ``metric`` of METRICS, ``age`` of AGES.
    """
    posts = Post.objects.filter(account__team=team, same_as=None)
    posts = posts.filter(account__in=accounts) if accounts else posts
    inside = (_midnight(start), _midnight(end + timedelta(days=1)))
    rows = posts.filter(published_at__gte=inside[0], published_at__lt=inside[1])
    told = list(rows.order_by("published_at", "pk").values_list(*FIELDS))
    if not told:
        return []
    days = (start, max(start, min(today, _latest(end, age))))
    values = _values(team, metric, age, days, accounts, [row[0] for row in told])
    titles = _newer_titles(team, inside)
    return [_aged(row, titles, values) for row in told]


def _aged(row: Sequence[Any], titles: Mapping[int, str], values: Mapping[int, float]) -> AgedPost:
    number, title, moment, account, platform, name, form, series, topic = row
    return AgedPost(
        number=number,
        title=titles.get(number, title),
        published_at=timezone.localtime(moment),
        account=account,
        platform=platform,
        account_name=name,
        form=form,
        series=series,
        topic=topic,
        value=values.get(number),
    )


def _values(
    team: Team,
    metric: str,
    age: int,
    days: tuple[date, date],
    accounts: Sequence[int],
    posts: Collection[int],
) -> dict[int, float]:
    """Whoever was looked at on the very day is done with; the others' looks around it are read."""
    ages, near = AGES[age]
    where: dict[str, Sequence[str | int]] = {"account": accounts} if accounts else {}
    exact = _readings(team, metric, days, where | {"age": [str(age)]})
    found = {post: told[age] for post, told in exact.items()}
    rest = [post for post in posts if post not in found]
    if not rest or len(ages) == 1:
        return found
    if len(rest) < len(posts):
        where = where | {"post": rest}
    around = _readings(team, metric, days, where | {"age": [str(each) for each in ages]})
    for post, told in around.items():
        value = at_equal_age(told, age=age, near=near)
        if value is not None:
            found.setdefault(post, value)
    return found


def _readings(
    team: Team, metric: str, days: tuple[date, date], where: Mapping[str, Sequence[str | int]]
) -> dict[int, dict[float, float]]:
    """Post → age → value."""
    told = answer(team, [metric], start=days[0], end=days[1], by=("post", "age"), where=where)
    readings: defaultdict[int, dict[float, float]] = defaultdict(dict)
    for row in told.rows:
        post, when = row.group
        if row.value is not None and isinstance(post, int) and isinstance(when, int):
            readings[post][when] = row.value
    return readings


def _latest(end: date, age: int) -> date:
    return end + timedelta(days=AGES[age][0][-1])


def _newer_titles(team: Team, inside: tuple[datetime, datetime]) -> dict[int, str]:
    """What a post was last called, where several names are one post."""
    others = Post.objects.filter(
        account__team=team,
        same_as__published_at__gte=inside[0],
        same_as__published_at__lt=inside[1],
    )
    named = others.exclude(title="").order_by("pk").values_list("same_as", "title")
    return {head: title for head, title in named if head}


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def values_of(posts: Sequence[AgedPost]) -> NDArray[np.float64]:
    """NaN = unknown."""
    return np.array([np.nan if post.value is None else post.value for post in posts])


def days_of(posts: Sequence[AgedPost]) -> NDArray[np.float64]:
    """When each was published, in days."""
    return np.array([post.published_at.timestamp() / 86400 for post in posts])
