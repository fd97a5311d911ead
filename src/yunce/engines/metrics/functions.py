"""The functions a formula may call: on numbers, and over the posts of the period.

A function of posts stands in a formula like a metric: stores work it out (gathering), and formulas
take the result. It takes stored cumulative numbers of posts (snapshots) alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from yunce.engines.metrics.definitions import Kind


@dataclass(frozen=True)
class Function:
    """One word of the formula language with what it takes in its brackets."""

    name: str
    example: str  # how it is written, for messages
    takes: int  # values in the brackets
    numbers: int = 0  # of them plain whole numbers, standing last
    apply: Callable[[float], float | None] | None = None  # of one number; None = stores do it
    of_posts: bool = False
    takes_sums: bool = False  # of posts: the value may itself be calculated, post by post
    kind: Kind = Kind.RATIO  # how its result adds up; a ratio does not


def _ln(value: float) -> float | None:
    return math.log(value) if value > 0 else None


FUNCTIONS: Mapping[str, Function] = {
    function.name: function
    for function in (
        Function("ln", "ln(reads + 1)", 1, apply=_ln),
        Function("square", "square(reads)", 1, apply=lambda value: value * value),
        Function("days", "days()", 0),
        # Of the posts published in the period: the last known values added, the highest, how many.
        Function(
            "posts_sum",
            "posts_sum(post_views)",
            1,
            of_posts=True,
            takes_sums=True,
            kind=Kind.SNAPSHOT,
        ),
        Function("posts_max", "posts_max(post_views)", 1, of_posts=True, takes_sums=True),
        Function("posts_count", "posts_count(post_views)", 1, of_posts=True, kind=Kind.FLOW),
        # The value so many days after publication, taken at most so many days late.
        Function(
            "at_age",
            "at_age(post_views, 7, 1)",
            3,
            numbers=2,
            of_posts=True,
            kind=Kind.SNAPSHOT,
        ),
        # Last value of the period less the last one before it.
        Function("growth", "growth(post_views)", 1, of_posts=True, kind=Kind.FLOW),
    )
}
