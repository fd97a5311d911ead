"""头条号: reads and followers by day, and the list of works."""

from __future__ import annotations

from yunce.engines.platforms._base import Column, Export, Platform

TREND = Export(
    key="trend",
    label="数据趋势",
    shape="days",
    where="头条号后台 → 数据 → 作品数据 → 整体 → 数据趋势 → 下载",
    file_names=("数据趋势_<账号>_<开始>-<结束>.xlsx",),
    fingerprint=("展现量", "粉丝展现量", "阅读(播放)量", "粉丝阅读(播放)量"),
    sure_from=3,
    sample="数据趋势_1234567890_2026-09-10-2026-09-12.xlsx",
    note=(
        "第二行是合计，只用来核对。文件名里写着（文章)或(微头条)的是其中一部分，按体裁存放："
        "文章加微头条不等于全部，小视频是剩下的。"
    ),
    file_marks=(("微头条", "form=微头条"), ("文章", "form=文章"), ("视频", "form=视频")),
    columns=(
        Column(header="时间", role="date", required=True, aliases=("日期",)),
        Column(header="展现量", metric="impressions", required=True),
        Column(header="粉丝展现量", metric="fan_impressions"),
        Column(header="阅读(播放)量", metric="reads", aliases=("阅读量",)),
        Column(
            header="粉丝阅读(播放)量",
            metric="fan_reads",
            aliases=("粉丝阅读量",),
        ),
        Column(header="点赞量", metric="likes"),
        Column(header="评论量", metric="comments"),
    ),
)

FOLLOWERS = Export(
    key="followers",
    label="粉丝趋势",
    shape="days",
    where="头条号后台 → 数据 → 粉丝数据 → 粉丝趋势 → 下载",
    file_names=("粉丝趋势_<开始>-<结束>.xlsx",),
    fingerprint=("粉丝变化数", "流失粉丝数", "活跃粉丝数", "总铁粉数"),
    sure_from=2,
    sample="粉丝趋势_2026-09-10-2026-09-12.xlsx",
    columns=(
        Column(header="时间", role="date", required=True, aliases=("日期",)),
        Column(header="总粉丝数", metric="total_followers", adds=False, required=True),
        Column(header="粉丝变化数", metric="net_followers_reported", signed=True, required=True),
        Column(header="新增粉丝数", metric="new_followers"),
        Column(header="流失粉丝数", metric="lost_followers"),
        Column(header="活跃粉丝数", metric="active_followers", adds=False),
        Column(header="总铁粉数", metric="loyal_followers", adds=False),
    ),
)

WORKS = Export(
    key="works",
    label="作品列表",
    shape="posts",
    where="头条号后台 → 数据 → 作品数据 → 单篇（文章、微头条…）→ 下载",
    file_names=("微头条_-_1-38.xlsx",),
    fingerprint=("ID", "粉丝展现量", "平均阅读时长"),
    sure_from=2,
    sample="微头条_-_1-2.xlsx",
    columns=(
        Column(header="标题", role="title", required=True),
        Column(header="发布时间", role="published", required=True),
        Column(header="ID", role="id", required=True),
        Column(header="展现量", metric="post_impressions", required=True),
        Column(header="粉丝展现量", metric="post_fan_impressions"),
        Column(header="阅读量", metric="post_views", aliases=("阅读(播放)量", "播放量")),
        Column(header="点击率", metric="post_click_rate", scale="percent"),
        Column(
            header="平均阅读时长",
            metric="post_watch_seconds",
            scale="seconds",
            aliases=("平均播放时长",),
        ),
        Column(header="点赞量", metric="post_likes"),
        Column(header="评论量", metric="post_comments"),
        Column(header="分享量", metric="post_shares"),
        Column(header="收藏量", metric="post_saves"),
    ),
)

PLATFORM = Platform(
    key="toutiao",
    label="头条号",
    mark="头",
    colour="",
    backend_url="https://mp.toutiao.com/",
    exports=(TREND, FOLLOWERS, WORKS),
    limits=(
        "作品有固定编号，改了标题也认得出。活跃粉丝按人去重，几天不能相加。"
        "一些文件的样式信息不合规范，别的工具会打不开，运策可以直接读。"
    ),
)
