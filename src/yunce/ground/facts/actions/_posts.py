"""Posts get their numbers: those the ledger knows, and new ones, a few at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import compress

import numpy as np

from yunce.ground.facts.models import Batch, Post
from yunce.ground.facts.queries import numbers_of_posts
from yunce.ground.facts.queries.numbering import Name, Numbers, PostNumbers, apart, known_in_order
from yunce.ground.facts.rules import fitted_key
from yunce.ground.facts.same_posts import found_same, keep_doubts
from yunce.ground.facts.seen import ID_LENGTH, TITLE_LENGTH, URL_LENGTH, SeenPost


def number_posts(batch: Batch, posts: Collection[SeenPost]) -> PostNumbers:
    """Each post's number, by account and the key it was given; unknown ones are added.

    ``posts`` are gone through several times and never kept: of a million only numbers are held.
    """
    numbers = known_in_order(_names(posts))
    if not numbers.all():
        _add(batch, posts, numbers)
    return PostNumbers(lambda: _names(posts), numbers)


def _names(posts: Iterable[SeenPost]) -> Iterator[Name]:
    return ((post.account.pk, post.key) for post in posts)


def _add(batch: Batch, posts: Collection[SeenPost], numbers: Numbers) -> None:
    is_new = numbers == 0

    def new() -> Iterator[SeenPost]:
        return compress(posts, is_new)

    found = found_same(new, listed={*numbers[~is_new].tolist()})
    for places, part in zip(apart(np.flatnonzero(is_new)), apart(new()), strict=True):
        made = {(post.account_id, post.key): post for post in (_new_post(p, batch) for p in part)}
        for name in made.keys() & found.sure.keys():
            match = found.sure[name]
            made[name].same_as_id, made[name].same_reason = match.known, match.reason[:200]
        Post.objects.bulk_create(made.values(), ignore_conflicts=True)
        numbers[places] = known_in_order(_names(part))
    keep_doubts(found.doubts, numbers_of_posts(name for name, _match in found.doubts))


def _new_post(post: SeenPost, batch: Batch) -> Post:
    return Post(
        account=post.account,
        key=fitted_key(post.key),
        title=post.title[:TITLE_LENGTH],
        published_at=post.published_at,
        form=post.form[:20],
        platform_id=post.platform_id[:ID_LENGTH],
        url=post.url[:URL_LENGTH],
        series=post.series[:60],
        original=post.original,
        first_batch=batch,
    )
