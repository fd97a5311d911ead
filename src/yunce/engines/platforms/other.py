"""Anywhere else: suggestions after the sheets aggregators write."""

from __future__ import annotations

from yunce.engines.platforms._base import Column, Platform

PLATFORM = Platform(
    key="other",
    label="其他",
    mark="其",
    colour="",
    backend_url="",
    limits=("不在列表里的平台都用它：上传后用「选列导入」指定每一列的含义，或手工录入。"),
    preset=(
        Column(header="日期", role="date"),
        Column(header="曝光", metric="impressions", aliases=("推荐",)),
        Column(
            header="阅读（播放）",
            metric="reads",
            aliases=(
                "阅读",
                "播放",
            ),
        ),
        Column(header="点赞", metric="likes"),
        Column(header="评论", metric="comments"),
        Column(header="收藏", metric="saves"),
        Column(header="分享", metric="shares"),
        Column(header="新增粉丝", metric="new_followers"),
        Column(header="粉丝数", metric="total_followers"),
        Column(header="标题", role="title"),
        Column(header="发布时间", role="published"),
        Column(header="类型", role="form"),
        Column(header="链接", role="url"),
        Column(header="推荐", metric="post_impressions", aliases=("曝光",)),
        Column(
            header="阅读（播放）",
            metric="post_views",
            aliases=(
                "阅读",
                "播放",
            ),
        ),
        Column(header="评论", metric="post_comments"),
        Column(header="分享", metric="post_shares"),
        Column(header="收藏", metric="post_saves"),
        Column(header="点赞", metric="post_likes"),
    ),
)
