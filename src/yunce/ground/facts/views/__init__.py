"""Pages of definitions, of the rows behind a number, and of what is there and what is missing."""

from __future__ import annotations

from yunce.ground.facts.views._coverage import coverage, reclose, restatements
from yunce.ground.facts.views._definitions import metric, metrics
from yunce.ground.facts.views._own_metrics import change_metric, new_metric, preview_metric
from yunce.ground.facts.views._posts import (
    answer_doubt,
    describe_posts,
    merge_posts,
    post,
    posts,
    split_post,
)
from yunce.ground.facts.views._rows import rows

__all__ = [
    "answer_doubt",
    "change_metric",
    "coverage",
    "describe_posts",
    "merge_posts",
    "metric",
    "metrics",
    "new_metric",
    "post",
    "posts",
    "preview_metric",
    "reclose",
    "restatements",
    "rows",
    "split_post",
]
