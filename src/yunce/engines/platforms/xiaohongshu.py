"""小红书: the note list with its banner row, and the 30-day trends of the account."""

from __future__ import annotations

from yunce.engines.platforms._base import Column, Export, Platform

NOTES = Export(
    key="notes",
    label="笔记列表明细表",
    shape="posts",
    where="创作服务平台 → 数据分析 → 内容分析 → 导出数据",
    file_names=("笔记列表明细表.xlsx",),
    fingerprint=("笔记标题", "首次发布时间", "涨粉", "人均观看时长"),
    sure_from=3,
    sample="notes.csv",
    columns=(
        Column(header="笔记标题", role="title", required=True),
        Column(header="首次发布时间", role="published", required=True),
        Column(header="体裁", role="form"),
        Column(header="曝光", metric="post_impressions", aliases=("曝光量",)),
        Column(header="观看量", metric="post_views"),
        Column(header="封面点击率", metric="post_click_rate", scale="fraction"),
        Column(header="点赞", metric="post_likes", aliases=("点赞量",)),
        Column(header="评论", metric="post_comments", aliases=("评论量",)),
        Column(header="收藏", metric="post_saves", aliases=("收藏量",)),
        Column(header="涨粉", metric="post_follows", aliases=("涨粉量",), signed=True),
        Column(header="分享", metric="post_shares", aliases=("分享量",)),
        Column(header="人均观看时长", metric="post_watch_seconds", scale="seconds"),
        Column(header="弹幕", metric="post_danmaku", aliases=("弹幕量",)),
    ),
)


def _trend(*, key: str, sheet: str, metric: str, file: str, signed: bool = False) -> Export:
    """One trend sheet: 日期 | 数值, where only the sheet's name says what is counted."""
    return Export(
        key=key,
        label=f"近30日 · {sheet}",
        shape="days",
        where="创作服务平台 → 数据分析 → 账号概览 → 近30日 → 导出数据",
        file_names=(file,),
        sheet=sheet,
        fingerprint=("数值",),
        columns=(
            Column(header="日期", role="date", required=True),
            Column(header="数值", metric=metric, signed=signed, required=True),
        ),
        sample=f"{key}.csv",
    )


PLATFORM = Platform(
    key="xiaohongshu",
    label="小红书",
    mark="红",
    colour="xhs",
    backend_url="https://creator.xiaohongshu.com/",
    exports=(
        NOTES,
        _trend(
            key="trend_impressions",
            sheet="曝光趋势",
            metric="impressions",
            file="近30日观看数据.xlsx",
        ),
        _trend(key="trend_views", sheet="观看趋势", metric="reads", file="近30日观看数据.xlsx"),
        _trend(
            key="trend_followers",
            sheet="净涨粉趋势",
            metric="net_followers_reported",
            file="近30日涨粉数据.xlsx",
            signed=True,
        ),
    ),
    limits=(
        "笔记列表最多导出排序后的前 1000 条，没有笔记编号和链接，"
        "同一条笔记靠「首次发布时间＋标题」认出；改了标题会被当成新的一条。"
        "最新笔记的曝光常常晚一天才有。数值是导出那一刻的累计值。"
    ),
)
