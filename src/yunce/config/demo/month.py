"""The demo month's plan, tasks and review, as DOMAIN §4 tells them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yunce.config.demo.numbers import FISSION_EVENTS, LIVESTREAMS, MONTH, OFFERS

DIRECTION = "借 520 与 618 预热：用 3 场直播拉新、原创图文种草，把新关注变成首单。"


def day(number: int) -> date:
    return date(MONTH.year, MONTH.number, number)


@dataclass(frozen=True)
class PlannedGoal:
    """A goal of the demo month."""

    metric: str
    label: str
    must: Decimal
    stretch: Decimal
    owner: str  # position


GOALS = (
    PlannedGoal("pieces_article", "图文", Decimal(20), Decimal(24), "文案专员"),
    PlannedGoal("original_share", "", Decimal("0.60"), Decimal("0.70"), "文案专员"),
    PlannedGoal("new_followers", "", Decimal(12_000), Decimal(13_000), "运营组长"),
    PlannedGoal(
        "interaction_rate_reads", "平均互动率", Decimal("0.08"), Decimal("0.09"), "社群专员"
    ),
    PlannedGoal("click_rate", "", Decimal("0.03"), Decimal("0.035"), "推广专员"),
    PlannedGoal("conversion_rate", "", Decimal("0.015"), Decimal("0.018"), "推广专员"),
)


@dataclass(frozen=True)
class PlannedPart:
    """A source of the demo month's new followers: so many events of so many each."""

    name: str
    owner: str  # position
    segment: str  # what measures it
    factors: tuple[tuple[str, str, int], ...]  # name, measure word, amount


PARTS = (
    PlannedPart(
        "直播拉新", "运营组长", "channel=直播", (("场次", "场", 3), ("每场新增", "", 3_000))
    ),
    PlannedPart(
        "社群裂变", "社群专员", "channel=裂变", (("次数", "次", 2), ("每次新增", "", 1_500))
    ),
)


@dataclass(frozen=True)
class PlannedTask:
    """A task of the demo month: a span of days or single nodes."""

    goal: str  # metric of the goal it serves
    title: str
    owners: tuple[str, ...]  # positions
    standard: str
    note: str = ""
    span: tuple[int, int] | None = None
    nodes: tuple[int, ...] = ()
    hours: int = 0  # of each owner, for the whole task
    brings: int | None = None  # to the goal, in all


TASKS = (
    PlannedTask(
        "pieces_article",
        "10 篇产品测评、5 篇行业干货、5 篇用户案例",
        ("文案专员",),
        "单篇阅读 ≥ 500；标题点击率 ≥ 5%",
        "每周 5 篇",
        span=(1, 30),
        hours=100,
        brings=20,
    ),
    PlannedTask(
        "original_share",
        "每篇发布前检测原创度",
        ("文案专员",),
        "原创度 ≥ 90%",
        "转载须留授权",
        span=(1, 30),
        hours=20,
    ),
    PlannedTask(
        "new_followers",
        "3 场视频直播，每场新增 ≥ 3,000",
        ("运营组长", "社群专员"),
        "每场观看 ≥ 2,000 人；提前 3 天预热",
        "3 × 3,000 = 9,000",
        nodes=LIVESTREAMS,
        hours=12,
        brings=9_000,
    ),
    PlannedTask(
        "new_followers",
        "2 次裂变活动，每次新增 1,500",
        ("运营组长", "社群专员"),
        "每次参与 ≥ 500 人",
        "2 × 1,500 = 3,000",
        nodes=FISSION_EVENTS,
        hours=8,
        brings=3_000,
    ),
    PlannedTask(
        "interaction_rate_reads",
        "每篇结尾设互动提问；评论及时回复",
        ("内容设计",),
        "评论回复率 ≥ 60%",
        "每日",
        span=(1, 31),
        hours=114,
    ),
    PlannedTask(
        "interaction_rate_reads",
        "1 个话题挑战",
        ("活动专员",),
        "话题阅读 ≥ 100,000",
        span=(12, 26),
        hours=77,
    ),
    PlannedTask(
        "click_rate",
        "3 篇限时优惠内容",
        ("推广专员",),
        "商品点击率 ≥ 3%",
        nodes=OFFERS,
        hours=15,
    ),
    PlannedTask(
        "conversion_rate",
        "落地页加购买按钮",
        ("推广专员", "UI 设计"),
        "转化率 ≥ 1.5%",
        "依赖技术排期",
        span=(1, 8),
        hours=20,
    ),
)


@dataclass(frozen=True)
class Words:
    """What the team wrote of one dimension."""

    highlights: str
    problems: str


WORDS = {
    "content": Words(
        "用户案例系列篇均阅读 800、互动率 25%，是三个系列里最好的。",
        "行业干货篇均阅读 350，比要求的 500 低 30%：标题没有写出读者的问题。",
    ),
    "user": Words(
        "3 场直播各新增 3,500，裂变活动每次 600 人参与，均超出标准。",
        "18–25 岁用户占比 45%，目标 55%，低 10 个百分点：裂变奖品偏家庭用品。",
    ),
    "interaction": Words(
        "话题挑战阅读 150,000，用户投稿 800 多篇。",
        "长文互动率只有 5%，低于平均 9.2%：结尾提问放在最后一屏，看到的人少。",
    ),
    "conversion": Words(
        "限时优惠首日点击率 4.5%、转化率 2.2%，首日效应明显。",
        "落地页加载 3 秒，影响约 10% 的用户，他们没有看到购买按钮就离开。",
    ),
}


@dataclass(frozen=True)
class PlannedImprovement:
    """A measure with a verb, an owner, a date and an expected change."""

    dimension: str
    measure: str
    expected: str
    owner: str
    due_on: date


IMPROVEMENTS = (
    PlannedImprovement(
        "content",
        "行业干货标题改成读者的问题，发布前两人互审",
        "篇均阅读 350 → 500",
        "文案专员",
        date(2025, 6, 3),
    ),
    PlannedImprovement(
        "user",
        "裂变奖品换成 18–25 岁用户投票选出的三样",
        "18–25 岁占比 45% → 55%",
        "社群专员",
        date(2025, 6, 5),
    ),
    PlannedImprovement(
        "interaction",
        "长文的互动提问提前到第二屏",
        "长文互动率 5% → 8%",
        "内容设计",
        date(2025, 6, 10),
    ),
    PlannedImprovement(
        "conversion",
        "压缩落地页图片并延后加载",
        "加载 ≤ 2 秒，转化率 +15%",
        "UI 设计",
        date(2025, 6, 15),
    ),
)
