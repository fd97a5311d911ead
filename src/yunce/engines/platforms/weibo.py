"""微博: no header of its back end is known; suggestions for the column mapper."""

from __future__ import annotations

from yunce.engines.platforms._base import Column, Platform

PLATFORM = Platform(
    key="weibo",
    label="微博",
    mark="微",
    colour="",
    backend_url="https://me.weibo.com/",
    limits=(
        "后台导出的表头我们没有见过：上传后在「选列导入」里核对建议的列，团队记住一次就够。"
        "转评赞数是三项之和，不单独存放。"
    ),
    preset=(
        Column(header="日期", role="date"),
        Column(header="粉丝总数", metric="total_followers"),
        Column(header="粉丝净增数", metric="net_followers_reported"),
        Column(header="新增粉丝数", metric="new_followers"),
        Column(header="减少粉丝数", metric="lost_followers"),
        Column(header="阅读数", metric="reads"),
        Column(header="发博数", metric="pieces"),
        Column(header="转发数", metric="reposts"),
        Column(header="评论数", metric="comments"),
        Column(header="点赞数", metric="likes"),
        Column(header="微博内容", role="title"),
        Column(header="发布时间", role="published"),
        Column(header="阅读数", metric="post_views"),
        Column(header="点击数", metric="post_url_clicks"),
        Column(header="转发数", metric="post_reposts"),
        Column(header="评论数", metric="post_comments"),
        Column(header="点赞数", metric="post_likes"),
        Column(header="URL", role="url"),
    ),
)
