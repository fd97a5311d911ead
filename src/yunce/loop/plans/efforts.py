"""How long work takes: minutes as people type and read them. No Django."""

from __future__ import annotations

import re
from decimal import Decimal

from yunce.kit.text import tidy
from yunce.kit.wording import gettext as _

HOUR = 60  # minutes
MOST_MINUTES = 400 * HOUR  # more than two people-months is a slip of the finger

_HOURS = re.compile(r"(\d+(?:\.\d+)?)\s*(?:个?小时|时|h)\s*(半)?(?:\s*(\d+)\s*(?:分钟?|min|m)?)?")
_MINUTES = re.compile(r"(\d+)\s*(?:分钟?|min|m)?")


class EffortError(ValueError):
    """A typed time cannot be understood; the message is a sentence for people."""


def read_minutes(text: str) -> int | None:
    """Typed minutes or hours; a bare number is minutes, nothing is unknown.

    >>> read_minutes("90"), read_minutes("1.5 小时"), read_minutes("2小时半"), read_minutes("")
    (90, 90, 150, None)
    >>> read_minutes("1 小时 20 分"), read_minutes("45分")
    (80, 45)
    """
    plain = tidy(text).lower()
    if plain in ("", "—", "-"):
        return None
    minutes = _minutes(plain)
    if minutes is None:
        raise EffortError(_("看不懂「%s」。请写 90 分、1.5 小时或 1 小时 20 分。") % text)
    if not 1 <= minutes <= MOST_MINUTES:
        raise EffortError(
            _("用时要在 1 分钟到 %s 小时之间。不知道就空着。") % (MOST_MINUTES // HOUR)
        )
    return minutes


def _minutes(plain: str) -> int | None:
    if hours := _HOURS.fullmatch(plain):
        half = HOUR // 2 if hours[2] else 0
        return int(Decimal(hours[1]) * HOUR) + half + int(hours[3] or 0)
    minutes = _MINUTES.fullmatch(plain)
    return int(minutes[1]) if minutes else None


def write_minutes(minutes: int | None) -> str:
    """Minutes as people say them, so that `read_minutes` reads them back.

    >>> write_minutes(45), write_minutes(90), write_minutes(120), write_minutes(None)
    ('45 分', '1 小时 30 分', '2 小时', '')
    """
    if minutes is None:
        return ""
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return _("%s 分") % rest
    whole = _("%s 小时") % hours
    return f"{whole} " + _("%s 分") % rest if rest else whole
