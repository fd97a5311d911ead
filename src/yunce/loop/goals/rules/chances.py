"""How a chance is said: a number with a word, never a word alone."""

from __future__ import annotations

from decimal import Decimal

from yunce.kit.numbers import MISSING, round_half_up
from yunce.kit.wording import gettext as _

LIKELY, EVEN = 0.75, 0.40  # DESIGN §3: 把握大 from here, 五五开 from here, below 把握小


def chance_word(p: float | None) -> str:
    """把握大, 五五开 or 把握小; empty when nothing is known."""
    if p is None:
        return ""
    if p >= LIKELY:
        return _("把握大")
    return _("五五开") if p >= EVEN else _("把握小")


def chance_tone(p: float | None) -> str:
    """Colour is spent on exceptions: good, warn or bad."""
    if p is None:
        return ""
    if p >= LIKELY:
        return "good"
    return "warn" if p >= EVEN else "bad"


def chance_shown(p: float | None) -> str:
    """28 %, but never a certain 0 or 100: the future is not known.

    >>> chance_shown(0.284), chance_shown(0.001), chance_shown(1.0), chance_shown(None)
    ('28%', '<1%', '>99%', '—')
    """
    if p is None:
        return MISSING
    percent = round_half_up(Decimal(str(p)) * 100)
    if percent < 1:
        return "<1%"
    return ">99%" if percent > 99 else f"{percent}%"
