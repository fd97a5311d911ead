"""Every write of facts: batches, what is said of posts, closed months, a team's own metrics."""

from __future__ import annotations

from yunce.ground.facts.actions._checking import check_data
from yunce.ground.facts.actions._closing import close_month, reclose_month, reopen_month
from yunce.ground.facts.actions._describing import describe_post, describe_posts
from yunce.ground.facts.actions._merging import (
    answer_doubt,
    dismiss_doubt,
    merge_posts,
    split_post,
)
from yunce.ground.facts.actions._own_metrics import retire_metric, save_metric
from yunce.ground.facts.actions._recording import (
    BeginHook,
    MonthClosedError,
    Recorded,
    RowMaker,
    Source,
    record,
)
from yunce.ground.facts.actions._recovering import forget_team, recover
from yunce.ground.facts.actions._undoing import undo
from yunce.ground.facts.queries.numbering import PostNumbers
from yunce.ground.facts.seen import SeenPost

__all__ = [
    "BeginHook",
    "MonthClosedError",
    "PostNumbers",
    "Recorded",
    "RowMaker",
    "SeenPost",
    "Source",
    "answer_doubt",
    "check_data",
    "close_month",
    "describe_post",
    "describe_posts",
    "dismiss_doubt",
    "forget_team",
    "merge_posts",
    "reclose_month",
    "record",
    "recover",
    "reopen_month",
    "retire_metric",
    "save_metric",
    "split_post",
    "undo",
]
