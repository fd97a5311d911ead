"""A filter's values as stores keep them; one that can match nothing is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from operator import index

from yunce.engines.metrics.bounds import HIGHEST, LOWEST, check_day
from yunce.engines.metrics.errors import QueryError
from yunce.engines.metrics.texts import is_fit, shown
from yunce.kit.wording import gettext as _

_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WEEK = re.compile(r"[0-9]{4}-W[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_MOST_DIGITS = 20

Stored = str | int | date


def check_several(word: str, allowed: object) -> None:
    """QueryError for one text in place of several: it would be taken letter by letter."""
    if isinstance(allowed, str | bytes):
        words = {"word": word, "value": allowed}
        raise QueryError(
            _('筛选 %(word)s 的值要放在一组里：("%(value)s",)，不能只写「%(value)s」。') % words
        )


def stored(word: str, value: object, *, of_accounts: bool) -> Stored:
    """Months and weeks by their first day; ``of_accounts``: the word is an attribute of theirs."""
    read = _text if of_accounts else _READERS.get(word, _text)
    return read(word, value)


def _text(word: str, value: object) -> str:
    text = str(value)
    if not is_fit(text):
        raise _refused(word, value, _("里面有不能写进数据的字符（空字符或半个字符）"))
    return text


def _number(word: str, value: object) -> int:
    right = _("应是一个整数")
    if isinstance(value, str):
        if len(value) > _MOST_DIGITS or not _WHOLE.fullmatch(value):
            raise _refused(word, value, right)
        number = int(value)
    else:
        try:
            number = index(value)  # type: ignore[arg-type]
        except TypeError:
            raise _refused(word, value, right) from None
    if not LOWEST <= number <= HIGHEST:
        raise _refused(word, value, _("数太大了"))
    return number


def _weekday(word: str, value: object) -> int:
    right = _("应是 1（星期一）到 7（星期日）")
    try:
        number = _number(word, value)
    except QueryError:
        raise _refused(word, value, right) from None
    if not 1 <= number <= 7:
        raise _refused(word, value, right)
    return number


def _age(word: str, value: object) -> str:
    """As text: a post nobody knows the day of has an empty one."""
    if value == "":
        return ""
    try:
        return str(_number(word, value))
    except QueryError:
        right = _("应是发布后的天数，只用数字，如 7")
        raise _refused(word, value, right) from None


def _original(word: str, value: object) -> str:
    if value not in ("yes", "no", ""):
        raise _refused(word, value, _("应是 yes（原创）或 no（不是原创）"))
    return str(value)


def _day(word: str, value: object) -> date:
    return _read(word, value, _DAY, "", _("应写成 2025-05-16"))


def _week(word: str, value: object) -> date:
    found = _read(word, value, _WEEK, "-1", _("应写成 2025-W20，或那一周星期一的日期"))
    if found.isoweekday() != 1:
        raise _refused(word, value, _("它不是星期一，那一周应写成 %s") % f"{found:%G-W%V}")
    return found


def _month(word: str, value: object) -> date:
    found = _read(word, value, _MONTH, "-01", _("应写成 2025-05，或那个月 1 日的日期"))
    if found.day != 1:
        raise _refused(word, value, _("它不是 1 日，那个月应写成 %s") % f"{found:%Y-%m}")
    return found


def _read(word: str, value: object, form: re.Pattern[str], ending: str, right: str) -> date:
    if isinstance(value, date):
        found = value
    else:
        if not form.fullmatch(str(value)):
            raise _refused(word, value, right)
        try:
            found = date.fromisoformat(str(value) + ending)
        except ValueError:
            raise _refused(word, value, right) from None
    check_day(found)
    return found


_READERS: Mapping[str, Callable[[str, object], Stored]] = {
    "account": _number,
    "post": _number,
    "weekday": _weekday,
    "age": _age,
    "original": _original,
    "day": _day,
    "week": _week,
    "month": _month,
}


def _refused(word: str, value: object, right: str) -> QueryError:
    words = {"word": word, "value": shown(str(value))[:60], "right": right}
    return QueryError(_("「%(value)s」不能用来筛选 %(word)s：%(right)s。") % words)
