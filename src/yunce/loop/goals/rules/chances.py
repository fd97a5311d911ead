"""How a chance is said: a number with a word, never a word alone."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from yunce.kit.numbers import MISSING, round_half_up
from yunce.kit.wording import gettext as _

LIKELY, EVEN = 0.75, 0.40  # DESIGN §3: 把握大 from here, 五五开 from here, below 把握小


def chance_word(p: float | None) -> str:
    """把握大, 五五开 or 把握小; empty when nothing is known."""
    if p is None:
        return ""
    percent = _percent(p)
    if percent >= LIKELY * 100:
        return _("把握大")
    return _("五五开") if percent >= EVEN * 100 else _("把握小")


def chance_tone(p: float | None) -> str:
    """Colour is spent on exceptions: good, warn or bad."""
    if p is None:
        return ""
    percent = _percent(p)
    if percent >= LIKELY * 100:
        return "good"
    return "warn" if percent >= EVEN * 100 else "bad"


def chance_shown(p: float | None) -> str:
    """28 %, but never a certain 0 or 100: the future is not known.

    >>> chance_shown(0.284), chance_shown(0.001), chance_shown(1.0), chance_shown(None)
    ('28%', '<1%', '>99%', '—')
    """
    if p is None:
        return MISSING
    percent = _percent(p)
    if percent < 1:
        return "<1%"
    return ">99%" if percent > 99 else f"{percent}%"


def _percent(p: float) -> Decimal:
    """As it is written, so that 75 % is never called 五五开."""
    return round_half_up(Decimal(str(p)) * 100)


def as_told(values: tuple[Decimal, Decimal, Decimal]) -> tuple[Decimal, Decimal, Decimal]:
    """A range's low, middle and high, no finer than its width bears: 10,412 – 12,633 is a boast.

    >>> as_told((Decimal(10_412), Decimal(11_518), Decimal(12_633)))
    (Decimal('10400'), Decimal('11500'), Decimal('12600'))
    """
    low, middle, high = values
    width = high - low
    if width <= 0:
        return values
    step = Decimal(1).scaleb(width.adjusted() - 1)
    return _to(low, step), _to(middle, step), _to(high, step)


def _to(value: Decimal, step: Decimal) -> Decimal:
    found = (value / step).to_integral_value(rounding=ROUND_HALF_UP) * step
    return found.quantize(min(step, Decimal(1)))
