"""The demo month's daily facts, made so that they add up exactly to the results of DOMAIN §4.

Results: 22 articles of 40 pieces, 26 original (65 %) · +15,000 followers, of them 3 livestreams
× 3,500 and 2 fission events × 1,500 · 46,000 interactions on 500,000 reads (9.2 %) · 14,000
clicks on 400,000 exposures (3.5 %) · 450 orders on 25,000 visits (1.8 %) · topic 150,000 views.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from yunce.engines.metrics import FactRow
from yunce.kit.months import Month

MONTH = Month(2025, 5)
DAYS = tuple(MONTH.days())
LIVESTREAMS = (10, 20, 30)
FISSION_EVENTS = (15, 25)
OFFERS = (8, 18, 28)

NEW_FOLLOWERS = 15_000
PER_LIVESTREAM = 3_500
PER_FISSION_EVENT = 1_500
READS = 500_000
INTERACTIONS = {"likes": 30_000, "comments": 7_500, "shares": 8_500}  # 46,000 = 9.2 %
SAVES = 12_400
COMMENTS_REPLIED = 5_100  # 68 % of the comments
EXPOSURES = 400_000
CLICKS = 14_000
VISITS = 25_000
ORDERS = 450
ORDER_VALUE = 168  # yuan, every order
FIRST_OFFER = {"exposures": 20_000, "clicks": 900, "visits": 1_500, "orders": 33}  # 4.5 %, 2.2 %
TOPIC_VIEWS = 150_000
TOPIC_POSTS = 812
# Platform, metric and day of May: by how much the first export fell short of the last word.
FIRST_TOLD_SHORT = {
    ("douyin", "reads", 30): 312,
    ("douyin", "reads", 31): 186,
    ("douyin", "likes", 31): 24,
    ("xiaohongshu", "reads", 31): 95,
    ("xiaohongshu", "saves", 31): 6,
    ("wechat_mp", "reads", 31): 41,
}
READ_SHARES = {"wechat_mp": 18, "douyin": 46, "xiaohongshu": 24, "bilibili": 12}  # per cent
ANSWERING = {"wechat_mp": 0.72, "douyin": 1.04, "xiaohongshu": 1.21, "bilibili": 0.86}
FOLLOWERS_BEFORE = {
    "wechat_mp": 28_400,
    "douyin": 61_200,
    "xiaohongshu": 19_800,
    "bilibili": 8_600,
}


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Split a whole number by weights; the parts are whole and add up to it exactly.

    >>> apportion(10, [1, 1, 1])
    [4, 3, 3]
    """
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(value) for value in exact]
    by_remainder = sorted(range(len(parts)), key=lambda n: (parts[n] - exact[n], n))
    for n in by_remainder[: total - sum(parts)]:
        parts[n] += 1
    return parts


def rhythm(day: date) -> float:
    """How busy a day is: weekends and the May holiday read more, and there is a gentle wave."""
    holiday = 1.25 if day.day <= 5 else 1.0
    weekend = 1.18 if day.weekday() >= 5 else 1.0
    wave = 1 + ((day.day * 7) % 11 - 5) / 60
    return holiday * weekend * wave


def event_lift(day: date) -> float:
    return 1.9 if day.day in LIVESTREAMS else 1.4 if day.day in (*FISSION_EVENTS, *OFFERS) else 1.0


def mood(day: date) -> float:
    """How readily readers answer: slow at first, best while the topic challenge runs."""
    challenge = 1.16 if 12 <= day.day <= 26 else 0.88
    return challenge * (1 + ((day.day * 5) % 9 - 4) / 50)


@dataclass(frozen=True)
class Numbers:
    """Makes the fact rows of one team's demo month."""

    team: int
    accounts: Mapping[str, int]  # platform → account number

    def rows(self) -> list[FactRow]:
        return [
            *self._followers(),
            *self._reads_and_interactions(),
            *self._shop(),
            *self._events(),
        ]

    def as_first_told(self, row: FactRow) -> FactRow:
        """What the platform said of the last days before it had counted them to the end."""
        platforms = {account: platform for platform, account in self.accounts.items()}
        place = (platforms[row.account], row.metric, row.day.day)
        is_whole = row.post == 0 and row.segment == ""
        short = FIRST_TOLD_SHORT.get(place, 0) if is_whole else 0
        return row._replace(value=row.value - short)

    def fact(
        self, platform: str, metric: str, day: date, value: float, segment: str = ""
    ) -> FactRow:
        return FactRow(
            team=self.team,
            account=self.accounts[platform],
            post=0,
            metric=metric,
            day=day,
            segment=segment,
            value=float(value),
        )

    def _followers(self) -> Iterator[FactRow]:
        events = len(LIVESTREAMS) * PER_LIVESTREAM + len(FISSION_EVENTS) * PER_FISSION_EVENT
        natural = apportion(NEW_FOLLOWERS - events, [40, 30, 20, 10])
        plain = dict(zip(FOLLOWERS_BEFORE, natural, strict=True))
        for platform, before in FOLLOWERS_BEFORE.items():
            daily = apportion(plain[platform], [rhythm(day) for day in DAYS])
            yield from self._followers_of(platform, before, daily)

    def _followers_of(self, platform: str, before: int, daily: Sequence[int]) -> Iterator[FactRow]:
        total = before
        for day, natural in zip(DAYS, daily, strict=True):
            live = PER_LIVESTREAM if platform == "douyin" and day.day in LIVESTREAMS else 0
            fission = (
                PER_FISSION_EVENT if platform == "wechat_mp" and day.day in FISSION_EVENTS else 0
            )
            gained = natural + live + fission
            lost = 2 + (day.day * 5 + len(platform)) % 7 + gained // 60
            total += gained - lost
            yield self.fact(platform, "new_followers", day, gained)
            yield self.fact(platform, "lost_followers", day, lost)
            yield self.fact(platform, "total_followers", day, total)
            for channel, part in (("直播", live), ("裂变", fission), ("自然", natural)):
                if part:
                    yield self.fact(platform, "new_followers", day, part, f"channel={channel}")

    def _reads_and_interactions(self) -> Iterator[FactRow]:
        reads = apportion(READS, [*READ_SHARES.values()])
        for platform, total in zip(READ_SHARES, reads, strict=True):
            weights = [rhythm(day) * event_lift(day) for day in DAYS]
            for day, value in zip(DAYS, apportion(total, weights), strict=True):
                yield self.fact(platform, "reads", day, value)
        answers = {**INTERACTIONS, "saves": SAVES, "comments_replied": COMMENTS_REPLIED}
        for metric, total in answers.items():
            yield from self._answers(metric, total)

    def _answers(self, metric: str, total: int) -> Iterator[FactRow]:
        """Readers answer more on some platforms than on others, and more while the topic runs."""
        shares = [READ_SHARES[platform] * ANSWERING[platform] for platform in READ_SHARES]
        for platform, part in zip(READ_SHARES, apportion(total, shares), strict=True):
            weights = [rhythm(day) * event_lift(day) * mood(day) for day in DAYS]
            for day, value in zip(DAYS, apportion(part, weights), strict=True):
                yield self.fact(platform, metric, day, value)

    def _shop(self) -> Iterator[FactRow]:
        totals = {"exposures": EXPOSURES, "clicks": CLICKS, "visits": VISITS, "orders": ORDERS}
        first, *others = DAYS[OFFERS[0] - 1], *DAYS[: OFFERS[0] - 1], *DAYS[OFFERS[0] :]
        for metric, total in totals.items():
            rest = apportion(
                total - FIRST_OFFER[metric], [rhythm(day) * event_lift(day) for day in others]
            )
            yield self.fact("miniprogram", metric, first, FIRST_OFFER[metric])
            for day, value in zip(others, rest, strict=True):
                yield self.fact("miniprogram", metric, day, value)
                if metric == "orders":
                    yield self.fact("miniprogram", "gmv", day, value * ORDER_VALUE)
        yield self.fact("miniprogram", "gmv", first, FIRST_OFFER["orders"] * ORDER_VALUE)
        for day in DAYS:
            yield self.fact("miniprogram", "landing_seconds", day, 3)

    def _events(self) -> Iterator[FactRow]:
        for number, viewers in zip(LIVESTREAMS, (2_300, 2_450, 2_600), strict=True):
            yield self.fact("douyin", "live_viewers", DAYS[number - 1], viewers)
            yield self.fact("douyin", "pieces_live", DAYS[number - 1], 1)
        for number in FISSION_EVENTS:
            yield self.fact("wechat_mp", "event_participants", DAYS[number - 1], 600)
        challenge = DAYS[11:26]
        views = apportion(TOPIC_VIEWS, [rhythm(day) for day in challenge])
        posts = apportion(TOPIC_POSTS, [rhythm(day) for day in challenge])
        for day, view, post in zip(challenge, views, posts, strict=True):
            yield self.fact("xiaohongshu", "topic_views", day, view)
            yield self.fact("xiaohongshu", "topic_posts", day, post)
        for platform in FOLLOWERS_BEFORE:
            yield self.fact(platform, "target_audience_share", MONTH.last, 0.45)
