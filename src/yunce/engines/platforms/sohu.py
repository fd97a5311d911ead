"""搜狐号: suggestions for the column mapper."""

from __future__ import annotations

from yunce.engines.platforms._base import Column, Platform

PLATFORM = Platform(
    key="sohu",
    label="搜狐号",
    mark="搜",
    colour="",
    backend_url="https://mp.sohu.com/",
    limits=("后台导出的表头我们没有见过：上传后在「选列导入」里核对建议的列，团队记住一次就够。"),
    preset=(
        Column(header="日期", role="date"),
        Column(header="推荐量", metric="impressions", aliases=("展示量",)),
        Column(header="阅读量", metric="reads", aliases=("总阅读量",)),
        Column(header="评论量", metric="comments"),
        Column(header="点赞量", metric="likes"),
        Column(header="收藏量", metric="saves"),
        Column(header="分享量", metric="shares"),
        Column(header="新增粉丝", metric="new_followers"),
        Column(header="总粉丝数", metric="total_followers", aliases=("累计粉丝",)),
        Column(
            header="标题",
            role="title",
            aliases=(
                "内容标题",
                "作品标题",
            ),
        ),
        Column(header="发布时间", role="published"),
        Column(header="推荐量", metric="post_impressions", aliases=("展示量",)),
        Column(header="阅读量", metric="post_views"),
        Column(header="评论量", metric="post_comments"),
        Column(header="点赞量", metric="post_likes"),
        Column(header="收藏量", metric="post_saves"),
        Column(header="分享量", metric="post_shares"),
    ),
)
