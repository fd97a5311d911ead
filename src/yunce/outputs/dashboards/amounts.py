"""How one goal's amounts are written: the target's precision, its measure word, its sign."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from yunce.engines.metrics import Metric
from yunce.kit.numbers import MINUS, MISSING, Unit, format_signed, format_value, round_half_up

SMALL = 1000  # counts below it carry their measure word: 14 篇, but 12,000


@dataclass(frozen=True)
class Amounts:
    """Writes amounts of a metric whose target is ``must``."""

    metric: Metric
    must: Decimal

    @property
    def digits(self) -> int:
        """As many decimals as the target has, and one more for shares; counts stay whole."""
        if self.metric.unit is Unit.COUNT:
            return 0 if self.must == self.must.to_integral_value() else 2
        shown = self.must * 100 if self.metric.unit is Unit.PERCENT else self.must
        exponent = shown.normalize().as_tuple().exponent
        decimals = max(-exponent, 0) if isinstance(exponent, int) else 0
        return min(decimals + 1, 2)

    def plain(self, value: Decimal | None) -> str:
        """6,900 · 1.41% · —"""
        return format_value(value, self.metric.unit, digits=self.digits)

    def worded(self, value: Decimal | None) -> str:
        """14 篇: small counts with what is counted."""
        if value is None:
            return MISSING
        is_small = self.metric.unit is Unit.COUNT and max(abs(value), self.must) < SMALL
        word = self.metric.measure_word if is_small else ""
        return f"{self.plain(value)} {word}".strip()

    def rounded(self, value: Decimal) -> Decimal:
        """As precise as it is shown, so that written numbers add up for the reader."""
        return round_half_up(value, self.digits + (2 if self.metric.unit is Unit.PERCENT else 0))

    def difference(self, value: Decimal) -> str:
        """+600 · −0.09 百分点"""
        return format_signed(self.rounded(value), self.metric.unit)


def signed_share(ratio: Decimal) -> str:
    """A relative difference with one decimal: −8.0% · +7.7%."""
    percent = round_half_up(ratio * 100, 1)
    sign = "+" if percent > 0 else MINUS if percent < 0 else ""
    return f"{sign}{abs(percent)}%"
