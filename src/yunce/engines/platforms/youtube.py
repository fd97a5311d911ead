"""YouTube Studio: totals by day, the same by country, and tables of a chosen period."""

from __future__ import annotations

from yunce.engines.platforms._base import Column, Export, Platform

_WHERE = "YouTube Studio → 数据分析 → 高级模式 → 选维度和时段 → 导出 → CSV"
_COUNTRY = Column(
    header="Geography", role="segment", segment="region", required=True, aliases=("地理位置",)
)
_VIEWS = ("观看次数",)

TOTALS = Export(
    key="totals",
    label="Totals（每天合计）",
    shape="days",
    where=_WHERE,
    file_names=("Totals.csv",),
    fingerprint=("Views", "Watch time"),
    sure_from=1,
    sample="Totals.csv",
    evidence="file",
    columns=(
        Column(header="Date", role="date", required=True),
        Column(header="Views", metric="reads", aliases=_VIEWS, required=True),
        Column(header="Watch time", metric="watch_time", factor=3600),  # (hours)
        Column(header="Average view duration", metric="watch_seconds", scale="seconds"),
        Column(header="Subscribers", metric="net_followers_reported", signed=True),
    ),
)

CHART = Export(
    key="chart",
    label="Chart data（每天每个国家）",
    shape="days",
    where=_WHERE,
    file_names=("Chart data.csv",),
    fingerprint=("Geography", "Views"),
    sure_from=1,
    sample="Chart data.csv",
    evidence="file",
    note="按国家的部分数，不和每天合计相加；国家代码 NA 是纳米比亚，不是空白。",
    columns=(
        Column(header="Date", role="date", required=True),
        _COUNTRY,
        Column(header="Views", metric="reads", aliases=_VIEWS),
        Column(header="Watch time", metric="watch_time", factor=3600),
    ),
)

TABLE = Export(
    key="table",
    label="Table data（按国家，所选时段）",
    shape="period",
    where=_WHERE,
    file_names=("Table data.csv",),
    fingerprint=("Geography", "Average view duration", "Watch time"),
    sure_from=2,
    sample="Table data.csv",
    evidence="file",
    note="没有日期：存成导出那天的「时段」读数。Total 是整体，常比各国相加大一点，差额会提醒。",
    columns=(
        _COUNTRY,
        Column(header="Views", metric="period_reads", aliases=_VIEWS, required=True),
        Column(header="Average view duration", metric="period_watch_seconds", scale="seconds"),
        Column(header="Watch time", metric="period_watch_time", factor=3600),
    ),
)

COUNTRIES = Export(
    key="countries",
    label="按国家的订阅与观看（接口导出）",
    shape="period",
    where="YouTube Analytics 接口或 BigQuery，后台没有这个按钮",
    file_names=("subscribers_geo.csv",),
    fingerprint=("country_name", "country_id", "watch_time_minutes"),
    sure_from=2,
    sample="subscribers_geo.csv",
    evidence="file",
    columns=(
        Column(header="country_name", role="ignore"),
        Column(header="country_id", role="segment", segment="region", required=True),
        Column(header="subscribers", metric="period_new_followers", signed=True),
        Column(header="comments", metric="period_comments"),
        Column(header="watch_time_minutes", metric="period_watch_time", factor=60),
        Column(header="views", metric="period_reads", required=True),
    ),
)

CONTENT = Export(
    key="content",
    label="Table data（按视频）",
    shape="posts",
    where=_WHERE,
    file_names=("Table data.csv",),
    fingerprint=("Content", "Video title", "Video publish time"),
    sure_from=2,
    sample="Table data (content).csv",
    evidence="memory",
    note="数值只算所选时段，不是发布以来的累计：导出时请选「全部时间」。",
    columns=(
        Column(header="Content", role="id", required=True),
        Column(header="Video title", role="title", required=True),
        Column(header="Video publish time", role="published", required=True),
        Column(header="Duration", role="ignore"),
        Column(header="Views", metric="post_views", required=True),
        Column(header="Watch time", role="ignore"),
        Column(header="Subscribers", metric="post_follows", signed=True),
        Column(header="Impressions", metric="post_impressions"),
        Column(header="Impressions click-through rate", metric="post_click_rate", scale="percent"),
        Column(header="Average view duration", metric="post_watch_seconds", scale="seconds"),
        Column(header="Likes", metric="post_likes"),
        Column(header="Comments added", metric="post_comments"),
        Column(header="Shares", metric="post_shares"),
    ),
)

PLATFORM = Platform(
    key="youtube",
    label="YouTube",
    mark="Y",
    colour="",
    backend_url="https://studio.youtube.com/",
    exports=(TOTALS, CHART, TABLE, CONTENT, COUNTRIES),
    limits=(
        "日期按太平洋时间切分，和北京时间差十几个小时。太小的国家和被剔除的播放不在各国里，"
        "所以各国相加小于合计。"
    ),
)
