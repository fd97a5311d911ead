"""The typed-in grid of posts: posts × metrics of one account, as they stood on one day.

What is typed is a snapshot of that day, as an export of that day would be. Empty means unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yunce.engines.metrics import Grain, Kind, Metric, StoredRow
from yunce.ground.facts.models import Post
from yunce.ground.imports.gridding import Statement, Typed, is_changed, seen_mark, shown, told
from yunce.ground.imports.rules import stored_metrics

DEFAULT_METRICS = ("post_views", "post_likes", "post_comments", "post_shares", "post_saves")
MAX_METRICS = 12
MOST_POSTS = 60  # rows of one page
PostPlace = tuple[str, int]  # metric code and post


@dataclass(frozen=True)
class PostCell:
    """One input."""

    metric: Metric
    post: Post
    text: str
    seen: str
    error: str = ""
    theirs: str = ""  # what somebody else made of it meanwhile, as shown
    who: str = ""
    told: str = ""  # where the number that stands here comes from

    @property
    def name(self) -> str:
        return post_cell_name(self.metric.code, self.post.pk)

    @property
    def label(self) -> str:
        words = {"title": self.post.title or _("无标题"), "metric": self.metric.name}
        return _("%(title)s %(metric)s") % words

    @property
    def their_text(self) -> str:
        return self.theirs if self.seen else ""

    @property
    def mine(self) -> str:
        return self.text or _("清空")

    @property
    def is_wrong(self) -> bool:
        return bool(self.error or self.theirs)


@dataclass(frozen=True)
class PostRow:
    post: Post
    cells: tuple[PostCell, ...]


def post_cell_name(metric: str, post: int) -> str:
    return f"{metric}.{post}"


def post_grid_metrics() -> dict[str, Metric]:
    """What may be typed of a post: its snapshots, and the means a platform shows beside them."""
    kinds = (Kind.SNAPSHOT, Kind.MEAN)
    return {
        code: metric
        for code, metric in stored_metrics().items()
        if metric.grain is Grain.POST and metric.kind in kinds
    }


def chosen_post_metrics(asked: Iterable[str], known: Iterable[str]) -> list[Metric]:
    """Those asked for; else those the account's posts have; else what every platform shows."""
    metrics = post_grid_metrics()
    wanted = [code for code in dict.fromkeys(asked) if code in metrics]
    has = set(known)
    codes = wanted or [code for code in metrics if code in has] or list(DEFAULT_METRICS)
    return [metrics[code] for code in codes[:MAX_METRICS]]


def post_rows(
    posts: Iterable[Post],
    metrics: Sequence[Metric],
    stored: Mapping[PostPlace, StoredRow],
    said: Mapping[PostPlace, Sequence[Statement]],
    *,
    typed: Mapping[PostPlace, Typed],
    wrong: Mapping[PostPlace, PostCell],
) -> list[PostRow]:
    """The grid, holding what was typed and what is wrong with it."""
    return [
        PostRow(
            post,
            tuple(
                wrong.get((m.code, post.pk)) or _cell(m, post, stored, said, typed) for m in metrics
            ),
        )
        for post in posts
    ]


def _cell(
    metric: Metric,
    post: Post,
    stored: Mapping[PostPlace, StoredRow],
    said: Mapping[PostPlace, Sequence[Statement]],
    typed: Mapping[PostPlace, Typed],
) -> PostCell:
    place = (metric.code, post.pk)
    row, kept = stored.get(place), typed.get(place)
    value = row.value if row else None
    text = kept.text if kept and is_changed(metric, kept) else shown(metric, value)
    return PostCell(metric, post, text, seen_mark(value), told=told(metric, said.get(place, ())))
