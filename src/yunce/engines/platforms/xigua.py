"""西瓜视频: suggestions for the column mapper."""

from __future__ import annotations

from yunce.engines.platforms._base import Column, Platform

PLATFORM = Platform(
    key="xigua",
    label="西瓜视频",
    mark="西",
    colour="",
    backend_url="https://studio.ixigua.com/",
    limits=("后台导出的表头我们没有见过：上传后在「选列导入」里核对建议的列，团队记住一次就够。"),
    preset=(
        Column(header="日期", role="date", aliases=("时间",)),
        Column(header="展现量", metric="impressions"),
        Column(header="播放量", metric="reads", aliases=("阅读(播放)量",)),
        Column(header="点赞量", metric="likes"),
        Column(header="评论量", metric="comments"),
        Column(header="收藏量", metric="saves"),
        Column(header="分享量", metric="shares"),
        Column(header="新增粉丝数", metric="new_followers"),
        Column(header="总粉丝数", metric="total_followers"),
        Column(
            header="视频标题",
            role="title",
            aliases=(
                "内容标题",
                "作品标题",
            ),
        ),
        Column(header="发布时间", role="published"),
        Column(header="展现量", metric="post_impressions"),
        Column(header="播放量", metric="post_views"),
        Column(header="完播率", metric="post_finish_rate"),
        Column(header="平均播放时长", metric="post_watch_seconds"),
        Column(header="点赞量", metric="post_likes"),
        Column(header="评论量", metric="post_comments"),
        Column(header="收藏量", metric="post_saves"),
        Column(header="分享量", metric="post_shares"),
        Column(header="涨粉量", metric="post_follows"),
    ),
)
