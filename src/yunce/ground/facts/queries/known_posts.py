"""Which posts a team has, by number, name and word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from yunce.ground.channels.models import Account
from yunce.ground.facts.models import Post
from yunce.ground.facts.rules import CHUNK
from yunce.ground.teams.models import Team


def posts_of(team: Team, *, account: Account | None = None, search: str = "") -> QuerySet[Post]:
    """The team's posts, newest first; those of one account, those whose title has the words.

    Of posts that are one only the one whose number counts, found by any title it ever had.
    """
    posts = Post.objects.filter(account__team=team, same_as=None).select_related("account")
    posts = posts.filter(account=account) if account else posts
    for word in search.split():
        other = Post.objects.filter(same_as=OuterRef("pk"), title__icontains=word)
        posts = posts.filter(Q(title__icontains=word) | Exists(other))
    return posts.order_by(F("published_at").desc(nulls_last=True), "-id")


def posts_numbered(team: Team, numbers: Iterable[int]) -> QuerySet[Post]:
    return posts_of(team).filter(pk__in=set(numbers))


def post_in(team: Team, number: int) -> Post:
    """The post a number is answered as; Http404 when the team has no such post."""
    posts = Post.objects.filter(account__team=team).select_related("account", "same_as__account")
    post = get_object_or_404(posts, pk=number)
    return post.same_as or post


def same_posts(team: Team) -> dict[int, int]:
    """Post → the post it was found to be."""
    found = Post.objects.filter(account__team=team, same_as__isnull=False)
    return {number: head for number, head in found.values_list("pk", "same_as") if head}


def numbers_of_posts(names: Iterable[tuple[int, str]]) -> dict[tuple[int, str], int]:
    """The number of each known post, by its account and (fitted) key."""
    by_account: dict[int, list[str]] = defaultdict(list)
    for account, key in names:
        by_account[account].append(key)
    numbers: dict[tuple[int, str], int] = {}
    for account, keys in by_account.items():
        for start in range(0, len(keys), CHUNK):
            found = Post.objects.filter(account=account, key__in=keys[start : start + CHUNK])
            numbers |= {(account, key): pk for key, pk in found.values_list("key", "pk")}
    return numbers


def titles_of_posts(team: Team, numbers: Iterable[int]) -> dict[int, str]:
    """The title each was last told to have: of posts that are one, the newest."""
    wanted = sorted(set(numbers))
    titles: dict[int, str] = {}
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        found = Post.objects.filter(Q(pk__in=chunk) | Q(same_as__in=chunk), account__team=team)
        for number, head, title in found.order_by("pk").values_list("pk", "same_as", "title"):
            if title or number in chunk:
                titles[head if head in chunk else number] = title
    return titles


def words_in_use(team: Team, name: str) -> list[str]:
    """What the team already says of its posts under a name (series …), the most used first."""
    used = Post.objects.filter(account__team=team).exclude(**{name: ""}).values_list(name)
    return [word for word, _times in used.annotate(times=Count("pk")).order_by("-times", name)]
