"""知乎: the account's daily report."""

from __future__ import annotations

from yunce.engines.platforms._base import Column, Export, Platform

DAILY = Export(
    key="daily",
    label="日报表",
    shape="days",
    where="知乎创作中心 → 数据分析 → 内容分析 → 导出日报表",
    file_names=("日报表.xls",),
    fingerprint=("阅读", "播放", "喜欢", "收藏"),
    sure_from=3,
    sample="日报表.xls",
    evidence="single",
    note="文件名是 .xls，里面其实是逗号分隔的文字。阅读和播放分开统计；点赞就是赞同。",
    columns=(
        Column(header="日期", role="date", required=True),
        Column(header="阅读", metric="reads", required=True),
        Column(header="播放", metric="video_plays", required=True),
        Column(header="点赞", metric="likes", aliases=("赞同",)),
        Column(header="喜欢", metric="loves"),
        Column(header="评论", metric="comments"),
        Column(header="收藏", metric="saves"),
        Column(header="分享", metric="shares"),
    ),
)

PLATFORM = Platform(
    key="zhihu",
    label="知乎",
    mark="知",
    colour="",
    backend_url="https://www.zhihu.com/creator",
    exports=(DAILY,),
    limits="只有整个账号每天的数；单篇的导出表头我们没有见过，请用「选列导入」或手工录入。",
    preset=(
        Column(header="标题", role="title"),
        Column(header="发布时间", role="published"),
        Column(header="阅读(播放)数", metric="post_views", aliases=("阅读数", "播放数")),
        Column(header="赞同数", metric="post_likes", aliases=("赞同", "点赞数")),
        Column(header="评论数", metric="post_comments"),
        Column(header="收藏数", metric="post_saves"),
        Column(header="分享数", metric="post_shares"),
    ),
)
