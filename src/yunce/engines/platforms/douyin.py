"""抖音: the works list, the account's daily numbers (one metric a file), its audience."""

from __future__ import annotations

from yunce.engines.platforms._base import Column, Export, Platform

WORKS = Export(
    key="works",
    label="作品列表",
    shape="posts",
    where="创作者中心 → 作品列表 → 导出",
    file_names=("作品列表导出.xlsx", "作品列表.xlsx"),
    fingerprint=("审核状态", "5s完播率", "2s跳出率", "主页访问量", "粉丝增量"),
    sure_from=3,
    sample="作品列表导出.xlsx",
    evidence="file",
    note="所有单元格都是文字；有的账号没有「封面点击率」，只有 15 列。",
    columns=(
        Column(header="作品名称", role="title", required=True),
        Column(header="发布时间", role="published", required=True),
        Column(header="体裁", role="form"),
        Column(header="审核状态", role="ignore"),
        Column(header="播放量", metric="post_views"),
        Column(header="完播率", metric="post_finish_rate", scale="fraction"),
        Column(header="5s完播率", metric="post_finish_rate_5s", scale="fraction"),
        Column(header="封面点击率", metric="post_click_rate", scale="fraction"),
        Column(header="2s跳出率", metric="post_bounce_rate_2s", scale="fraction"),
        Column(header="平均播放时长", metric="post_watch_seconds", scale="seconds"),
        Column(header="点赞量", metric="post_likes"),
        Column(header="分享量", metric="post_shares"),
        Column(header="评论量", metric="post_comments"),
        Column(header="收藏量", metric="post_saves"),
        Column(header="主页访问量", metric="post_profile_visits"),
        Column(header="粉丝增量", metric="post_follows", signed=True),
    ),
)

DAILY = Export(
    key="daily",
    label="账号数据（每个指标一个文件）",
    shape="days",
    where="创作者中心 → 账号数据 → 选一个指标 → 下载",
    # None of these alone proves 抖音: a single-metric file stays below certainty.
    fingerprint=(
        "主页访问",
        "作品点赞",
        "作品分享",
        "作品评论",
        "净增粉丝",
        "取关粉丝",
        "总粉丝量",
    ),
    sure_from=3,
    sample="净增粉丝.xlsx",
    evidence="file",
    note="每个指标一个文件，30 天。逐个上传，运策按日期合到一起。",
    columns=(
        Column(header="日期", role="date", required=True),
        Column(header="播放量", metric="reads"),
        Column(header="主页访问", metric="profile_visits"),
        Column(header="作品点赞", metric="likes"),
        Column(header="作品分享", metric="shares"),
        Column(header="作品评论", metric="comments"),
        Column(header="封面点击率", metric="cover_click_rate", scale="fraction"),
        Column(header="净增粉丝", metric="net_followers_reported", signed=True),
        Column(header="取关粉丝", metric="lost_followers"),
        Column(header="总粉丝量", metric="total_followers", adds=False),
    ),
)

AUDIENCE = Export(
    key="audience",
    label="粉丝地区分布（英文界面）",
    shape="period",
    where="Creator Center → Audience → Export（英文界面）",
    fingerprint=("Top territories", "Distribution"),
    sure_from=2,
    sample="Top territories.csv",
    evidence="single",
    columns=(
        Column(header="Top territories", role="segment", segment="region", required=True),
        Column(header="Distribution", metric="audience_share", scale="percent", required=True),
    ),
)

PLATFORM = Platform(
    key="douyin",
    label="抖音",
    mark="抖",
    colour="dy",
    backend_url="https://creator.douyin.com/creator-micro/home",
    window_days=30,
    exports=(WORKS, DAILY, AUDIENCE),
    limits=(
        "作品列表没有作品编号，同一条作品靠「发布时间＋作品名称」认出；改了名称会被当成新的一条。"
        "图文的完播率和视频的含义不同，不要放在一起平均。账号数据最多 30 天，每个指标单独一个文件，"
        "文件里看不出是哪个账号，上传时请选对账号。"
    ),
)
