"""The rows of a table whose columns are known → posts, facts and problems.

A row is never half-guessed: a cell that cannot be read is listed and left out, the rest of its
row is taken. Only a row nobody could place (no day, neither title nor publish time) is lost whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

from yunce.engines.platforms._base import Role
from yunce.engines.platforms._cells import CellError, is_missing
from yunce.engines.platforms._days import read_moment
from yunce.engines.platforms._findings import Findings
from yunce.engines.platforms._layout import Layout, Row, is_no_data, is_total, is_whole
from yunce.engines.platforms._parsed import ParsedPost
from yunce.engines.platforms._values import Belonging, read_named, read_values, segment_of
from yunce.engines.platforms._warnings import warn_of_row
from yunce.kit.text import comparable
from yunce.kit.wording import gettext as _

PIECES = {"图文": "pieces_article", "视频": "pieces_video"}
Seen = dict[tuple[str, str], list[Row]]  # rows by post and segment
Place = tuple[str, date, str]  # a post's key (empty: the account), a day, a segment
Kind = Literal["data", "whole", "total", "none"]


def natural_key(published_at: datetime | None, title: str) -> str:
    """What makes a post the same post in two exports that carry no id.

    >>> natural_key(datetime(2026, 7, 11, 3, 9, 5), "每日 AI资讯")
    '2026-07-11T03:09:05|每日 ai资讯'
    """
    moment = published_at.replace(tzinfo=None).isoformat() if published_at else ""
    return f"{moment}|{comparable(title)}"


def read_rows(layout: Layout, rows: Iterable[tuple[int, Row]], *, findings: Findings) -> None:
    """Read numbered rows (1-based, as the sheet shows them) below a header, one by one."""
    seen: Seen = {}
    for number, sheet_row in rows:
        row = layout.cut(sheet_row)
        if row.count(None) == len(row):
            continue
        kind = _kind(layout, findings, row)
        if kind in ("whole", "total"):
            findings.totals.append((number, row))
        if kind in ("total", "none"):
            findings.ignored += 1
        elif layout.has_posts:
            _read_post(layout, findings, number, row, seen)
        else:
            _read_plain(layout, findings, number, row)


def _kind(layout: Layout, findings: Findings, row: Row) -> Kind:
    """What a row that is not empty holds."""
    if is_whole(layout, row):
        return "whole"
    if _is_dated_as_before(layout, findings, row):
        return "data"
    if is_total(layout, row):
        return "total"
    return "none" if is_no_data(layout, row) else "data"


def place_of(layout: Layout, row: Row, known: Findings) -> Place | None:
    """Where a row's values would belong; None when it has none. ``known`` is only a memory."""
    if row.count(None) == len(row) or _kind(layout, known, row) in ("total", "none"):
        return None
    post = _post(layout, known, 0, row) if layout.has_posts else None
    moment = _read_moment(layout, known, 0, row, "date") if layout.has_days else None
    if (layout.has_posts and post is None) or (layout.has_days and moment is None):
        return None
    segment = segment_of(layout, row, moment)
    if segment is None:
        return None
    return post.key if post else "", moment.date() if moment else layout.captured_on, segment


def _is_dated_as_before(layout: Layout, findings: Findings, row: Row) -> bool:
    """Its day was read in a row above: neither a total nor a header. Quick, for long tables."""
    if not layout.tells_by_day:
        return False
    cell = layout.cell(row, "date")
    return cell in findings.moments and isinstance(cell, str) and cell.strip()[:1].isdigit()


def _read_plain(layout: Layout, findings: Findings, number: int, row: Row) -> None:
    """A row of the account, or of the one post the file is about."""
    moment = _read_moment(layout, findings, number, row, "date") if layout.has_days else None
    if layout.has_days and moment is None:
        return
    segment = _segment(layout, findings, number, row, moment)
    if segment is None:
        return
    if moment and layout.post is None:
        findings.days.add(moment.date())
    post = layout.post.key if layout.post else None
    if layout.post and layout.post.key not in findings.posts:
        findings.add_post(number, layout.post)
    day = moment.date() if moment else layout.captured_on
    about = Belonging(day=day, post=post, segment=segment)
    if layout.names:
        read_named(layout, findings, number, row, about)
        return
    warn_of_row(layout, findings, number, read_values(layout, findings, number, row, about))


def _segment(
    layout: Layout, findings: Findings, number: int, row: Row, moment: datetime | None
) -> str | None:
    segment = segment_of(layout, row, moment)
    if segment is None:
        column = layout.segments[0]
        message = _("这一行没有写明「{header}」").format(header=column.header)
        hint = _("这一行没有导入。请补上，整体的数请写「全部」。")
        findings.problem(number, column, "", message, hint)
    return segment


def _read_post(
    layout: Layout,
    findings: Findings,
    number: int,
    row: Row,
    seen: Seen,
) -> None:
    post = _post(layout, findings, number, row)
    moment = _read_moment(layout, findings, number, row, "date") if layout.has_days else None
    if post is None or (layout.has_days and moment is None):
        return
    segment = _segment(layout, findings, number, row, moment)
    if segment is None:
        return
    if not layout.has_days:  # with a date column, one row per post and day is what to expect
        earlier = seen.setdefault((post.key, segment), [])
        if row in earlier:
            findings.ignored += 1
            _warn_twice(layout, findings, number, post, same=True)
            return
        earlier.append(row)
        if len(earlier) > 1:
            # Two ids are two posts, whatever their titles.
            if post.platform_id == findings.posts[post.key].platform_id:
                _warn_twice(layout, findings, number, post, same=False)
            post = findings.numbered(post)
    if post.key not in findings.posts:
        findings.add_post(number, post)
        _count_piece(layout, findings, number, post)
    day = moment.date() if moment else layout.captured_on
    about = Belonging(day=day, post=post.key, segment=segment)
    warn_of_row(layout, findings, number, read_values(layout, findings, number, row, about))


def _post(layout: Layout, findings: Findings, number: int, row: Row) -> ParsedPost | None:
    title = layout.text(row, "title")
    published_at = None
    if layout.column("published") and (title or not is_missing(layout.cell(row, "published"))):
        published_at = _read_moment(layout, findings, number, row, "published")
    platform_id = layout.text(row, "id")
    if not title and published_at is None and not platform_id:
        message = _("既没有标题也没有发布时间，认不出是哪条内容")
        findings.problem(number, None, "", message, _("这一行没有导入。请补上标题或发布时间。"))
        return None
    return ParsedPost(
        key=natural_key(published_at, title) if title or published_at else f"id:{platform_id}",
        title=title,
        published_at=published_at,
        form=form_of(layout.text(row, "form")),
        platform_id=platform_id,
        url=layout.text(row, "url"),
    )


def form_of(text: str) -> str:
    """1min-视频 and 1-3min视频 are both 视频; words we do not know stay as they are."""
    if text.endswith("视频"):
        return "视频"
    return "图文" if text in ("图文", "文章", "图集") else text


def _warn_twice(
    layout: Layout, findings: Findings, number: int, post: ParsedPost, *, same: bool
) -> None:
    message = _("「{title}」和前面一行的发布时间、标题完全相同").format(title=post.title)
    hint = (
        _("整行都相同，只算一次，不用处理。")
        if same
        else _("数值不同，已当作两条内容导入。如果是同一条，请删去其中一行后重新上传。")
    )
    column = layout.column("title") or layout.column("published")
    findings.problem(number, column, post.title, message, hint, severity="warning")


def _count_piece(layout: Layout, findings: Findings, number: int, post: ParsedPost) -> None:
    """A published post is one piece on the day it came out."""
    column = layout.column("published")
    if column is None or post.published_at is None:
        return
    day = post.published_at.date()
    findings.days.add(day)
    for metric in filter(None, ("pieces", PIECES.get(post.form))):
        findings.add_fact(number, column, 1.0, day=day, post=post.key, metric=metric)


def _read_moment(
    layout: Layout, findings: Findings, number: int, row: Row, role: Role
) -> datetime | None:
    cell, column = layout.cell(row, role), layout.column(role)
    assert column is not None  # noqa: S101 - callers ask for columns the layout has
    if isinstance(cell, str) and cell in findings.moments:
        return findings.moments[cell]
    if is_missing(cell):
        _no_moment(findings, number, layout, role)
        return None
    try:
        moment = read_moment(cell, today=layout.today)
    except CellError as error:
        findings.unusable(number, column, cell, error)
        return None
    if isinstance(cell, str):
        findings.moments[cell] = moment
    return moment


def _no_moment(findings: Findings, number: int, layout: Layout, role: Role) -> None:
    if role == "date":
        message, hint = _("这一行没有日期"), _("这一行没有导入。请补上日期，如 2026-03-14。")
        findings.problem(number, layout.column(role), "", message, hint)
        return
    message = _("这条内容没有发布时间")
    hint = _("数值已导入，但不计入发布当天的篇数。请补上发布时间后重新上传。")
    findings.problem(number, layout.column(role), "", message, hint, severity="warning")
