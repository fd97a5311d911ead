"""The important/urgent matrix of DOMAIN §3: derived, with the reasons said. No Django."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from yunce.kit.numbers import round_half_up
from yunce.kit.timing import Timing, short
from yunce.kit.wording import gettext as _

IMPORTANT_FROM = 3  # of 1–5
URGENT_SLACK = 1  # workdays that may lie between today and the node
# Share of the remaining gap a task closes → importance; below the last step it is 2.
STEPS = ((Decimal("0.5"), 5), (Decimal("0.25"), 4), (Decimal("0.1"), 3))


class Corner(StrEnum):
    """The four corners, in the order people work them off."""

    DO = "do"  # important and urgent
    SCHEDULE = "schedule"  # important
    DELEGATE = "delegate"  # urgent
    DROP = "drop"  # neither


@dataclass(frozen=True)
class Served:
    """One goal a task serves, as of the day."""

    name: str
    gap: Decimal | None  # what the must target still lacks; None: it does not add up, or no data
    amount: Decimal | None  # the expected contribution; None: nobody has said


@dataclass(frozen=True)
class Place:
    """Where a task stands in the matrix, and why."""

    corner: Corner
    importance: int
    is_urgent: bool
    reasons: tuple[str, ...]
    is_by_hand: bool = False


def importance_of(
    served: Sequence[Served], *, by_hand: int | None, parent: int | None = None
) -> tuple[int, str]:
    """1–5 with the reason: by hand, from the gap it closes, or from the goal it stands under."""
    if by_hand is not None:
        return by_hand, _("重要程度定为 %s") % by_hand
    judged = [_judged(one) for one in served]
    if judged:
        return max(judged)
    if parent is not None:
        return parent, _("随上级任务")
    return 2, _("不服务于本月目标")


def _judged(served: Served) -> tuple[int, str]:
    words = {"goal": served.name}
    if served.gap is not None and served.gap <= 0:
        return 2, _("「%(goal)s」已达必达") % words
    if served.amount is None or served.gap is None:
        return 3, _("服务于「%(goal)s」") % words
    share = served.amount / served.gap
    percent = min(round_half_up(share * 100), Decimal(100))
    reason = _("占「%(goal)s」剩余缺口的 %(share)s%%") % {**words, "share": percent}
    return next((score for least, score in STEPS if share >= least), 2), reason


def urgency_of(
    timing: Timing, today: date, *, workdays: Sequence[date], needs_days: int, waiting: int
) -> tuple[bool, str]:
    """Urgent when little time is left before the next node, or when others wait.

    ``workdays`` are the coming ones, today included; ``needs_days`` is what the work still takes.
    """
    if waiting:
        return True, _("卡住 %s 项任务") % waiting
    coming = next((day for day in timing.days if day >= today), None)
    if coming is None:
        return bool(timing.days), _("已过期") if timing.days else _("没有时间节点")
    if coming == today:
        return True, _("今天到节点")
    free = sum(today < day <= coming for day in workdays) + 1 - max(needs_days, 1)
    words = {"day": short(coming), "free": max(free, 0)}
    if free <= URGENT_SLACK:
        return True, _("%(day)s 到节点，只余 %(free)s 个工作日") % words
    return False, _("%(day)s 到节点，还余 %(free)s 个工作日") % words


def place_of(importance: tuple[int, str], urgency: tuple[bool, str], *, by_hand: str = "") -> Place:
    """The corner both lead to, unless people put the task elsewhere."""
    score, why_important = importance
    is_urgent, why_urgent = urgency
    derived = _corner(is_important=score >= IMPORTANT_FROM, is_urgent=is_urgent)
    reasons = (why_important, why_urgent)
    if not by_hand:
        return Place(derived, score, is_urgent, reasons)
    return Place(Corner(by_hand), score, is_urgent, (_("由人指定"), *reasons), is_by_hand=True)


def _corner(*, is_important: bool, is_urgent: bool) -> Corner:
    if is_important:
        return Corner.DO if is_urgent else Corner.SCHEDULE
    return Corner.DELEGATE if is_urgent else Corner.DROP
