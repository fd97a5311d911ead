"""The 时间节点 cell of other people's tables: days with words around them, several tasks in one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yunce.kit.months import Month
from yunce.kit.text import tidy
from yunce.kit.timing import Timing, TimingError, read_timing

_DASHES = str.maketrans(dict.fromkeys("–—－~～−", "-"))
_DAY = r"(?:\d{4}\s*[-/.年]\s*)?(?:\d{1,2}\s*[-/.月]\s*)?\d{1,2}\s*[日号]?"
_SPAN = re.compile(rf"{_DAY}\s*(?:-|至|到)\s*{_DAY}")
_DATED = re.compile(
    r"(?:\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]|\d{1,2}\s*[/月.])\s*\d{1,2}\s*[日号]?(?:\s*(?:之前|以前|前|起|开始))?"
    r"|\d{1,2}\s*[日号](?:\s*(?:之前|以前|前|起|开始))?"
)
_WHOLE = re.compile(
    r"全月|整月|当月|本月(?!底|初|末)|月内|每日|每天|每周(?![一二三四五六日天])|全程|贯穿|持续|日常"
)
_WEEKDAYS = re.compile(
    r"每(?:周|星期)\s*([一二三四五六日天](?:\s*[、,/和及]?\s*(?:周)?[一二三四五六日天])*)"
)
_PARTS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "月初": (1, 5)}
_END = re.compile(r"(?:本月|当)?月(?:底|末)")
_PIECES = re.compile(r"[;；\n。]")
_BARE_LABEL = re.compile(
    r"^([^\d:：]{1,20}?)\s*[:：]?\s*(?=\d|每|全月|整月|本月|当月|月底|月初|月末|[上中下]旬)"
)
_HARMLESS = re.compile(
    r"[\s、,，;；:：()（）.。/-]|截止|截至|完成|之前|以前|前|起|开始|结束|共\d+[次场]|上线|执行|发布|举行|进行|每日|每天|日前|号前|各"
)
_MONTHS = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])\s*(?:月|[/.]\s*(?:[12]\d|3[01]|0?[1-9])(?!\d))")
_YEARS = re.compile(r"(20\d{2})\s*(?:年|[-/.]\s*\d{1,2})")
_TITLED = re.compile(r"(20\d{2})\s*[年/.-]\s*(1[0-2]|0?[1-9])(?!\d)")


@dataclass(frozen=True)
class Dated:
    """One stretch of a cell: what it is said of (empty: everything) and when."""

    label: str
    timing: Timing
    unread: tuple[str, ...] = ()  # pieces no day was found in, as written
    reasons: tuple[str, ...] = ()  # what is wrong with days that were found
    outside: tuple[str, ...] = ()  # days of another time altogether, as written


def plain_days(text: str) -> str:
    """The cell's spelling of days in one form, line breaks kept."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return "\n".join(filter(None, map(tidy, plain.splitlines())))


def read_days(text: str, month: Month) -> list[Dated]:
    """The cell piece by piece; a bracket or a word before the days says what they are of."""
    return [_read_piece(piece, month) for piece in _labelled(plain_days(text))]


def joined(pieces: Iterable[Dated]) -> Dated:
    """Several stretches of one task: nodes together; of spans the first, others are named."""
    found = list(pieces)
    nodes = tuple(sorted({day for each in found for day in each.timing.nodes}))
    spans = [each.timing for each in found if each.timing.starts_on or each.timing.ends_on]
    first = spans[0] if spans else Timing()
    timing = Timing(first.starts_on, first.ends_on, nodes, first.words)
    unread = tuple(word for each in found for word in each.unread)
    reasons = tuple(reason for each in found for reason in each.reasons)
    return Dated("", timing, unread, reasons, tuple(day for each in found for day in each.outside))


def _labelled(plain: str) -> list[tuple[str, str]]:
    pieces = []
    for piece in filter(None, map(str.strip, _PIECES.split(plain))):
        bracketed = re.search(r"\(([^()\d]+)\)", piece)
        label = bracketed[1] if bracketed else ""
        rest = re.sub(r"\([^()\d]*\)", " ", piece)
        before = _BARE_LABEL.match(rest)
        if not label and before and not _is_when(before[1]):
            label, rest = before[1], rest[before.end() :]
        pieces.append((label.strip(), rest))
    return pieces


def _is_when(words: str) -> bool:
    return not _HARMLESS.sub("", words) or bool(_WHOLE.search(words) or _WEEKDAYS.search(words))


def _read_piece(piece: tuple[str, str], month: Month) -> Dated:
    label, text = piece
    try:
        return Dated(label, read_timing(text.strip(" 、,"), month))
    except TimingError:
        return _read_loosely(label, text, month)


def _read_loosely(label: str, text: str, month: Month) -> Dated:
    """Days found among words; nothing is guessed from words alone but whole months and thirds."""
    timings: list[Timing] = []
    reasons: list[str] = []
    outside: list[str] = []
    rest = text
    for pattern in (_SPAN, _DATED):
        for found in pattern.findall(rest):
            try:
                timings.append(read_timing(found.strip(), month))
            except TimingError as error:
                if _is_elsewhere(found, month):
                    outside.append(found.strip())
                else:
                    reasons.append(str(error))
        rest = pattern.sub(" ", rest)
    for days in _WEEKDAYS.findall(rest):
        letters = re.findall(r"[一二三四五六日天]", days)
        timings += [read_timing(f"每周{letter}", month) for letter in letters]
    rest = _WEEKDAYS.sub(" ", rest)
    spans = [t for t in timings if t.starts_on or t.ends_on]
    if not spans and (whole := _whole(rest, month, has_days=bool(timings))):
        timings.append(whole)
        rest = _WHOLE.sub(" ", _END.sub(" ", rest))
    together = joined(Dated("", timing) for timing in timings)
    is_read = bool(timings or reasons or outside)
    words = _HARMLESS.sub("", rest)
    left = (text.strip(),) if not is_read and words else ()
    named = label or (words if is_read else "")
    return Dated(named, together.timing, left, tuple(reasons), tuple(outside))


def _is_elsewhere(written: str, month: Month) -> bool:
    """A day of a month that is neither this one nor beside it, or of another year."""
    found = re.match(r"\s*(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})", written)
    if found is None or not 1 <= int(found[2]) <= 12 or not 1 <= int(found[3]) <= 31:
        return False
    near = {(each.year, each.number) for each in (month.previous, month, month.next)}
    years = {int(found[1])} if found[1] else {month.year - 1, month.year, month.year + 1}
    return not any((year, int(found[2])) in near for year in years)


def _whole(text: str, month: Month, *, has_days: bool) -> Timing | None:
    for word, (first, last) in _PARTS.items():
        if word in text:
            end = month.first.replace(day=min(last, month.day_count))
            return Timing(month.first.replace(day=first), end)
    if _END.search(text):
        return Timing(ends_on=month.last)
    if _WHOLE.search(text) and not has_days:
        return Timing(month.first, month.last)
    return None


def month_told(texts: Iterable[str]) -> Month | None:
    """「2025 年 5 月月度计划」 in a title."""
    for text in texts:
        if found := _TITLED.search(unicodedata.normalize("NFKC", text)):
            return Month(int(found[1]), int(found[2]))
    return None


def month_guessed(cells: Iterable[str], texts: Iterable[str], today: date) -> Month | None:
    """The month most days lie in; of the years the one nearest to today unless one is written."""
    counted = Counter(int(n) for cell in cells for n in _MONTHS.findall(plain_days(cell)))
    told = [
        int(n)
        for text in texts
        for n in re.findall(r"(?<!\d)(1[0-2]|0?[1-9])\s*月(?:份|度)?", text)
    ]
    if not counted and not told:
        return None
    number = counted.most_common(1)[0][0] if counted else told[0]
    years = [int(year) for text in (*texts, *cells) for year in _YEARS.findall(text)]
    if years:
        return Month(Counter(years).most_common(1)[0][0], number)
    near = (Month(today.year + step, number) for step in (-1, 0, 1))
    return min(near, key=lambda month: abs((month.first - today).days))
