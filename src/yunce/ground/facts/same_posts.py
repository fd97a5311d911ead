"""Posts found to be one, at import: matches become ``same_as``, doubts become suggestions.

Every identity keeps its own number and its own facts; ``same_as`` only says under which number
they are answered. So undoing an import and telling two posts apart again are both exact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from yunce.ground.facts.matching import Identity, Match, matches
from yunce.ground.facts.models import Post, PostDoubt
from yunce.ground.facts.rules import CHUNK

DAY = timedelta(days=1)
TOLD = ("pk", "same_as_id", "title", "published_at", "platform_id", "url")
Name = tuple[int, str]  # account and key
Doubt = tuple[Name, Match]


def found_same(new: Sequence[Post], listed: Collection[int]) -> list[Doubt]:
    """Sets ``same_as`` of new, unsaved posts that surely are known ones; what is doubtful.

    ``listed``: numbers of the known posts this source names.
    """
    by_account: dict[int, list[Post]] = defaultdict(list)
    for post in new:
        by_account[post.account_id].append(post)
    return [doubt for posts in by_account.values() for doubt in _found_in(posts, listed)]


def _found_in(new: Sequence[Post], listed: Collection[int]) -> Iterable[Doubt]:
    known = known_identities(_near(new))
    if not known:
        return
    named = {each.number for number, each in known.items() if number in set(listed)}
    identities = [_unsaved(-place, post) for place, post in enumerate(new, start=1)]
    for match in matches(identities, known.values(), listed=named):
        post = new[-match.new - 1]
        if match.is_sure:
            post.same_as_id, post.same_reason = match.known, match.reason[:200]
        else:
            yield (post.account_id, post.key), match


def _near(new: Sequence[Post]) -> QuerySet[Post]:
    """Known posts of the account that could be one of these."""
    moments = [post.published_at for post in new if post.published_at]
    among = Q(published_at=None)
    if moments:
        among |= Q(published_at__range=(min(moments) - DAY, max(moments) + DAY))
    if len(moments) < len(new):  # one without a time may be a post of any time
        among |= Q(title__in=[post.title for post in new if not post.published_at][:CHUNK])
    if ids := [post.platform_id for post in new if post.platform_id]:
        among |= Q(platform_id__in=ids[:CHUNK])
    return Post.objects.filter(account=new[0].account_id).filter(among)


def known_identities(posts: QuerySet[Post]) -> dict[int, Identity]:
    """By own number; each tells the number of the post it is."""
    return {
        number: Identity(same_as or number, title, local(published_at), platform_id, url)
        for number, same_as, title, published_at, platform_id, url in posts.values_list(*TOLD)
    }


def _unsaved(number: int, post: Post) -> Identity:
    return Identity(number, post.title, local(post.published_at), post.platform_id, post.url)


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
