"""A task that comes again: the rule as people type it, and the days it names. No Django.

Rules are kept short: daily · workdays · weekly:1,3 (Monday, Wednesday) ·
monthly:15,-1 (the last day).
A month's plan writes a rule out as nodes, so every page that knows days knows these too.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from yunce.kit.months import Month
from yunce.kit.text import tidy
from yunce.kit.wording import gettext as _

WEEKDAYS = "一二三四五六日"
LAST = "-1"
MOST_IN_MONTH = 31

_WEEKLY = re.compile(r"每(?:周|星期)([一二三四五六日天](?:[、,，和]?[一二三四五六日天])*)")
_MONTHLY = re.compile(r"每月(.+)")
_DAY = re.compile(r"(\d{1,2})[日号]?")


class RecurrenceError(ValueError):
    """A typed rule cannot be understood; the message is a sentence for people."""


def read_recurrence(text: str) -> str:
    """The rule of a typed text; empty for none.

    >>> read_recurrence("每周一、三"), read_recurrence("每个工作日")
    ('weekly:1,3', 'workdays')
    >>> read_recurrence("每月15日、最后一天")
    'monthly:15,-1'
    """
    plain = tidy(text).replace(" ", "")
    if plain in ("", "—", "-", "不重复"):
        return ""
    if plain in ("每天", "每日"):
        return "daily"
    if plain in ("每个工作日", "工作日", "每工作日"):
        return "workdays"
    if weekly := _WEEKLY.fullmatch(plain):
        named = {WEEKDAYS.index(c.replace("天", "日")) + 1 for c in weekly[1] if c not in "、,，和"}
        return "weekly:" + ",".join(map(str, sorted(named)))
    if (monthly := _MONTHLY.fullmatch(plain)) and (days := _month_days(monthly[1])):
        return "monthly:" + ",".join(days)
    raise RecurrenceError(
        _("看不懂「%s」。请写 每天、每个工作日、每周一、三 或 每月 15 日、最后一天。") % text
    )


def _month_days(text: str) -> list[str]:
    days: list[str] = []
    for piece in re.split(r"[、,，和]", text):
        if piece in ("最后一天", "月末", "末日"):
            days.append(LAST)
        elif (day := _DAY.fullmatch(piece)) and 1 <= int(day[1]) <= MOST_IN_MONTH:
            days.append(str(int(day[1])))
        else:
            return []
    return sorted(set(days), key=lambda each: int(each) if each != LAST else MOST_IN_MONTH + 1)


def write_recurrence(rule: str) -> str:
    """The rule in words, so that `read_recurrence` reads it back.

    >>> write_recurrence("weekly:1,3"), write_recurrence("monthly:15,-1"), write_recurrence("")
    ('每周一、三', '每月15日、最后一天', '')
    """
    kind, _colon, named = rule.partition(":")
    if kind == "weekly":
        return "每周" + "、".join(WEEKDAYS[int(each) - 1] for each in named.split(","))
    if kind == "monthly":
        days = ("最后一天" if each == LAST else f"{each}日" for each in named.split(","))
        return "每月" + "、".join(days)
    return {"daily": "每天", "workdays": "每个工作日"}.get(kind, "")


def days_of(rule: str, month: Month, workdays: Collection[date]) -> tuple[date, ...]:
    """The days of a month a rule names; a day the month does not have is left out.

    >>> [day.day for day in days_of("weekly:5", Month(2025, 5), ())]
    [2, 9, 16, 23, 30]
    """
    kind, _colon, named = rule.partition(":")
    if kind == "daily":
        return tuple(month.days())
    if kind == "workdays":
        return tuple(day for day in month.days() if day in workdays)
    wanted = {int(each) for each in named.split(",") if each}
    if kind == "weekly":
        return tuple(day for day in month.days() if day.isoweekday() in wanted)
    last = month.last.day if -1 in wanted else 0
    return tuple(day for day in month.days() if day.day in wanted or day.day == last)
