"""贴吧: suggestions for the column mapper."""

from __future__ import annotations

from yunce.engines.platforms._base import Column, Platform

PLATFORM = Platform(
    key="tieba",
    label="贴吧",
    mark="贴",
    colour="",
    backend_url="https://tieba.baidu.com/",
    limits=(
        "后台导出的表头我们没有见过：上传后在「选列导入」里核对建议的列，团队记住一次就够。"
        "关注吧的人数按累计粉丝存放。"
    ),
    preset=(
        Column(header="日期", role="date"),
        Column(
            header="浏览量",
            metric="reads",
            aliases=(
                "PV",
                "访问量",
            ),
        ),
        Column(header="访问人数", metric="visitors", aliases=("UV",)),
        Column(header="主题数", metric="pieces", aliases=("主题帖数",)),
        Column(header="回复数", metric="comments", aliases=("回贴数",)),
        Column(header="新增会员", metric="new_followers", aliases=("新增关注",)),
        Column(header="会员数", metric="total_followers", aliases=("关注数",)),
        Column(
            header="帖子标题",
            role="title",
            aliases=(
                "标题",
                "主题",
            ),
        ),
        Column(header="发帖时间", role="published", aliases=("发布时间",)),
        Column(header="浏览量", metric="post_views", aliases=("阅读量",)),
        Column(header="回复数", metric="post_comments", aliases=("回贴数",)),
        Column(header="点赞数", metric="post_likes"),
        Column(header="分享数", metric="post_shares"),
    ),
)
