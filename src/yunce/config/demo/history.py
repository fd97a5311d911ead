"""The half year before the demo month: quiet, growing, uneven. Forecasts and effects rest on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, sin

from yunce.config.demo import numbers as may
from yunce.engines.metrics import FactRow

FIRST = date(2024, 11, 1)
LAST = may.MONTH.first - timedelta(days=1)
DAYS = tuple(FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))
GROWTH = 0.0011  # a day: about 3 % a month
NOISE = 0.16  # log points
SPRING_FESTIVAL = (date(2025, 1, 28), date(2025, 2, 4))
NATURAL_FOLLOWERS = {
    "wechat_mp": 19.5,
    "douyin": 14.5,
    "xiaohongshu": 9.7,
    "bilibili": 4.9,
}  # a day
EXPOSURES = 12_400  # a day
SHOP = {"clicks": 0.0335, "visits": 0.0605, "orders": 0.00105}  # of the exposures
STEADY = 0.35  # rates are steadier than amounts


@dataclass(frozen=True)
class History:
    """Makes the fact rows of the months before."""

    numbers: may.Numbers

    def rows(self) -> list[FactRow]:
        return [*self._followers(), *self._reads(), *self._shop()]

    def _followers(self) -> Iterator[FactRow]:
        for platform, mean in NATURAL_FOLLOWERS.items():
            gained = [_value(mean, day, f"{platform}+") for day in DAYS]
            lost = [2 + value // 9 for value in gained]
            total = may.FOLLOWERS_BEFORE[platform] - sum(gained) + sum(lost)
            for day, new, gone in zip(DAYS, gained, lost, strict=True):
                total += new - gone
                yield self.numbers.fact(platform, "new_followers", day, new)
                yield self.numbers.fact(platform, "lost_followers", day, gone)
                yield self.numbers.fact(platform, "total_followers", day, total)

    def _reads(self) -> Iterator[FactRow]:
        answers = {**may.INTERACTIONS, "saves": may.SAVES}
        for platform, share in may.READ_SHARES.items():
            for day in DAYS:
                reads = _value(may.READS * share / 100 / 31, day, platform)
                yield self.numbers.fact(platform, "reads", day, reads)
                for metric, total in answers.items():
                    rate = total / may.READS * may.ANSWERING[platform] * 0.92
                    answered = round(reads * rate * _luck(day, f"{platform}{metric}") ** STEADY)
                    yield self.numbers.fact(platform, metric, day, answered)

    def _shop(self) -> Iterator[FactRow]:
        for day in DAYS:
            seen = _value(EXPOSURES, day, "exposures")
            yield self.numbers.fact("miniprogram", "exposures", day, seen)
            for metric, rate in SHOP.items():
                value = round(seen * rate * _luck(day, metric) ** STEADY)
                yield self.numbers.fact("miniprogram", metric, day, value)
                if metric == "orders":
                    yield self.numbers.fact("miniprogram", "gmv", day, value * may.ORDER_VALUE)


def _value(mean: float, day: date, key: str) -> int:
    weekend = 1.18 if day.weekday() >= 5 else 1.0
    quiet = 0.78 if SPRING_FESTIVAL[0] <= day <= SPRING_FESTIVAL[1] else 1.0
    grown = exp(-GROWTH * (LAST - day).days)
    return round(mean * weekend * quiet * grown * _luck(day, key))


def _luck(day: date, key: str) -> float:
    """The same every time: a sum of waves nobody sees a pattern in, as a factor near 1."""
    seed = sum(ord(character) * place for place, character in enumerate(key, start=1))
    waves = sum(sin(day.toordinal() * pace + seed * pace * 1.7) for pace in (12.9898, 78.233, 4.13))
    return exp(NOISE * waves / 1.22)
