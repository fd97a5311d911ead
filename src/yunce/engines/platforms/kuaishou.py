"""快手: the list of works, and one work's details."""

from __future__ import annotations

from yunce.engines.platforms._base import Column, Export, Platform

WORKS = Export(
    key="works",
    label="作品列表明细",
    shape="posts",
    where="快手创作者服务平台 → 数据中心 → 作品分析 → 作品列表 → 导出",
    file_names=("作品列表明细.xlsx",),
    fingerprint=("作品", "涨粉量"),
    sure_from=2,
    sample="作品列表明细.xlsx",
    note="列的先后没有定准，按表头认，不按位置。",
    columns=(
        Column(header="作品", role="title", required=True),
        Column(header="发布时间", role="published", required=True),
        Column(header="播放量", metric="post_views", required=True),
        Column(header="完播率", metric="post_finish_rate", scale="percent"),
        Column(header="平均播放时长", metric="post_watch_seconds", scale="seconds"),
        Column(header="评论量", metric="post_comments"),
        Column(header="点赞量", metric="post_likes"),
        Column(header="收藏量", metric="post_saves"),
        Column(header="分享量", metric="post_shares"),
        Column(header="涨粉量", metric="post_follows", signed=True),
    ),
)

_DETAIL_WHERE = "快手创作者服务平台 → 数据中心 → 作品分析 → 单个作品 → 导出"
_DETAIL_SAMPLE = "夏至露营准备清单-作品数据明细.xlsx"

DETAIL = Export(
    key="detail",
    label="单个作品 · 总览",
    shape="post",
    where=_DETAIL_WHERE,
    fingerprint=("涨粉量", "2s跳出率", "5s完播率", "封面点击率"),
    sure_from=3,
    sample=_DETAIL_SAMPLE,
    evidence="single",
    note="里面没有作品标题：文件名就是标题。空白写作「--」。",
    columns=(
        Column(header="播放量", metric="post_views", required=True),
        Column(header="点赞量", metric="post_likes"),
        Column(header="评论量", metric="post_comments"),
        Column(header="分享量", metric="post_shares"),
        Column(header="收藏量", metric="post_saves"),
        Column(header="涨粉量", metric="post_follows", signed=True, required=True),
        Column(header="封面点击率", metric="post_click_rate", scale="percent"),
        Column(header="2s跳出率", metric="post_bounce_rate_2s", scale="percent"),
        Column(header="5s完播率", metric="post_finish_rate_5s", scale="percent"),
        Column(header="完播率", metric="post_finish_rate", scale="percent"),
    ),
)

DETAIL_DAYS = Export(
    key="detail_days",
    label="单个作品 · 按天",
    shape="post_days",
    where=_DETAIL_WHERE,
    beside=("detail",),
    sample=_DETAIL_SAMPLE,
    evidence="memory",
    columns=(
        Column(header="日期", role="date", required=True, aliases=("时间",)),
        Column(header="播放量", metric="post_daily_views"),
        Column(header="点赞量", metric="post_daily_likes"),
        Column(header="评论量", metric="post_daily_comments"),
        Column(header="分享量", metric="post_daily_shares"),
        Column(header="收藏量", metric="post_daily_saves"),
        Column(header="涨粉量", metric="post_daily_follows", signed=True),
    ),
)

PLATFORM = Platform(
    key="kuaishou",
    label="快手",
    mark="快",
    colour="",
    backend_url="https://cp.kuaishou.com/",
    exports=(WORKS, DETAIL, DETAIL_DAYS),
    limits=(
        "没有作品编号，靠「发布时间＋作品」认出；改了文案会被当成新的一条。"
        "我们没有见过原始文件，如果没有认出来，请用「选列导入」并告诉我们表头。"
    ),
)
