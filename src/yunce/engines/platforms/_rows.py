"""The rows of a table whose columns are known → posts, facts and problems.

A row is never half-guessed: a cell that cannot be read is listed and left out, the rest of its
row is taken. Only a row nobody could place (no day, neither title nor publish time) is lost whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from yunce.engines.platforms._base import Role
from yunce.engines.platforms._cells import CellError, is_missing, read_value, shown
from yunce.engines.platforms._days import read_moment
from yunce.engines.platforms._findings import Findings
from yunce.engines.platforms._layout import Layout, Row, is_left_out
from yunce.engines.platforms._parsed import ParsedPost
from yunce.kit.text import comparable
from yunce.kit.wording import gettext as _

# Metrics of one row that cannot outgrow another: (the smaller, the larger).
_BOUNDS = (("post_likes", "post_views"), ("likes", "reads"))
_PIECES = {"图文": "pieces_article", "视频": "pieces_video"}


def natural_key(published_at: datetime | None, title: str) -> str:
    """What makes a post the same post in two exports that carry no id.

    >>> natural_key(datetime(2026, 7, 11, 3, 9, 5), "每日 AI资讯")
    '2026-07-11T03:09:05|每日 ai资讯'
    """
    moment = published_at.replace(tzinfo=None).isoformat() if published_at else ""
    return f"{moment}|{comparable(title)}"


def read_rows(layout: Layout, rows: Iterable[tuple[int, Row]], *, sheet: str) -> Findings:
    """Read numbered rows (1-based, as the sheet shows them) below a header."""
    findings = Findings(sheet)
    seen: dict[str, list[Row]] = {}
    for number, row in rows:
        if all(cell is None for cell in row):
            continue
        if is_left_out(layout, row):
            findings.ignored += 1
        elif layout.has_posts:
            _read_post(layout, findings, number, row, seen)
        else:
            _read_day(layout, findings, number, row)
    return findings


def _read_day(layout: Layout, findings: Findings, number: int, row: Row) -> None:
    moment = _read_moment(layout, findings, number, row, "date")
    if moment is None:
        return
    findings.days.add(moment.date())
    _read_values(layout, findings, number, row, moment=moment, post=None)


def _read_post(
    layout: Layout, findings: Findings, number: int, row: Row, seen: dict[str, list[Row]]
) -> None:
    post = _post(layout, findings, number, row)
    moment = _read_moment(layout, findings, number, row, "date") if layout.has_days else None
    if post is None or (layout.has_days and moment is None):
        return
    if not layout.has_days:  # with a date column, one row per post and day is what to expect
        earlier = seen.setdefault(post.key, [])
        if row in earlier:
            findings.ignored += 1
            _warn_twice(layout, findings, number, post, same=True)
            return
        earlier.append(row)
        if len(earlier) > 1:
            _warn_twice(layout, findings, number, post, same=False)
            post = findings.numbered(post)
    if post.key not in findings.posts:
        findings.posts[post.key] = post
        _count_piece(layout, findings, number, post)
    _read_values(layout, findings, number, row, moment=moment, post=post.key)


def _post(layout: Layout, findings: Findings, number: int, row: Row) -> ParsedPost | None:
    title = layout.text(row, "title")
    published_at = None
    if layout.column("published") and (title or not is_missing(layout.cell(row, "published"))):
        published_at = _read_moment(layout, findings, number, row, "published")
    if not title and published_at is None:
        message = _("既没有标题也没有发布时间，认不出是哪条内容")
        findings.problem(number, None, "", message, _("这一行没有导入。请补上标题或发布时间。"))
        return None
    return ParsedPost(
        key=natural_key(published_at, title),
        title=title,
        published_at=published_at,
        form=_form(layout.text(row, "form")),
        platform_id=layout.text(row, "id"),
        url=layout.text(row, "url"),
    )


def _form(text: str) -> str:
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
    for metric in filter(None, ("pieces", _PIECES.get(post.form))):
        findings.add_fact(number, column, 1.0, day=day, post=post.key, metric=metric)


def _read_moment(
    layout: Layout, findings: Findings, number: int, row: Row, role: Role
) -> datetime | None:
    cell, column = layout.cell(row, role), layout.column(role)
    assert column is not None  # noqa: S101 - callers ask for columns the layout has
    if is_missing(cell):
        _no_moment(findings, number, layout, role)
        return None
    try:
        return read_moment(cell, today=layout.today)
    except CellError as error:
        findings.unusable(number, column, cell, error)
        return None


def _no_moment(findings: Findings, number: int, layout: Layout, role: Role) -> None:
    if role == "date":
        message, hint = _("这一行没有日期"), _("这一行没有导入。请补上日期，如 2026-03-14。")
        findings.problem(number, layout.column(role), "", message, hint)
        return
    message = _("这条内容没有发布时间")
    hint = _("数值已导入，但不计入发布当天的篇数。请补上发布时间后重新上传。")
    findings.problem(number, layout.column(role), "", message, hint, severity="warning")


def _read_values(
    layout: Layout,
    findings: Findings,
    number: int,
    row: Row,
    *,
    moment: datetime | None,
    post: str | None,
) -> None:
    day = moment.date() if moment else layout.captured_on
    values: dict[str, float] = {}
    for column in layout.metrics:
        cell = row[column.index]
        if is_missing(cell):
            continue
        try:
            value = read_value(cell, column.scale)
            if value < 0 and not column.signed:
                raise CellError(_("这个数不会小于 0"), _("请核对后改正。"))
        except CellError as error:
            findings.unusable(number, column, cell, error)
            continue
        values[column.metric] = value
        findings.add_fact(number, column, value, day=day, post=post)
    _warn_out_of_bounds(layout, findings, number, values)


def _warn_out_of_bounds(
    layout: Layout, findings: Findings, number: int, values: dict[str, float]
) -> None:
    headers = {column.metric: column for column in layout.metrics}
    for small, large in _BOUNDS:
        if small in values and large in values and values[small] > values[large]:
            message = _("「{small}」{a} 大于「{large}」{b}").format(
                small=headers[small].header,
                large=headers[large].header,
                a=shown(values[small]),
                b=shown(values[large]),
            )
            hint = _("数值已按文件导入。请核对这两列有没有对错，或平台数据是否还在更新。")
            findings.problem(
                number, headers[small], shown(values[small]), message, hint, severity="warning"
            )
