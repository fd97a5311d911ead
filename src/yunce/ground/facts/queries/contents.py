"""Which posts did better than their own account's usual, and whether anything explains it.

``compare`` answers for pages and programs alike: posts ranked at equal age, and every way of
grouping them judged with what chance alone does taken out (engines.explain).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from yunce.engines.explain import (
    TRAITS,
    GroupEffects,
    RankedPost,
    group_effects,
    rank_posts,
    scores,
    title_traits,
)
from yunce.ground.facts.queries.equal_age import (
    AgedPost,
    days_of,
    newest_day,
    posts_at_age,
    values_of,
)
from yunce.ground.teams.models import Team

WINDOW = 90  # days of its account's posts a post is measured by
LEAST_EACH = 3  # posts of a group; fewer are not shown as a group
PERIODS = (30, 90, 180, 365)
SLOT = "slot"
GROUPINGS = ("form", "series", "topic", SLOT, *TRAITS)


@dataclass(frozen=True)
class Compared:
    """A post beside its account's others of the 90 days up to it."""

    post: AgedPost
    ranked: RankedPost
    place: int  # among its account's posts of the period, 1 = best
    of: int


@dataclass(frozen=True)
class Grouping:
    """One way to group the posts. Group names are raw words; of SLOT "weekday-hour"."""

    name: str  # of GROUPINGS
    effects: GroupEffects  # against the mean of all the posts
    counts: Mapping[str, int]  # posts with a number, also of groups too small to be judged
    unsaid: int  # posts of which nobody has said it


@dataclass(frozen=True)
class Contents:
    """What is known of the posts of a period."""

    start: date
    end: date
    posts: tuple[Compared, ...]  # with a number at that age; best first
    groupings: tuple[Grouping, ...]
    without: int  # posts too young, or not looked at around that age

    @property
    def has_multiples(self) -> bool:
        """Whether any account has enough posts to say more than a rank."""
        return any(each.ranked.multiple is not None for each in self.posts)


def compare(
    team: Team,
    *,
    metric: str,
    age: int,
    days: int,
    today: date,
    accounts: Sequence[int] = (),
) -> Contents | None:
    """The posts of the ``days`` up to the newest one; None when there is no post at all."""
    end = newest_day(team, accounts, until=today)
    if end is None:
        return None
    start = end - timedelta(days=days - 1)
    posts = posts_at_age(
        team,
        metric=metric,
        age=age,
        start=start - timedelta(days=WINDOW),
        end=end,
        today=today,
        accounts=accounts,
    )
    values, when = values_of(posts), days_of(posts)
    of_accounts = np.array([post.account for post in posts])
    ranked = [
        each for each in rank_posts(values, of_accounts, when) if posts[each.place].day >= start
    ]
    inside = [at for at, post in enumerate(posts) if post.day >= start]
    x = scores(values, of_accounts, when)[inside]
    asked = _words([posts[at] for at in inside])
    return Contents(
        start=start,
        end=end,
        posts=tuple(_placed(posts, ranked)),
        groupings=tuple(_grouping(name, words, x) for name, words in asked.items()),
        without=len(inside) - len(ranked),
    )


def _placed(posts: Sequence[AgedPost], ranked: Sequence[RankedPost]) -> Iterator[Compared]:
    """Each with its place among its account's posts of the period."""
    of_accounts: defaultdict[int, list[float]] = defaultdict(list)
    for each in ranked:
        of_accounts[posts[each.place].account].append(-each.value)
    for values in of_accounts.values():
        values.sort()
    for each in ranked:
        values = of_accounts[posts[each.place].account]
        place = bisect_left(values, -each.value) + 1
        yield Compared(posts[each.place], each, place, len(values))


def _grouping(name: str, words: Sequence[str], x: NDArray[np.float64]) -> Grouping:
    said = [at for at, word in enumerate(words) if word and np.isfinite(x[at])]
    named = [words[at] for at in said]
    effects = group_effects(x[said], named, min_groups=2, least_each=LEAST_EACH)
    unsaid = int(np.isfinite(x).sum()) - len(said)
    return Grouping(name, effects.against_all, Counter(named), unsaid)


def _words(posts: Sequence[AgedPost]) -> dict[str, list[str]]:
    """Grouping → the group each post is in; empty where nobody has said."""
    traits = [title_traits(post.title) for post in posts]
    return {
        "form": [post.form for post in posts],
        "series": [post.series for post in posts],
        "topic": [post.topic for post in posts],
        SLOT: [_slot(post) for post in posts],
        **{name: [each.get(name, "") for each in traits] for name in TRAITS},
    }


def _slot(post: AgedPost) -> str:
    moment = post.published_at
    return f"{moment.isoweekday()}-{moment.hour}" if post.has_hour else ""
