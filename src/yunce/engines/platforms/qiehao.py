"""企鹅号: suggestions for the column mapper."""

from __future__ import annotations

from yunce.engines.platforms._base import Column, Platform

PLATFORM = Platform(
    key="qiehao",
    label="企鹅号",
    mark="企",
    colour="",
    backend_url="https://om.qq.com/",
    limits=("后台导出的表头我们没有见过：上传后在「选列导入」里核对建议的列，团队记住一次就够。"),
    preset=(
        Column(header="日期", role="date", aliases=("统计日期",)),
        Column(header="曝光量", metric="impressions", aliases=("推荐量",)),
        Column(header="阅读量", metric="reads", aliases=("阅读(播放)量",)),
        Column(header="播放量", metric="video_plays"),
        Column(header="评论量", metric="comments"),
        Column(header="点赞量", metric="likes"),
        Column(header="收藏量", metric="saves"),
        Column(header="分享量", metric="shares"),
        Column(header="新增粉丝", metric="new_followers", aliases=("新增订阅",)),
        Column(header="累计粉丝", metric="total_followers", aliases=("累计订阅",)),
        Column(
            header="标题",
            role="title",
            aliases=(
                "内容标题",
                "作品标题",
            ),
        ),
        Column(header="发布时间", role="published"),
        Column(header="曝光量", metric="post_impressions", aliases=("推荐量",)),
        Column(
            header="阅读量",
            metric="post_views",
            aliases=(
                "播放量",
                "阅读(播放)量",
            ),
        ),
        Column(header="评论量", metric="post_comments"),
        Column(header="点赞量", metric="post_likes"),
        Column(header="收藏量", metric="post_saves"),
        Column(header="分享量", metric="post_shares"),
    ),
)
