"""What the fact store is told of posts, so that questions can be split by form or age.

The rows here are the truth; the store keeps a copy that may be made anew at any time.
"""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone

from yunce.ground.facts.access import fact_store
from yunce.ground.facts.models import Post
from yunce.ground.facts.queries.numbering import apart
from yunce.ground.facts.rules import CHUNK

Attributes = dict[str, str]
_TOLD_TOGETHER = 20_000  # posts; each time the store looks through all it knows
WRITTEN = ("form", "series", "topic", "author")
ATTRIBUTES = (*WRITTEN, "original")


def remember(team_id: int, numbers: Collection[int]) -> None:
    """Tell the store of these posts as they are now; those that are gone it forgets."""
    if not numbers:
        return
    ordered = sorted({*numbers, *_others_of(team_id, numbers)})
    for part in apart(ordered, _TOLD_TOGETHER):
        known: dict[int, Attributes] = {number: {} for number in part}
        for few in apart(part, CHUNK):
            known |= _described(team_id, pk__in=few)
        fact_store().remember_posts(team_id, known)


def _others_of(team_id: int, numbers: Collection[int]) -> list[int]:
    """What is said of a post holds for the ones that are the same."""
    pairs = Post.objects.filter(account__team=team_id, same_as__isnull=False)
    asked = set(numbers)
    return [number for number, head in pairs.values_list("pk", "same_as") if head in asked]


def mend_posts() -> int:
    """Make the store's copy agree with the rows; the number of posts it told of."""
    by_rows = set(Post.objects.values_list("account__team", flat=True).distinct())
    return sum(_mend(team_id) for team_id in sorted(by_rows | fact_store().described_teams()))


def _mend(team_id: int) -> int:
    wanted = _described(team_id)
    said = fact_store().remembered_posts(team=team_id)
    wrong = {
        number: wanted.get(number, {})
        for number in wanted.keys() | said.keys()
        if wanted.get(number, {}) != said.get(number, {})
    }
    if wrong:
        fact_store().remember_posts(team_id, wrong)
    return len(wrong)


def _described(team_id: int, **narrower: object) -> dict[int, Attributes]:
    wanted = (*ATTRIBUTES, "published_at", "account")
    posts = Post.objects.filter(account__team=team_id, **narrower).select_related("same_as")
    posts = posts.only(*wanted, *(f"same_as__{name}" for name in wanted))
    return {post.pk: attributes_of(post) for post in posts}


def attributes_of(post: Post) -> Attributes:
    """Under the store's names; what is not known is left out. The day is the platforms' day.

    One that is the same as another is described as that other is.
    """
    if post.same_as:
        return {**attributes_of(post.same_as), "same_as": str(post.same_as_id)}
    words: dict[str, str] = {name: getattr(post, name) for name in WRITTEN}
    words["account"] = str(post.account_id)
    if post.original is not None:
        words["original"] = "yes" if post.original else "no"
    if post.published_at:
        words["published"] = timezone.localtime(post.published_at).date().isoformat()
    return {name: label for name, label in words.items() if label}
