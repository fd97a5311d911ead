"""X: the account's overview by day, and the list of posts."""

from __future__ import annotations

from yunce.engines.platforms._base import Column, Export, Platform

OVERVIEW = Export(
    key="overview",
    label="Account overview（按天）",
    shape="days",
    where="X → Premium → Analytics → Account overview → 下载",
    file_names=("account_overview_analytics.csv",),
    fingerprint=("New follows", "Unfollows", "Reposts", "Create Post", "Media views"),
    sure_from=3,
    sample="account_overview_analytics.csv",
    evidence="file",
    note="最近几天的数会改：隔天再导出，同一天可能大出一倍。两次都传，运策会记下前后两个数。",
    columns=(
        Column(header="Date", role="date", required=True),
        Column(header="Impressions", metric="impressions", required=True),
        Column(header="Likes", metric="likes"),
        Column(header="Engagements", metric="engagements"),
        Column(header="Bookmarks", metric="saves"),
        Column(header="Shares", metric="shares"),
        Column(header="New follows", metric="new_followers"),
        Column(header="Unfollows", metric="lost_followers"),
        Column(header="Replies", metric="comments"),
        Column(header="Reposts", metric="reposts"),
        Column(header="Profile visits", metric="profile_visits"),
        Column(header="Create Post", metric="pieces"),
        Column(header="Video views", metric="video_plays"),
        Column(header="Media views", metric="media_views"),
    ),
)

CONTENT = Export(
    key="content",
    label="Content（按帖子）",
    shape="posts",
    where="X → Premium → Analytics → Content → 下载",
    file_names=("account_analytics_content.csv",),
    fingerprint=("Post id", "Post text", "Post Link", "Detail Expands"),
    sure_from=3,
    sample="account_analytics_content.csv",
    columns=(
        Column(header="Post id", role="id", required=True),
        Column(header="Date", role="published", required=True),
        Column(header="Post text", role="title", required=True),
        Column(header="Post Link", role="url"),
        Column(header="Impressions", metric="post_impressions", required=True),
        Column(header="Likes", metric="post_likes"),
        Column(header="Engagements", metric="post_engagements"),
        Column(header="Bookmarks", metric="post_saves"),
        Column(header="Shares", metric="post_shares"),
        Column(header="New follows", metric="post_follows", signed=True),
        Column(header="Replies", metric="post_comments"),
        Column(header="Reposts", metric="post_reposts"),
        Column(header="Profile visits", metric="post_profile_visits"),
        Column(header="Detail Expands", metric="post_detail_expands"),
        Column(header="URL Clicks", metric="post_url_clicks"),
        Column(header="Hashtag Clicks", role="ignore"),
        Column(header="Permalink Clicks", role="ignore"),
    ),
)

PLATFORM = Platform(
    key="x",
    label="X",
    mark="X",
    colour="",
    backend_url="https://x.com/i/account_analytics",
    exports=(OVERVIEW, CONTENT),
    limits=(
        "日期不是北京时间，当天和前一天的数会继续变大。帖子有固定编号。"
        "Engagements 是 X 自己的算法，不等于运策的互动量。"
    ),
)
