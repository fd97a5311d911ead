"""What the fact store is told of posts, so that questions can be split by form or age.

The rows here are the truth; the store keeps a copy that may be made anew at any time.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from yunce.ground.facts.access import fact_store
from yunce.ground.facts.models import Post
from yunce.ground.facts.rules import CHUNK

Attributes = dict[str, str]


def remember(team_id: int, numbers: Collection[int]) -> None:
    """Tell the store of these posts as they are now; those that are gone it forgets."""
    if not numbers:
        return
    known: dict[int, Attributes] = {number: {} for number in numbers}
    ordered = sorted(numbers)
    for start in range(0, len(ordered), CHUNK):
        known |= _described(team_id, pk__in=ordered[start : start + CHUNK])
    fact_store().remember_posts(team_id, known)


def mend_posts() -> int:
    """Make the store's copy agree with the rows; the number of posts it told of."""
    by_rows = set(Post.objects.values_list("account__team", flat=True).distinct())
    return sum(_mend(team_id) for team_id in sorted(by_rows | fact_store().teams()))


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
    posts = Post.objects.filter(account__team=team_id, **narrower)
    return {
        number: attributes_of(form, published_at)
        for number, form, published_at in posts.values_list("pk", "form", "published_at")
    }


def attributes_of(form: str, published_at: datetime | None) -> Attributes:
    """Under the store's names; what is not known is left out. The day is the platforms' day."""
    published = timezone.localtime(published_at).date().isoformat() if published_at else ""
    known = {"form": form, "published": published}
    return {name: label for name, label in known.items() if label}
