"""Dates and times as exports write them, all in Beijing time."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from zoneinfo import ZoneInfo

from yunce.engines.platforms._cells import CellError
from yunce.engines.platforms._tables import Cell
from yunce.kit.days import EARLIEST
from yunce.kit.text import comparable
from yunce.kit.wording import gettext as _

SHANGHAI = ZoneInfo("Asia/Shanghai")
_EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - serials carry no zone
_SERIALS = range(20_000, 80_000)  # 1954 to 2119: an eight-digit day is far above
_DAYS = range(1900_01_01, 2100_01_01)  # 20260714
_UNIX_SECONDS = range(1_000_000_000, 5_000_000_000)

_WRITTEN = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[\sT]*(\d{1,2})[:时](\d{1,2})(?:分|:)?(?:(\d{1,2})(?:\.\d+)?秒?)?)?"
    r"(?:\s*(Z|[+-]\d{2}:?\d{2}))?(?:\s*\(?(?:星期|周)[一二三四五六日天]\)?)?",
    re.IGNORECASE,
)
_DAY_AND_HOUR = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日(\d{1,2})时")
_ENGLISH = ("%a, %b %d, %Y", "%b %d, %Y", "%d %b %Y", "%B %d, %Y", "%a %b %d %H:%M:%S %z %Y")
_SHORT = re.compile(r"\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?")


def read_moment(cell: Cell, *, today: date) -> datetime:
    """The moment a cell names; midnight when it names only a day. CellError when it cannot be."""
    moment = _moment(cell)
    if not EARLIEST <= moment.date() <= today + timedelta(days=1):
        message = (
            _("日期 {day} 还没有到") if moment.date() > today else _("日期 {day} 早于 2009 年")
        )
        raise CellError(
            message.format(day=moment.date().isoformat()), _("请核对年份，改正后重新上传。")
        )
    return moment


def _moment(cell: Cell) -> datetime:
    if isinstance(cell, datetime):
        return _in_shanghai(cell)
    if isinstance(cell, date):
        return datetime.combine(cell, time(), SHANGHAI)
    if isinstance(cell, str):
        return _from_text(cell)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _from_number(cell)
    raise _not_a_date()


def _from_text(text: str) -> datetime:
    plain = comparable(text)  # lower case: 2026-07-11t03:09:05z
    if re.fullmatch(r"\d+(\.\d+)?", plain):
        return _from_number(float(plain))
    if written := _WRITTEN.fullmatch(plain) or _DAY_AND_HOUR.fullmatch(plain):
        return _from_parts(*written.groups())
    if _SHORT.fullmatch(plain):
        raise CellError(_("日期没有年份"), _("请写成完整的日期，如 2026-03-14。"))
    for pattern in _ENGLISH:
        if moment := _tried(partial(datetime.strptime, plain, pattern)):
            return _in_shanghai(moment)
    if moment := _tried(partial(parsedate_to_datetime, plain)):
        return _in_shanghai(moment)
    raise _not_a_date()


def _from_parts(
    year: str,
    month: str,
    day: str,
    hour: str | None = None,
    minute: str | None = None,
    second: str | None = None,
    zone: str | None = None,
) -> datetime:
    try:
        moment = datetime(  # noqa: DTZ001 - the zone follows
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0)
        )
        offset = datetime.strptime("+0000" if zone == "z" else zone, "%z").tzinfo if zone else None
    except ValueError as error:
        raise CellError(_("没有这一天或这个时刻"), _("请核对日期，改正后重新上传。")) from error
    return _in_shanghai(moment.replace(tzinfo=offset))


def _from_number(number: float) -> datetime:
    """20260714, an Excel serial, or unix seconds or milliseconds."""
    if not math.isfinite(number):
        raise _not_a_date()
    whole = int(number)
    if whole in _DAYS and number == whole:
        digits = str(whole)
        return _from_parts(digits[:4], digits[4:6], digits[6:])
    if whole in _SERIALS:
        seconds = round((number - whole) * 86_400)
        return (_EXCEL_EPOCH + timedelta(days=whole, seconds=seconds)).replace(tzinfo=SHANGHAI)
    for divisor in (1, 1000):
        if whole // divisor in _UNIX_SECONDS:
            return datetime.fromtimestamp(whole // divisor, SHANGHAI)
    raise _not_a_date()


def _tried(read: Callable[[], datetime]) -> datetime | None:
    try:
        return read()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _in_shanghai(moment: datetime) -> datetime:
    """Naive times are Beijing time: no platform here writes any other without saying so."""
    if moment.tzinfo is None:
        return moment.replace(microsecond=0, tzinfo=SHANGHAI)
    try:
        return moment.astimezone(SHANGHAI).replace(microsecond=0)
    except OverflowError as error:
        raise _not_a_date() from error


def _not_a_date() -> CellError:
    return CellError(_("这里应该是日期"), _("请写成 2026-03-14 或 2026-03-14 09:30 这样的日期。"))
