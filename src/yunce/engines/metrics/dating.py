"""Facts of posts with the day each was published, and posts of the period without any fact."""

# ruff: noqa: S608 - only this package's own constants are put into statements
from __future__ import annotations

from collections.abc import Collection

from sqlglot import exp

from yunce.engines.metrics.choosing import KEY, Facts
from yunce.engines.metrics.definitions import Grain
from yunce.engines.metrics.keying import post_labels
from yunce.engines.metrics.query import ACCOUNT, PUBLISHED, SAME_AS
from yunce.engines.metrics.templating import select

_PUBLISHED_POSTS = f"""
    SELECT CAST(a.label AS BIGINT) AS account, p.post AS post, '' AS metric,
        CAST(p.label AS DATE) AS day, '' AS segment, NULLIF(1e0, 1e0) AS value
    FROM (SELECT post, label FROM posts WHERE team = :team AND name = '{PUBLISHED}'
        AND label BETWEEN CAST(CAST(:start AS DATE) AS VARCHAR)
            AND CAST(CAST(:end AS DATE) AS VARCHAR)) AS p
    JOIN (SELECT post, label FROM posts WHERE team = :team AND name = '{ACCOUNT}') AS a
        ON a.post = p.post
    LEFT JOIN (SELECT post, label FROM posts WHERE team = :team AND name = '{SAME_AS}') AS s
        ON s.post = p.post
    WHERE s.post IS NULL"""


def dated(facts: Facts, codes: Collection[str], days: str) -> exp.Select:
    """``days`` is a condition; of posts nobody knows the day of, ``published`` is NULL."""
    dates = select(post_labels(PUBLISHED), facts.dialect).subquery("dated")
    same = exp.column("post", "f").eq(exp.column("post", "dated"))
    cells = facts.cells(codes, Grain.POST, days=days, also=_published(facts))
    return cells.join(dates, on=same, join_type="left").select("dated.label AS published")


def _published(facts: Facts) -> exp.Select | None:
    """A row without a metric for each post known to be published in the period."""
    if "segment" in facts.keying.asked:
        return None
    posts = select(_PUBLISHED_POSTS, facts.dialect).subquery("f")
    return (
        exp.select(*(exp.column(name, "f") for name in (*KEY, "value")))
        .from_(posts)
        .where(*facts.keying.filters(labelled=False))
    )
