"""The same arithmetic, written the many ways people write it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from yunce.engines.plantables.tests.tables import one_row

# 3 livestreams × 3,000 + 2 fission events × 1,500 = 12,000 (DOMAIN §3)
TWELVE_THOUSAND = [
    "3 场视频直播 × 3,000 + 2 场裂变活动 × 1,500",
    "3场直播每场3000+2场裂变每场1500",
    "3 场视频直播（每场 ≥ 3,000）+ 2 场裂变活动（每场 1,500）",
    "3 场视频直播，每场新增 ≥ 3,000；2 次裂变活动，每次新增 1,500",
    "3 场视频直播，每场≥3000\n2 场裂变活动（每场1500）",
    "1. 3 场视频直播，每场新增粉丝不低于 3,000 人\n2. 2 场裂变活动，每场新增 1,500 人",
    "1、视频直播3场，每场3000人；2、裂变活动2场，每场1500人",
    "①视频直播 3 场，单场涨粉 3000②裂变活动 2 场，单场涨粉 1500",
    "（1）直播3场×3000人（2）裂变2场×1500人",
    "三场直播，每场三千；两场裂变，每场一千五",
    "三场视频直播（每场涨粉3千）、两场裂变活动（每场涨粉1.5千）",
    "3场直播*3000+2场裂变*1500",
    "3场直播x3000 + 2场裂变x1500",
    "3场直播 X 3000，2场裂变 X 1500",
    "3场直播乘3000、2场裂变乘以1500",
    "３场直播×３，０００＋２场裂变×１，５００",
    "直播：3场×3000=9000；裂变：2场×1500=3000",
    "3×3000（直播）+2×1500（裂变）",
    "直播 3 × 3,000 + 裂变 2 × 1,500 = 12,000",
    "3 场视频直播 ≥3,000/场，2 场裂变活动 1,500/场",
    "3 场直播，场均新增 3000；2 场裂变，场均新增 1500",
    "3 场直播，各 3000；2 场裂变，各 1500",
    "3场视频直播（0.3万/场）+2场裂变活动（0.15万/场）",
    "3 场视频直播（5/10、5/20、5/30），每场新增 ≥3,000，观看 ≥2,000；"
    "2 场裂变活动（5/15、5/25），每场新增 1,500，参与 ≥500",
    "3 场视频直播（≥ 3,000/场；5/10、5/20、5/30；观看 ≥ 2,000；提前 3 天预热）+ "
    "2 场裂变活动（5/15、5/25；每场 1,500；参与 ≥ 500）",
    "开展3场视频直播，平均每场吸粉3000人；策划2场裂变活动，平均每场吸粉1500人",
    "视频直播 3 场（每场带来 3000 新粉丝）和裂变活动 2 场（每场带来 1500 新粉丝）",
    "通过 3 场直播（每场 3000 粉）与 2 场裂变（每场 1500 粉）拉新",
    "直播拉新 9,000 人 + 裂变拉新 3,000 人",
    "直播带来9000，裂变带来3000",
    "直播涨粉 0.9万；裂变涨粉 0.3万",
    "5 月 10 日、20 日、30 日 3 场直播，每场 3000 人；5 月 15 日、25 日 2 场裂变，每场 1500 人",
    "每场直播新增 3000 人，共 3 场；每场裂变新增 1500 人，共 2 场",
    "3 video livestreams ≥3,000 each + 2 fission events 1,500 each",
    "618 预热直播 3 场，每场 3000；520 裂变 2 场，每场 1500",
    "3 场直播 × 3,000 人/场 + 2 场裂变 × 1,500 人/场",
    "3 场直播（3,000 × 3）；2 场裂变（1,500 × 2）",
    "3 次视频直播，每次≥3000人，2 次裂变活动，每次≥1500人",
    "视频直播（3场，每场≥3,000人）、裂变活动（2场，每场≥1,500人）",
    "3 个直播 × 3000 + 2 个裂变 × 1500",
    "直播3场，每场≥3,000粉；裂变2场，每场≥1,500粉，合计12,000",
    "3 场直播（≥3,000）+ 2 场裂变（≥1,500）",
    "每场直播3000×3场+每场裂变1500×2场",
]


@pytest.mark.parametrize("task", TWELVE_THOUSAND)
def test_three_livestreams_and_two_events_bring_twelve_thousand(task: str) -> None:
    plan = one_row("新增粉丝 12,000 人", task)
    assert sum(share.amount or 0 for share in plan.shares(0)) == 12_000
    assert all(share.is_known for share in plan.shares(0))


# 3 hit articles × 3,000 + 2 fission events × 2,000 = 13,000
THIRTEEN_THOUSAND = [
    "3 篇爆款文章 × 3,000 + 2 场裂变活动 × 2,000",
    "3 篇爆文，每篇 3,000；2 场裂变，每场 2,000",
    "3篇爆款文章（每篇涨粉3000）+2场裂变活动（每场涨粉2000）",
    "打造三篇爆款文章，每篇带来 3000 新粉，举办两场裂变活动，每场带来 2000 新粉",
    "爆款文章 3 篇，篇均涨粉 3,000，裂变活动 2 场，场均涨粉 2,000",
    "3 篇爆款文章（单篇阅读 ≥ 10万，涨粉 ≥ 3000/篇）；2 场裂变（参与 ≥ 500，新增 2000/场）",
]


@pytest.mark.parametrize("task", THIRTEEN_THOUSAND)
def test_three_hits_and_two_events_bring_thirteen_thousand(task: str) -> None:
    plan = one_row("新增粉丝 10,000", task)
    assert sum(share.amount or 0 for share in plan.shares(0)) == 13_000


# 4 weeks × (500 扫码 + 500 好友推荐) = 4,000
FOUR_THOUSAND = [
    "4 周 ×（500 扫码 + 500 好友推荐）",
    "4周×(扫码500+好友推荐500)",
    "（500 扫码 + 500 好友推荐）× 4 周",
    "每周 500 扫码 + 500 好友推荐，共 4 周",
    "每周扫码新增500人、好友推荐新增500人，共4周",
    "4 周，每周扫码 500、好友推荐 500",
    "4周，每周：扫码500 + 好友推荐500",
    "扫码每周 500（4 周），好友推荐每周 500（4 周）",
    "扫码 4 周 × 500 + 好友推荐 4 周 × 500",
    "扫码：500人/周×4周；好友推荐：500人/周×4周",
    "扫码 2,000 + 好友推荐 2,000",
    "四周，每周扫码五百，好友推荐五百",
    "每周新增1000（扫码500+好友推荐500）×4周",
    "每周通过扫码新增 500 人，好友推荐新增 500 人（4周）",
]


@pytest.mark.parametrize("task", FOUR_THOUSAND)
def test_four_weeks_of_two_channels_bring_four_thousand(task: str) -> None:
    plan = one_row("新增粉丝 5,000", task)
    assert sum(share.amount or 0 for share in plan.shares(0)) == 4_000


# 10 + 5 + 5 = 20 pieces
TWENTY = [
    "10 篇产品测评 + 5 篇行业干货 + 5 篇用户案例",
    "10 篇产品测评、5 篇行业干货、5 篇用户案例",
    "产品测评10篇，行业干货5篇，用户案例5篇",
    "产品测评 10 篇；行业干货、用户案例各 5 篇",
    "完成 20 篇图文，其中产品测评 10 篇、行业干货 5 篇、用户案例 5 篇",
    "20 篇图文（10 篇产品测评 + 5 篇行业干货 + 5 篇用户案例）",
    "图文20篇：10篇产品测评，5篇行业干货，5篇用户案例",
    "每周 5 篇，共 4 周",
    "4 周 × 5 篇",
    "十篇产品测评、五篇行业干货、五篇用户案例，每篇阅读≥500",
    "10 篇产品测评（每篇阅读 ≥ 500）、5 篇行业干货（原创 ≥ 90%）、5 篇用户案例",
]


@pytest.mark.parametrize("task", TWENTY)
def test_three_series_make_twenty_pieces(task: str) -> None:
    plan = one_row("图文 20 篇（原创 60 %）", task)
    assert sum(share.amount or 0 for share in plan.shares(0)) == 20
    assert plan.shares(1) == ()  # a share of originals is not made by adding


def test_the_segment_keeps_its_words() -> None:
    plan = one_row("新增粉丝 5,000", "4 周 ×（500 扫码 + 500 好友推荐）")
    weeks, channels = plan.shares(0)[0].parts
    assert weeks.value == 4
    assert [(part.name, part.value) for part in channels.parts] == [
        ("扫码", Decimal(500)),
        ("好友推荐", Decimal(500)),
    ]


def test_what_each_brings_may_stand_under_the_standard() -> None:
    plan = one_row(
        "新增粉丝 12,000",
        "3 场视频直播\n2 场裂变活动",
        standard="直播每场新增 ≥ 3,000\n裂变每场新增 ≥ 1,500",
    )
    assert [share.amount for share in plan.shares(0)] == [9_000, 3_000]


def test_what_each_brings_may_stand_in_the_note() -> None:
    plan = one_row(
        "新增粉丝 9,000",
        "3 场视频直播",
        standard="每场观看 ≥ 2,000",
        note="3 × 3,000 = 9,000",
    )
    assert [share.amount for share in plan.shares(0)] == [9_000]


def test_the_metric_cell_may_say_how_it_is_made_up() -> None:
    plan = one_row("新增粉丝 10,000 = 3 篇爆文 × 3,000 + 2 场裂变 × 2,000 = 13,000", "拉新")
    assert [share.amount for share in plan.shares(0)] == [9_000, 4_000]


def test_people_watching_are_not_people_following() -> None:
    plan = one_row("新增粉丝 12,000", "3 场直播，每场观看 2,000；2 场裂变，每场参与 500 人")
    assert [share.amount for share in plan.shares(0)] == [None, None]


def test_weeks_nobody_counted_stay_unknown() -> None:
    plan = one_row("新增粉丝 8,000", "每周 2 场直播，每场新增 1,000")
    assert [share.amount for share in plan.shares(0)] == [None]


def test_a_missing_factor_keeps_its_name() -> None:
    plan = one_row("GMV 300 万", "2 场直播 × 每场订单 × 500 元")
    names = [(part.name, part.value) for part in plan.shares(0)[0].parts]
    assert names == [("直播", 2), ("每场订单", None), ("元", 500)]
