"""Posts found to be one, at import: matches become ``same_as``, doubts become suggestions.

Every identity keeps its own number and its own facts; ``same_as`` only says under which number
they are answered. So undoing an import and telling two posts apart again are both exact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from yunce.ground.facts.matching import Identity, Match, matches
from yunce.ground.facts.models import Post, PostDoubt
from yunce.ground.facts.rules import CHUNK, fitted_key
from yunce.ground.facts.seen import ID_LENGTH, TITLE_LENGTH, URL_LENGTH, SeenPost

DAY = timedelta(days=1)
TOLD = ("pk", "same_as_id", "title", "published_at", "platform_id", "url")
Name = tuple[int, str]  # account and key
Doubt = tuple[Name, Match]


@dataclass
class Found:
    """What new posts surely are, and what they may be."""

    sure: dict[Name, Match] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)


def found_same(new: Callable[[], Iterable[SeenPost]], listed: Collection[int]) -> Found:
    """Which of the posts that have no number yet are known ones.

    ``new`` is gone through again and again and never kept. ``listed``: numbers of the known posts
    this source names.
    """
    found = Found()
    for account, hints in _hints(new()).items():
        known = known_identities(hints.near(account))
        if known:
            own = (post for post in new() if post.account.pk == account)
            _find(own, known, {n for n, each in known.items() if n in listed}, found)
    return found


def _find(
    new: Iterable[SeenPost], known: Mapping[int, Identity], listed: Collection[int], found: Found
) -> None:
    names: list[Name] = []

    def identities() -> Iterator[Identity]:
        for post in new:
            names.append((post.account.pk, fitted_key(post.key)))
            yield Identity(
                -len(names),
                post.title[:TITLE_LENGTH],
                local(post.published_at),
                post.platform_id[:ID_LENGTH],
                post.url[:URL_LENGTH],
            )

    for match in matches(identities(), known.values(), listed={known[n].number for n in listed}):
        name = names[-match.new - 1]
        if match.is_sure:
            found.sure[name] = match
        else:
            found.doubts.append((name, match))


@dataclass
class _Hints:
    """Where known posts may stand that are the same as some of an account's new ones."""

    first: datetime | None = None
    last: datetime | None = None
    titles: list[str] = field(default_factory=list)  # of posts without a time
    ids: list[str] = field(default_factory=list)

    def add(self, post: SeenPost) -> None:
        if moment := post.published_at:
            self.first = min(self.first or moment, moment)
            self.last = max(self.last or moment, moment)
        elif len(self.titles) < CHUNK:
            self.titles.append(post.title[:TITLE_LENGTH])
        if post.platform_id and len(self.ids) < CHUNK:
            self.ids.append(post.platform_id[:ID_LENGTH])

    def near(self, account: int) -> QuerySet[Post]:
        among = Q(published_at=None)
        if self.first and self.last:
            among |= Q(published_at__range=(self.first - DAY, self.last + DAY))
        if self.titles:  # one without a time may be a post of any time
            among |= Q(title__in=self.titles)
        if self.ids:
            among |= Q(platform_id__in=self.ids)
        return Post.objects.filter(account=account).filter(among)


def _hints(new: Iterable[SeenPost]) -> dict[int, _Hints]:
    """By account."""
    found: dict[int, _Hints] = defaultdict(_Hints)
    for post in new:
        found[post.account.pk].add(post)
    return found


def known_identities(posts: QuerySet[Post]) -> dict[int, Identity]:
    """By own number; each tells the number of the post it is."""
    return {
        number: Identity(same_as or number, title, local(published_at), platform_id, url)
        for number, same_as, title, published_at, platform_id, url in posts.values_list(*TOLD)
    }


def local(moment: datetime | None) -> datetime | None:
    if moment is None or timezone.is_naive(moment):
        return moment
    return timezone.localtime(moment).replace(tzinfo=None)


def keep_doubts(doubts: Iterable[Doubt], numbers: Mapping[Name, int]) -> None:
    PostDoubt.objects.bulk_create(
        [
            PostDoubt(post_id=numbers[name], other_id=match.known, reason=match.reason[:200])
            for name, match in doubts
        ],
        ignore_conflicts=True,
    )


def hand_over(leaving: Collection[int]) -> list[int]:
    """Posts that were the same as one that goes stay together under the oldest of them."""
    heirs: list[int] = []
    ordered = sorted(leaving)
    for start in range(0, len(ordered), CHUNK):
        heirs += _hand_over(ordered[start : start + CHUNK], set(leaving))
    return heirs


def _hand_over(chunk: Sequence[int], leaving: Collection[int]) -> Iterable[int]:
    families: dict[Any, list[int]] = defaultdict(list)
    for number, head in (
        Post.objects.filter(same_as__in=chunk).order_by("pk").values_list("pk", "same_as")
    ):
        if number not in leaving:
            families[head].append(number)
    for heir, *others in families.values():
        Post.objects.filter(pk=heir).update(same_as=None, same_reason="", same_by=None)
        Post.objects.filter(pk__in=others).update(same_as=heir)
        yield from (heir, *others)
