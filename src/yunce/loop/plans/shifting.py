"""Moving a task's days as a whole, or one of its nodes. No Django."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from yunce.kit.timing import Timing, short
from yunce.kit.wording import gettext as _

MOST_DAYS = 62  # a longer move is a slip of the hand


class ShiftError(ValueError):
    """The days cannot be moved so; the message is a sentence for people."""


def shifted(timing: Timing, *, by: int = 0, grow: int = 0, node: date | None = None) -> Timing:
    """Everything ``by`` days later (or earlier), or one node; ``grow`` days longer at the end.

    A span never gets shorter than a day.

    >>> from yunce.kit.timing import write_timing
    >>> week = Timing(date(2025, 5, 12), date(2025, 5, 16))
    >>> write_timing(shifted(week, by=2)), write_timing(shifted(week, grow=-9))
    ('5/14–5/18', '5/12–5/12')
    """
    if abs(by) > MOST_DAYS or abs(grow) > MOST_DAYS:
        raise ShiftError(_("一次最多移动 %s 天。请直接改时间节点。") % MOST_DAYS)
    step = timedelta(days=by)
    if node is not None:
        return _with_node(timing, node, node + step)
    start, end = timing.starts_on, timing.ends_on
    if grow and not (start and end):
        raise ShiftError(_("只有一段时间才能拉长或缩短。请直接改时间节点。"))
    later = end + step + timedelta(days=grow) if end else None
    sooner = start + step if start else None
    if sooner and later:
        later = max(sooner, later)
    nodes = tuple(day + step for day in timing.nodes)
    return replace(timing, starts_on=sooner, ends_on=later, nodes=nodes)


def _with_node(timing: Timing, node: date, day: date) -> Timing:
    if node not in timing.nodes:
        raise ShiftError(_("这个任务已没有 %s 这个节点。请刷新页面。") % short(node))
    return replace(timing, nodes=tuple(sorted({*timing.nodes, day} - ({node} - {day}))))
