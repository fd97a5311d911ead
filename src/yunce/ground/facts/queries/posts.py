"""Reading posts as people see them: one line a post, whatever exports called it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from yunce.engines.metrics import Grain, Kind, Metric, catalogue
from yunce.ground.channels.models import Account
from yunce.ground.facts.access import fact_store
from yunce.ground.facts.closing import kept_days
from yunce.ground.facts.matching import Identity, Match, matches
from yunce.ground.facts.models import Batch, Post, PostDoubt
from yunce.ground.facts.queries import answer, batches_by_number, posts_of
from yunce.ground.facts.same_posts import known_identities, local
from yunce.ground.teams.models import Team
from yunce.kit.days import EARLIEST

SHOWN = ("post_views", "post_likes", "post_comments", "post_shares", "post_saves")
MOST_CANDIDATES = 20


@dataclass(frozen=True)
class PostNumbers:
    """A post's newest numbers."""

    post: Post
    title: str  # as last told
    values: tuple[float | None, ...]  # of SHOWN
    newest: date | None  # the day of the newest of them
    names: int  # how many identities it has

    @property
    def cells(self) -> list[tuple[Metric, float | None]]:
        return list(zip(shown_metrics(), self.values, strict=True))

    @property
    def age(self) -> int | None:
        """Whole days from publishing to the newest numbers."""
        return age_on(self.post, self.newest)


@dataclass(frozen=True)
class Snapshot:
    """What one day's exports said of a post."""

    day: date
    age: int | None  # whole days after publishing
    metrics: tuple[Metric, ...]
    values: tuple[float | None, ...]
    batches: tuple[Batch, ...]  # that told them, the newest first

    @property
    def cells(self) -> list[tuple[Metric, float | None]]:
        return list(zip(self.metrics, self.values, strict=True))


@dataclass(frozen=True)
class Snapshots:
    metrics: tuple[Metric, ...]
    rows: tuple[Snapshot, ...]  # newest first


def age_on(post: Post, day: date | None) -> int | None:
    if day is None or post.published_at is None:
        return None
    return (day - timezone.localtime(post.published_at).date()).days


def shown_metrics() -> tuple[Metric, ...]:
    return tuple(catalogue()[code] for code in SHOWN)


def filtered_posts(
    team: Team, *, account: Account | None, search: str, said: dict[str, str]
) -> QuerySet[Post]:
    """``said``: form, series, topic or author → exactly this; "-" means nothing is said."""
    posts = posts_of(team, account=account, search=search)
    for name, word in said.items():
        posts = posts.filter(**{name: "" if word == "-" else word}) if word else posts
    return posts.annotate(names=Count("others") + 1)


def with_numbers(team: Team, posts: Sequence[Post], *, today: date) -> list[PostNumbers]:
    """In two round trips, however many posts."""
    if not posts:
        return []
    numbers = [post.pk for post in posts]
    where = {"post": numbers}
    found = answer(team, SHOWN, start=EARLIEST, end=today, by=("post",), where=where)
    days = _newest_days(team, numbers, today)
    titles = _titles(posts)
    return [
        PostNumbers(
            post=post,
            title=titles[post.pk],
            values=tuple(found.value(code, post.pk) for code in SHOWN),
            newest=days.get(post.pk),
            names=getattr(post, "names", 1),
        )
        for post in posts
    ]


def _newest_days(team: Team, numbers: Sequence[int], today: date) -> dict[int, date]:
    where: dict[str, Any] = {"post": numbers}
    found = answer(team, SHOWN, start=EARLIEST, end=today, by=("post", "day"), where=where)
    days: dict[int, date] = {}
    for row in found.rows:
        number, day = row.group
        if row.value is not None and isinstance(number, int) and isinstance(day, date):
            days[number] = max(day, days.get(number, day))
    return days


def _titles(posts: Sequence[Post]) -> dict[int, str]:
    """The newest of every post's titles, in one query."""
    titles = {post.pk: post.title for post in posts}
    others = Post.objects.filter(same_as__in=titles).exclude(title="").order_by("pk")
    newer = {head: title for head, title in others.values_list("same_as", "title") if head}
    return titles | newer


def shown_title(post: Post) -> str:
    return _titles([post])[post.pk]


def identities_of(post: Post) -> list[Post]:
    """The post and what was found to be the same, in the order they came."""
    posts = Post.objects.filter(Q(pk=post.pk) | Q(same_as=post)).order_by("pk")
    return list(posts.select_related("first_batch", "same_by"))


def snapshots_of(team: Team, post: Post, *, today: date) -> Snapshots:
    """Every day's numbers of a post, each with its age and the files it came in."""
    codes = [code for code, each in catalogue().items() if is_of_posts(each)]
    found = answer(team, codes, start=EARLIEST, end=today, by=("day",), where={"post": (post.pk,)})
    known = {(row.metric, row.group[0]): row.value for row in found.rows if row.value is not None}
    told = [code for code in codes if any(code == metric for metric, _day in known)]
    metrics = tuple(catalogue()[code] for code in told)
    days = sorted({day for _metric, day in known if isinstance(day, date)}, reverse=True)
    batches = _batches_by_day(team, post, told, today)
    rows = (
        Snapshot(
            day=day,
            age=age_on(post, day),
            metrics=metrics,
            values=tuple(known.get((code, day)) for code in told),
            batches=batches.get(day, ()),
        )
        for day in days
    )
    return Snapshots(metrics, tuple(rows))


def _batches_by_day(
    team: Team, post: Post, codes: Collection[str], today: date
) -> dict[date, tuple[Batch, ...]]:
    """Which batches tell a day's numbers of a post, also under its other names."""
    closed = kept_days(team, EARLIEST, today)
    names = [each.pk for each in identities_of(post)]
    told = fact_store().rows(team=team.pk, posts=names, start=EARLIEST, end=today, closed=closed)
    rows = [row for row in told if row.metric in codes and row.segment == ""]
    known = batches_by_number(team, {row.batch for row in rows})
    by_day: dict[date, set[int]] = defaultdict(set)
    for row in rows:
        by_day[row.day].add(row.batch)
    return {
        day: tuple(known[n] for n in sorted(numbers, reverse=True) if n in known)
        for day, numbers in by_day.items()
    }


def is_of_posts(metric: Metric) -> bool:
    """A number an export tells of one post, as it stood on a day."""
    is_told = metric.is_stored and metric.grain is Grain.POST
    return is_told and metric.kind in (Kind.SNAPSHOT, Kind.MEAN, Kind.DISTINCT)


def open_doubts(team: Team, *, account: Account | None = None) -> QuerySet[PostDoubt]:
    """Pairs nobody has decided about, that are still two."""
    doubts = PostDoubt.objects.filter(post__account__team=team, dismissed_at=None)
    doubts = doubts.filter(post__account=account) if account else doubts
    together = Q(post__same_as=F("other")) | Q(other__same_as=F("post"))
    together |= Q(post__same_as=F("other__same_as"))
    return doubts.exclude(together).select_related(
        "post__account", "other__account", "post__first_batch", "other__first_batch"
    )


def doubt_in(team: Team, number: int) -> PostDoubt:
    """Http404 when the team has no such doubt."""
    doubts = PostDoubt.objects.filter(post__account__team=team)
    return get_object_or_404(doubts.select_related("post", "other"), pk=number)


def candidates_for(post: Post, search: str) -> list[Post]:
    """Other posts of the account it might be one with: those found, else the nearest in time."""
    posts = posts_of(post.account.team, account=post.account, search=search).exclude(pk=post.pk)
    if search or post.published_at is None:
        return list(posts[:MOST_CANDIDATES])
    later = posts.filter(published_at__gte=post.published_at).order_by("published_at")
    earlier = posts.filter(published_at__lt=post.published_at)
    half = MOST_CANDIDATES // 2
    return sorted(
        [*later[:half], *earlier[:half]],
        key=lambda each: abs(each.published_at - post.published_at),  # type: ignore[operator]
    )


def post_of(
    account: Account,
    *,
    title: str = "",
    published_at: datetime | None = None,
    platform_id: str = "",
    url: str = "",
) -> list[tuple[Post, Match]]:
    """Which post of the account a piece of content became: one sure match, or what may be it."""
    wanted = Identity(-1, title, local(published_at), platform_id, url)
    known = known_identities(Post.objects.filter(account=account))
    found = matches([wanted], known.values())
    posts = Post.objects.in_bulk([match.known for match in found])
    return [(posts[match.known], match) for match in found]


def own_days(team: Team, numbers: Iterable[int]) -> set[date]:
    """Days anything is stated of these very posts, apart from those that are the same."""
    return fact_store().post_days(team=team.pk, among=[*numbers])
