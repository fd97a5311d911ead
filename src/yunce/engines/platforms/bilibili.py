"""B站: the comparison of videos, with only the columns its owner ticked."""

from __future__ import annotations

from yunce.engines.platforms._base import Column, Export, Platform

COMPARISON = Export(
    key="comparison",
    label="稿件对比",
    shape="posts",
    where="创作中心 → 数据中心 → 稿件分析 → 稿件对比 → 自选指标 → 导出",
    fingerprint=(
        *("视频标题", "稿件名称", "封标点击率", "3秒跳出率", "粉丝观看率"),
        *("游客播放占比", "平均播放进度", "投币量"),
    ),
    sure_from=3,
    sample="稿件对比.csv",
    evidence="single",
    note=(
        "文件里只有在「自选指标」里勾选的列，一次最多 10 个稿件，没有 BV 号。"
        "封标点击率有时写成 3.5星：星级单独存放，不和百分比混在一起。"
    ),
    columns=(
        Column(header="视频标题", role="title", required=True, aliases=("稿件名称", "稿件标题")),
        Column(header="发布时间", role="published", required=True),
        Column(header="播放量", metric="post_views"),
        Column(header="游客播放占比", metric="post_guest_share", scale="percent"),
        Column(header="粉丝观看率", metric="post_fan_view_rate", scale="percent"),
        Column(
            header="封标点击率",
            metric="post_click_rate",
            scale="percent",
            instead=(("星", "post_cover_stars"),),
        ),
        Column(header="3秒跳出率", metric="post_bounce_rate_3s", scale="percent"),
        Column(header="涨粉量", metric="post_follows", signed=True),
        Column(header="点赞量", metric="post_likes"),
        Column(header="评论量", metric="post_comments"),
        Column(header="弹幕量", metric="post_danmaku"),
        Column(header="收藏量", metric="post_saves"),
        Column(header="投币量", metric="post_coins"),
        Column(header="转发量", metric="post_shares", aliases=("分享量",)),
        Column(header="平均播放进度", metric="post_progress", scale="percent"),
        Column(header="完播率", metric="post_finish_rate", scale="percent"),
    ),
)

PLATFORM = Platform(
    key="bilibili",
    label="B站",
    mark="B",
    colour="bl",
    backend_url="https://member.bilibili.com/platform/home",
    exports=(COMPARISON,),
    limits=(
        "没有稿件编号，靠「发布时间＋标题」认出；改了标题会被当成新的一条。"
        "3 秒跳出率和抖音的 2 秒跳出率门槛不同，不能比较。一次只能导出 10 个稿件。"
    ),
    preset=(  # lists people fetch through the site's own interface
        Column(header="title", role="title", aliases=("标题",)),
        Column(header="created", role="published", aliases=("发布时间", "pubdate")),
        Column(header="bvid", role="id", aliases=("BV号",)),
        Column(header="play", metric="post_views", aliases=("播放", "播放量")),
        Column(header="comment", metric="post_comments", aliases=("评论", "reply")),
        Column(header="video_review", metric="post_danmaku", aliases=("弹幕", "danmaku")),
        Column(header="like", metric="post_likes", aliases=("点赞",)),
        Column(header="coin", metric="post_coins", aliases=("投币",)),
        Column(header="collect", metric="post_saves", aliases=("收藏", "favorite")),
        Column(header="share", metric="post_shares", aliases=("分享", "转发")),
    ),
)
