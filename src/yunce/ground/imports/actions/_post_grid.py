"""Numbers of posts typed by hand: all the changed cells of a page in one batch, or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yunce.engines.metrics import FactKey, FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts import actions as facts
from yunce.ground.facts.actions import Recorded, Source
from yunce.ground.facts.models import BatchKind, Post
from yunce.ground.facts.queries import post_values
from yunce.ground.imports.actions._uploads import own_account
from yunce.ground.imports.gridding import (
    Typed,
    is_changed,
    may_be_cleared,
    read_cell,
    seen_mark,
    shown,
    value_beneath,
)
from yunce.ground.imports.post_gridding import PostCell, PostPlace, post_grid_metrics
from yunce.ground.imports.telling import post_statements, who_said
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability

Wrong = Mapping[PostPlace, PostCell]


@dataclass(frozen=True)
class PostGridSaved:
    """What came of a page of typed numbers."""

    recorded: Recorded | None  # None: nothing was written
    wrong: Wrong = field(default_factory=dict)  # cells to look at again


class _Overtaken(Exception):  # noqa: N818 - not an error: two people, one cell
    def __init__(self, wrong: Wrong) -> None:
        self.wrong = wrong


def save_post_grid(
    *,
    access: Access,
    account: Account,
    day: date,
    typed: Mapping[PostPlace, Typed],
    today: date,
) -> PostGridSaved:
    """Write what was changed, as snapshots of ``day``. One wrong or overtaken cell, and nothing is.

    MonthClosedError when the day's month is closed.
    """
    access.require(Capability.RECORD)
    own_account(access, account)
    posts = _posts(account, typed)
    metrics = post_grid_metrics()
    changed = {place: cell for place, cell in typed.items() if is_changed(metrics[place[0]], cell)}
    emptied = {place for place, cell in changed.items() if not cell.text.strip()}
    values, wrong = _read(changed, emptied, posts, is_future=day > today)
    wrong |= _not_typed(account, day, changed, emptied, posts)
    wanted: dict[PostPlace, float | None] = {**values, **dict.fromkeys(emptied)}
    both = _overtaken(account, day, changed, wanted, posts)
    if not changed or wrong:
        return PostGridSaved(None, {**wrong, **both})

    def beneath() -> dict[PostPlace, float | None]:
        now = post_statements(account, emptied, day)
        return {place: value_beneath(now.get(place, ())) for place in emptied}

    def rows(_numbers: object) -> list[FactRow]:
        """Asked for while nobody else can write."""
        if found := _overtaken(account, day, changed, wanted, posts):
            raise _Overtaken(found)
        stated = values | {place: v for place, v in beneath().items() if v is not None}
        return [_row(account, place, day, value) for place, value in stated.items()]

    def taken() -> list[FactKey]:
        gone = (place for place, value in beneath().items() if value is None)
        return [_row(account, place, day, 0.0).key for place in gone]

    source = Source(kind=BatchKind.GRID, account=account, platform=account.platform)
    try:
        return PostGridSaved(
            facts.record(team=access.team, by=access.user, source=source, rows=rows, taken=taken)
        )
    except _Overtaken as found:
        return PostGridSaved(None, found.wrong)


def _row(account: Account, place: PostPlace, day: date, value: float) -> FactRow:
    code, post = place
    return FactRow(account.team_id, account.pk, post, code, day, "", value)


def _posts(account: Account, typed: Mapping[PostPlace, Typed]) -> dict[int, Post]:
    """The posts named; ValidationError when one is not the account's, or a metric is unknown."""
    wanted = {post for _code, post in typed}
    posts = Post.objects.filter(account=account, pk__in=wanted).in_bulk()
    known = post_grid_metrics()
    if len(posts) < len(wanted) or any(code not in known for code, _post in typed):
        raise ValidationError(_("表格里有不属于这个账号的作品，请刷新页面再填。"))
    return posts


def _read(
    changed: Mapping[PostPlace, Typed],
    emptied: set[PostPlace],
    posts: Mapping[int, Post],
    *,
    is_future: bool,
) -> tuple[dict[PostPlace, float], dict[PostPlace, PostCell]]:
    values: dict[PostPlace, float] = {}
    wrong: dict[PostPlace, PostCell] = {}
    for place, cell in changed.items():
        if place in emptied:
            continue
        try:
            values[place] = read_cell(post_grid_metrics()[place[0]], cell, is_future=is_future)
        except ValueError as error:
            wrong[place] = _again(place, cell, posts, error=str(error))
    return values, wrong


def _not_typed(
    account: Account,
    day: date,
    changed: Mapping[PostPlace, Typed],
    emptied: set[PostPlace],
    posts: Mapping[int, Post],
) -> dict[PostPlace, PostCell]:
    """A number only a file told cannot be emptied by typing."""
    said = post_statements(account, emptied, day)
    sentence = _("这个数是文件里的，不能在这里清空。要去掉它，请到「数据导入」撤销写入它的那一批。")
    return {
        place: _again(place, changed[place], posts, error=sentence)
        for place in emptied
        if said.get(place) and not may_be_cleared(said[place])
    }


def _overtaken(
    account: Account,
    day: date,
    changed: Mapping[PostPlace, Typed],
    wanted: Mapping[PostPlace, float | None],
    posts: Mapping[int, Post],
) -> dict[PostPlace, PostCell]:
    """Cells somebody else has changed since the page was made; saving once more says «mine»."""
    stored = post_values(account, {code for code, _post in wanted}, day=day)
    found: dict[PostPlace, PostCell] = {}
    for place, value in wanted.items():
        row, cell = stored.get(place), changed[place]
        now = row.value if row else None
        if seen_mark(now) == cell.seen or now == value:
            continue
        metric = post_grid_metrics()[place[0]]
        found[place] = PostCell(
            metric,
            posts[place[1]],
            cell.text.strip(),
            seen_mark(now),
            theirs=shown(metric, now) or _("没有数"),
            who=who_said(row.batch) if row else "",
        )
    return found


def _again(place: PostPlace, cell: Typed, posts: Mapping[int, Post], *, error: str) -> PostCell:
    """The cell as it came; one that was emptied gets its number back."""
    metric = post_grid_metrics()[place[0]]
    text = cell.text.strip() or shown(metric, float(cell.seen) if cell.seen else None)
    return PostCell(metric, posts[place[1]], text, cell.seen, error=error)
