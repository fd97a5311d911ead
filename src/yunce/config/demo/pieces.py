"""The demo month's 40 pieces: 22 articles in three series and 18 videos, 26 of them original."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import exp
from zoneinfo import ZoneInfo

from yunce.config.demo.numbers import DAYS, MONTH, apportion
from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import SeenPost

SHANGHAI = ZoneInfo("Asia/Shanghai")
READ_AT = (1, 3, 7, 14)  # days after publishing; and on the month's last day


def grown(age: int) -> float:
    """The share of its final reads a piece has at an age: more than half on the first day."""
    return 1 - 0.62 * exp(-age / 3)


@dataclass(frozen=True)
class Series:
    """Pieces that belong together, with the reads they share and how readers answered."""

    name: str
    form: str
    platforms: tuple[str, ...]  # published on these in turn
    titles: tuple[str, ...]
    original: int  # so many of them are original, spread over the month
    views_each: int  # mean reads of one piece
    interaction: float  # likes + comments + shares, per read


SERIES = (
    Series(
        "产品测评",
        "图文",
        ("wechat_mp", "xiaohongshu"),
        (
            "通勤包真能装吗？一周实测",
            "三款防晒衣晒足八小时",
            "空气炸锅清洗难不难",
            "百元内的降噪耳机怎么选",
            "冰丝凉席睡一个月的变化",
            "便携榨汁杯的六个真相",
            "两百元台灯护不护眼",
            "露营推车拉一百斤试试",
            "洗地机续航到底多久",
            "雨靴上班穿会不会丑",
        ),
        7,
        620,
        0.088,
    ),
    Series(
        "行业干货",
        "图文",
        ("wechat_mp",),
        (
            "618 预售规则变了哪几处",
            "面料标签怎么看",
            "小家电能效等级一次讲清",
            "直播间价格是怎么来的",
            "退换货新规影响谁",
            "防晒指数的三个误会",
        ),
        3,
        350,
        0.05,
    ),
    Series(
        "用户案例",
        "图文",
        ("xiaohongshu", "wechat_mp"),
        (
            "租房三年，她只留下这五件",
            "宝妈的早餐流水线",
            "他把阳台改成了书房",
            "二十平米住下两个人",
            "爸妈第一次用扫地机",
            "毕业生的第一套厨具",
        ),
        5,
        800,
        0.25,
    ),
    Series(
        "短视频",
        "视频",
        ("douyin", "bilibili", "xiaohongshu"),
        (
            "三秒叠好一件衬衫",
            "开箱：会转弯的晾衣架",
            "一分钟看懂能效标签",
            "办公室午睡神器对比",
            "厨房抽屉这样分",
            "防晒衣泼水测试",
            "直播预告：5 月 10 日见",
            "直播花絮：抢到的是谁",
            "妈妈的围裙实验",
            "地铁通勤装备清单",
            "直播预告：520 专场",
            "晒单合集第一期",
            "冰箱收纳前后对比",
            "一双雨靴的自我修养",
            "晒单合集第二期",
            "直播预告：月末返场",
            "露营推车爬坡",
            "五月好物十大",
        ),
        11,
        5_400,
        0.094,
    ),
)


@dataclass(frozen=True)
class Piece:
    """One published piece of the demo month."""

    platform: str
    title: str
    series: str
    form: str
    published_at: datetime
    is_original: bool
    views: int
    interactions: int

    @property
    def key(self) -> str:
        return f"{self.published_at:%Y-%m-%dT%H:%M}|{self.title}"


def pieces() -> Iterator[Piece]:
    for number, series in enumerate(SERIES):
        yield from _pieces_of(series, shift=number)


def _pieces_of(series: Series, *, shift: int) -> Iterator[Piece]:
    count = len(series.titles)
    uneven = [10 + (n * 7 + shift) % 6 for n in range(count)]
    views = apportion(series.views_each * count, uneven)
    interactions = apportion(round(sum(views) * series.interaction), uneven)
    for n, title in enumerate(series.titles):
        day = DAYS[min((n * 30) // count + shift, len(DAYS) - 1)]
        yield Piece(
            platform=series.platforms[n % len(series.platforms)],
            title=title,
            series=series.name,
            form=series.form,
            published_at=datetime(day.year, day.month, day.day, 18 + n % 3, 30, tzinfo=SHANGHAI),
            is_original=_is_original(n, series),
            views=views[n],
            interactions=interactions[n],
        )


def _is_original(number: int, series: Series) -> bool:
    """Evenly spread: the running share of originals never strays far from the month's."""
    count = len(series.titles)
    return (number + 1) * series.original // count > number * series.original // count


def seen_posts(accounts: Mapping[str, Account]) -> list[SeenPost]:
    return [
        SeenPost(
            account=accounts[piece.platform],
            key=piece.key,
            title=piece.title,
            published_at=piece.published_at,
            form=piece.form,
            series=piece.series,
            original=piece.is_original,
        )
        for piece in pieces()
    ]


def piece_rows(
    team: int, accounts: Mapping[str, Account], numbers: Mapping[tuple[int, str], int]
) -> Sequence[FactRow]:
    return [
        row
        for piece in pieces()
        for row in _rows_of(
            piece,
            team,
            accounts[piece.platform].pk,
            numbers[(accounts[piece.platform].pk, piece.key)],
        )
    ]


def _rows_of(piece: Piece, team: int, account: int, post: int) -> Iterator[FactRow]:
    published = piece.published_at.date()
    likes, comments, shares = apportion(piece.interactions, [65, 16, 19])
    form = "pieces_article" if piece.form == "图文" else "pieces_video"
    for metric in ("pieces", form, *(["pieces_original"] if piece.is_original else [])):
        yield FactRow(team, account, post, metric, published, "", 1.0)
    snapshots = {
        "post_views": piece.views,
        "post_likes": likes,
        "post_comments": comments,
        "post_shares": shares,
    }
    for day, share in _readings(published):
        for metric, value in snapshots.items():
            yield FactRow(team, account, post, metric, day, "", float(round(value * share)))


def _readings(published: date) -> Iterator[tuple[date, float]]:
    """Days a piece's numbers were looked at, with the share of its last ones it had by then."""
    final = grown((MONTH.last - published).days)
    for age in READ_AT:
        day = published + timedelta(days=age)
        if day < MONTH.last:
            yield day, grown(age) / final
    yield MONTH.last, 1.0
