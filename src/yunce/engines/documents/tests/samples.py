"""The demo month's two tables as outlines: what the tests of the writers draw."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from yunce.engines.documents import Cell, Column, Note, Outline, Paragraph, Table, achievement

MADE = datetime(2025, 6, 2, 1, 30, tzinfo=UTC)
SUMMARY_TITLES = (
    "目标维度",
    "完成情况（实际值）",
    "计划vs实际（达成率）",
    "亮点分析",
    "问题反思",
    "改进措施",
)
PLAN_TITLES = (
    "目标维度",
    "具体指标（计划值）",
    "核心任务",
    "负责人",
    "时间节点",
    "完成标准",
    "备注",
)
_SUMMARY_COLUMNS = (
    Column(SUMMARY_TITLES[0], 12, align="center"),
    Column(SUMMARY_TITLES[1], 22),
    Column(SUMMARY_TITLES[2], 22, align="center", number_format="0%"),
    Column(SUMMARY_TITLES[3], 36),
    Column(SUMMARY_TITLES[4], 36),
    Column(SUMMARY_TITLES[5], 36),
    Column("计划（数值）", 12, align="right", key="target", helper=True),
    Column("实际（数值）", 12, align="right", key="actual", helper=True),
)


def words(*cells: str) -> tuple[Cell, ...]:
    return tuple(Cell(text) for text in cells)


def result(
    dimension: Cell, done: str, target: str, actual: str, rate: str, *words_: Cell
) -> tuple[Cell, ...]:
    numbers = (Cell(Decimal(target)), Cell(Decimal(actual)))
    rate_cell = Cell(achievement(Decimal(rate)), bold=True, tone="good")
    return (dimension, Cell(done), rate_cell, *words_, *numbers)


def summary_table() -> Table:
    blank = (Cell(), Cell(), Cell())
    content = tuple(
        Cell(text, row_span=2)
        for text in (
            "用户案例系列平均阅读 800，互动率 25%：真实用户的前后对比让人愿意留言。",
            "行业干货平均阅读 350，比要求的 500 少 30%：标题没有给出读者能得到什么。",
            "行业干货改为「一个问题 + 三步做法」，6 月 10 日前由文案专员出 3 篇，平均阅读 ≥ 500。",
        )
    )
    growth = words(
        "3 场直播各新增 3,500 人，预热 3 天、当天推送两次。",
        "18–25 岁占比 45%，比目标 55% 低 10 个百分点：裂变海报投在了宝妈群。",
        "6 月裂变活动改投校园社群，推广专员负责，目标用户占比 ≥ 55%。",
    )
    talk = words(
        "话题挑战阅读 150,000，用户自发内容 800+ 条。",
        "长图文互动率只有 5%：结尾提问离评论区太远。",
        "长图文中段加一次投票，内容设计负责，互动率 ≥ 8%。",
    )
    sale = tuple(
        Cell(text, row_span=2)
        for text in (
            "首日限时优惠：点击率 4.5%、转化率 2.2%。",
            "落地页加载 3 秒，流失约 10% 的访客。",
            "6 月 15 日前落地页 ≤ 2 秒（UI 设计），转化率提高 15%。",
        )
    )
    rows = (
        result(Cell("内容运营", row_span=2), "图文 22 篇", "20", "22", "1.1", *content),
        result(Cell(), "原创占比 65%", "0.6", "0.65", "1.0833333333333333", *blank),
        result(Cell("用户增长"), "新增粉丝 15,000 人", "12000", "15000", "1.25", *growth),
        result(Cell("互动提升"), "平均互动率 9.2%", "0.08", "0.092", "1.15", *talk),
        result(
            Cell("转化优化", row_span=2),
            "商品点击率 3.5%",
            "0.03",
            "0.035",
            "1.1666666666666667",
            *sale,
        ),
        result(Cell(), "转化率 1.8%", "0.015", "0.018", "1.2", *blank),
    )
    return Table(_SUMMARY_COLUMNS, rows)


def summary(*, author: str = "运营组长") -> Outline:
    verdict = "6 项目标全部达标；18–25 岁用户占比和落地页速度拖了后腿，6 月先解决这两件事。"
    note = "口径：互动率 =（点赞 + 评论 + 分享）÷ 粉丝数；达成率 = 实际 ÷ 计划。"
    blocks = (Paragraph(verdict), summary_table(), Note(note))
    title = "2025 年 5 月新媒体运营总结"
    return Outline(title, "星火新媒体团队 · 数据截至 5 月 31 日", author, MADE, blocks)


def plan_table() -> Table:
    widths = (10, 22, 38, 16, 18, 30, 12)
    columns = tuple(Column(*pair) for pair in zip(PLAN_TITLES, widths, strict=True))
    rows = (
        words(
            "内容运营",
            "图文 20 篇（原创 60%）",
            "10 篇产品测评 + 5 篇行业干货 + 5 篇用户案例",
            "文案专员",
            "5/1–5/30",
            "每篇阅读 ≥ 500；原创度 ≥ 90%；标题点击率 ≥ 5%",
            "",
        ),
        words(
            "用户增长",
            "新增粉丝 12,000 人",
            "3 场视频直播（每场 ≥ 3,000 人）\n2 场裂变活动（每场 ≥ 1,500 人）",
            "运营组长、社群专员",
            "直播 5/10、5/20、5/30；裂变 5/15、5/25",
            "直播观看 ≥ 2,000 人；提前 3 天预热；裂变参与 ≥ 500 人",
            "",
        ),
        words(
            "互动提升",
            "互动率 8%",
            "每篇内容结尾提问；1 次话题挑战",
            "内容设计、活动专员",
            "每日，5/1–5/31",
            "话题阅读 ≥ 100,000；评论回复率 ≥ 60%",
            "",
        ),
        words(
            "转化优化",
            "点击率 3%，转化率 1.5%",
            "3 篇限时优惠内容；落地页加购买按钮",
            "推广专员、UI 设计",
            "5/8、5/18、5/28",
            "按钮首屏可见；点击率 ≥ 3%",
            "618 预热",
        ),
    )
    return Table(columns, rows)


def plan() -> Outline:
    title = "2025 年 5 月新媒体运营计划"
    return Outline(title, "核心方向：新品推广", "运营组长", MADE, (plan_table(),))


def one_cell(text: str) -> Outline:
    """A document whose only cell says this."""
    table = Table((Column("内容", 20),), ((Cell(text),),))
    return Outline("单元格", "", "运营组长", MADE, (table,))
