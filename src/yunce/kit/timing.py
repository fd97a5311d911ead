"""The 时间节点 cell: reading the days people type, writing them in the house style. No Django.

The words here (日, 号, 至, 每周五 …) are what people type: data, not interface text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from yunce.kit.months import Month
from yunce.kit.text import tidy
from yunce.kit.wording import gettext as _

DASH = "–"  # en dash between two days
WORDS_LENGTH = 20  # letters that may follow 「5/26 前」
WEEKDAYS = "一二三四五六日"

# 2025-05-10 · 5/10 · 5月10日 · 10 日. Only after a year does a hyphen part month and day:
# 1-30 is a span.
_DAY = (
    r"(?:(?P<{0}y>\d{{4}})\s*[-/.年]\s*)?"
    r"(?:(?P<{0}m>\d{{1,2}})\s*(?({0}y)[-/.月]|[/.月])\s*)?"
    r"(?P<{0}d>\d{{1,2}})\s*[日号]?(?({0}y)(?({0}m)|(?!)))"
)
_FIRST, _SECOND = _DAY.format("a"), _DAY.format("b")
_ONE = re.compile(_FIRST)
_SPAN = re.compile(rf"{_FIRST}\s*(?:-|~|至|到)\s*{_SECOND}")
_BEFORE = re.compile(rf"{_FIRST}\s*(?:之前|以前|前)(?P<words>[^\d/]*)")
_FROM = re.compile(rf"{_FIRST}\s*(?:起|开始)")
_DAILY = re.compile(r"(?:每日|每天)[:：]?\s*")
_WEEKLY = re.compile(r"每(?:周|星期)([一二三四五六日天])")
_SEPARATORS = re.compile(r"\s*[、,;；。]\s*")
_DASHES = str.maketrans(dict.fromkeys("–—－~～−", "-"))


class TimingError(ValueError):
    """The text of a 时间节点 cell cannot be understood; the message is a sentence for people."""


@dataclass(frozen=True)
class Timing:
    """When a task happens: a span, single nodes, or both; empty when nothing is said."""

    starts_on: date | None = None
    ends_on: date | None = None
    nodes: tuple[date, ...] = ()
    words: str = ""  # 「每日」 before a span, or what follows 「5/26 前」

    @property
    def days(self) -> tuple[date, ...]:
        """Every day it names, in order."""
        named = {*self.nodes, *(day for day in (self.starts_on, self.ends_on) if day)}
        return tuple(sorted(named))


@dataclass
class _Reading:
    """What the pieces of one cell have said so far."""

    month: Month
    span: tuple[date | None, date | None] | None = None
    nodes: set[date] = field(default_factory=set)
    words: str = ""

    def take_span(self, start: date | None, end: date | None, words: str, piece: str) -> None:
        if self.span is not None:
            raise TimingError(_("一格只能写一段时间，「%s」是第二段。请拆成两个任务。") % piece)
        if start and end and end < start:
            raise TimingError(
                _("「%(piece)s」的结束日早于开始日。请写成 %(first)s–%(last)s。")
                % {"piece": piece, "first": short(end), "last": short(start)}
            )
        self.span, self.words = (start, end), words


def read_timing(text: str, month: Month) -> Timing:
    """Understand a typed 时间节点 cell of a month's plan; TimingError says what is wrong.

    >>> may = Month(2025, 5)
    >>> write_timing(read_timing("5/10,5/20、5月30日", may))
    '5/10、5/20、5/30'
    >>> write_timing(read_timing("1-30 日", may)), write_timing(read_timing("5/26前上线", may))
    ('5/1–5/30', '5/26 前上线')
    """
    plain = tidy(unicodedata.normalize("NFKC", text).translate(_DASHES))
    if plain in ("", "-"):
        return Timing()
    reading = _Reading(month)
    for piece in _pieces(plain):
        _read_piece(piece, reading)
    start, end = reading.span or (None, None)
    return Timing(start, end, tuple(sorted(reading.nodes)), reading.words)


def _pieces(plain: str) -> Iterable[str]:
    """「5/8 5/18」 is two pieces; 「1 - 30 日」 and 「5/26 前上线」 are one."""
    spaced = re.sub(
        r"(?<=[\d日号])(?<!每日)\s+(?=\d{1,2}\s*[/月.])", "、", re.sub(r"\s*-\s*", "-", plain)
    )
    return [piece for piece in _SEPARATORS.split(spaced) if piece]


def _read_piece(piece: str, reading: _Reading) -> None:
    month = reading.month
    if weekly := _WEEKLY.fullmatch(piece):
        reading.nodes.update(_each_week(weekly[1], month))
        return
    if daily := _DAILY.match(piece):
        rest = piece[daily.end() :]
        start, end = _span(rest, month) if rest else (month.first, month.last)
        reading.take_span(start, end, _("每日"), piece)
        return
    if _SPAN.fullmatch(piece):
        reading.take_span(*_span(piece, month), "", piece)
    elif before := _BEFORE.fullmatch(piece):
        end = _day(before, "a", month, piece)
        reading.take_span(None, end, _short_words(before["words"].strip()), piece)
    elif start_only := _FROM.fullmatch(piece):
        reading.take_span(_day(start_only, "a", month, piece), None, "", piece)
    elif one := _ONE.fullmatch(piece):
        reading.nodes.add(_day(one, "a", month, piece))
    else:
        raise _not_understood(piece, month)


def _short_words(words: str) -> str:
    if len(words) > WORDS_LENGTH:
        raise TimingError(_("「%s」太长，时间节点只写几个字；详细说明写在备注里。") % words)
    return words


def _span(piece: str, month: Month) -> tuple[date, date]:
    written = _SPAN.fullmatch(piece)
    if written is None:
        raise _not_understood(piece, month)
    # 「1–30 日」 says 日 once; 「5/6–30」 says the month once.
    start = _day(written, "a", month, piece, bare=True)
    end = _day(written, "b", Month.of(start), piece, bare=True, near=month)
    return start, end


def _day(
    written: re.Match[str],
    side: str,
    month: Month,
    piece: str,
    *,
    bare: bool = False,
    near: Month | None = None,
) -> date:
    """One written day. Without a month it lies in ``month``; it may lie one month beside."""
    plan_month = near or month
    year, number, day = (written[f"{side}{part}"] for part in "ymd")
    if number is None and not bare and not re.search(r"[日号]", piece):
        raise _not_understood(piece, plan_month)  # a lone 「20」 could be anything
    meant = _month_meant(year, number, month, plan_month, piece)
    try:
        return date(meant.year, meant.number, int(day))
    except ValueError as error:
        raise TimingError(
            _("没有「%(number)s/%(day)s」这一天。请检查「%(piece)s」。")
            % {"number": meant.number, "day": int(day), "piece": piece}
        ) from error


def _month_meant(
    year: str | None, number: str | None, month: Month, plan_month: Month, piece: str
) -> Month:
    if number is None:
        return month
    near = (plan_month.previous, plan_month, plan_month.next)
    for candidate in near:
        if candidate.number == int(number) and year in (None, str(candidate.year)):
            return candidate
    raise TimingError(
        _("「%(piece)s」太远：计划里的日期只能在 %(first)s 到 %(last)s 之间。")
        % {"piece": piece, "first": _spoken(near[0]), "last": _spoken(near[2])}
    )


def _spoken(month: Month) -> str:
    return _("%(year)s 年 %(number)s 月") % {"year": month.year, "number": month.number}


def _each_week(weekday: str, month: Month) -> Iterable[date]:
    wanted = WEEKDAYS.index(weekday.replace("天", "日"))
    return (day for day in month.days() if day.weekday() == wanted)


def _not_understood(piece: str, month: Month) -> TimingError:
    return TimingError(
        _(
            "看不懂「%(piece)s」。请写日期，例如 %(n)s/10、%(n)s/20 或 %(n)s/1–%(n)s/28；"
            "说明写在备注里。"
        )
        % {"piece": piece, "n": month.number}
    )


def short(day: date) -> str:
    return f"{day.month}/{day.day}"


def write_timing(timing: Timing) -> str:
    """The cell's text in the house style; empty when nothing is said."""
    span = _write_span(timing)
    nodes = "、".join(short(day) for day in timing.nodes)
    return "；".join(part for part in (span, nodes) if part)


def _write_span(timing: Timing) -> str:
    start, end, words = timing.starts_on, timing.ends_on, timing.words
    if start and end:
        return f"{words} {short(start)}{DASH}{short(end)}".strip()
    if end:
        return _("%s 前") % short(end) + words
    return _("%s 起") % short(start) if start else ""
