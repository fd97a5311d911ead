"""视频号: the list of videos, 15 or 19 columns."""

from __future__ import annotations

from yunce.engines.platforms._base import Column, Export, Platform

VIDEOS = Export(
    key="videos",
    label="单篇视频",
    shape="posts",
    where="视频号助手 → 数据中心 → 视频数据 → 单篇视频 → 下载表格",
    file_names=("视频号动态数据明细.csv",),
    fingerprint=(
        *("视频ID", "转发聊天和朋友圈", "设为铃声", "设为状态", "设为朋友圈封面", "关注量"),
    ),
    sure_from=3,
    sample="视频号动态数据明细.csv",
    evidence="file",
    note=(
        "「推荐」是♡，「喜欢」是大拇指：推荐不是曝光，喜欢不是收藏，这份表里没有曝光和收藏。"
        "后台默认只筛近 7 天，导出前请先选好时间。"
    ),
    columns=(
        Column(header="视频描述", role="title", required=True),
        Column(header="视频ID", role="id", required=True),
        Column(header="发布时间", role="published", required=True),
        Column(header="完播率", metric="post_finish_rate", scale="fraction"),
        Column(header="平均播放时长", metric="post_watch_seconds", scale="seconds"),
        Column(header="播放量", metric="post_views"),
        Column(header="推荐", metric="post_recommends"),
        Column(header="喜欢", metric="post_likes"),
        Column(header="评论量", metric="post_comments"),
        Column(header="分享量", metric="post_shares"),
        Column(header="关注量", metric="post_follows", signed=True),
        Column(header="转发聊天和朋友圈", metric="post_forwards"),
        Column(header="设为铃声", metric="post_ringtones"),
        Column(header="设为状态", metric="post_statuses"),
        Column(header="设为朋友圈封面", metric="post_moments_covers"),
        Column(header="企微链接点击次数", metric="post_link_clicks"),
        Column(header="企微链接点击人数", metric="post_link_users", adds=False),
        Column(header="添加到通讯录次数", metric="post_contacts"),
        Column(header="添加到通讯录人数", metric="post_contact_users", adds=False),
    ),
)

PLATFORM = Platform(
    key="weixin_channels",
    label="视频号",
    mark="视",
    colour="",
    backend_url="https://channels.weixin.qq.com/platform",
    exports=(VIDEOS,),
    limits=(
        "发布时间只有日期（北京时间）。每条视频有固定编号，改了描述也认得出。"
        "数值是导出那一刻的累计值，没有曝光量和收藏量。"
    ),
)
