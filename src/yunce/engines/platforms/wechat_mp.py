"""公众号: followers by day, reads by channel, lists of articles, one article's details."""

from __future__ import annotations

from yunce.engines.platforms._base import Column, Export, Platform

_ANALYSIS = "公众平台 → 数据 → 内容分析"
_CHANNEL = Column(header="传播渠道", role="segment", segment="channel", required=True)

USERS = Export(
    key="users",
    label="用户增长",
    shape="days",
    where="公众平台 → 数据 → 用户分析 → 用户增长 → 下载表格",
    file_names=("user_analysis.xls",),
    fingerprint=("新关注人数", "取消关注人数", "净增关注人数", "累积关注人数"),
    sure_from=3,
    sample="user_analysis.xls",
    note="文件名是 .xls，里面其实是网页表格；第一行是标题，最后一行的累积数是当前总数。",
    columns=(
        Column(header="时间", role="date", required=True, aliases=("日期",)),
        Column(header="新关注人数", metric="new_followers", required=True),
        Column(header="取消关注人数", metric="lost_followers", required=True),
        Column(header="净增关注人数", metric="net_followers_reported", signed=True),
        Column(
            header="累积关注人数",
            metric="total_followers",
            adds=False,
            aliases=("累计关注人数",),
        ),
    ),
)

TREND = Export(
    key="trend",
    label="流量分析 · 阅读趋势（按渠道）",
    shape="days",
    where=f"{_ANALYSIS} → 流量分析 → 下载数据明细",
    file_names=("tendency_<开始>_<结束>.xls",),
    fingerprint=("渠道", "阅读人数"),
    sure_from=2,
    span_days=60,
    sample="tendency.xls",
    note="三张表并排在一个工作表里。「全部」是整体，不能和各渠道相加。",
    columns=(
        Column(header="日期", role="date", required=True),
        Column(header="渠道", role="segment", segment="channel", required=True),
        Column(header="阅读人数", metric="readers", adds=False, required=True),
        Column(header="阅读次数", metric="reads"),
    ),
)

ACTIONS = Export(
    key="actions",
    label="流量分析 · 分享收藏（按天）",
    shape="days",
    where=TREND.where,
    file_names=TREND.file_names,
    fingerprint=("分享人数", "跳转阅读原文人数", "微信收藏人数", "发表篇数"),
    sure_from=2,
    span_days=60,
    sample=TREND.sample,
    columns=(
        Column(header="日期", role="date", required=True),
        Column(header="分享人数", metric="sharers", adds=False, required=True),
        Column(
            header="跳转阅读原文人数",
            metric="original_link_users",
            adds=False,
            aliases=("读原文人数",),
        ),
        Column(header="微信收藏人数", metric="savers", adds=False, required=True),
        Column(header="发表篇数", metric="pieces"),
    ),
)

ARTICLES = Export(
    key="articles",
    label="流量分析 · 单篇阅读（按渠道）",
    shape="posts",
    where=TREND.where,
    file_names=TREND.file_names,
    fingerprint=("传播渠道", "发表日期", "内容标题", "阅读人数占比"),
    sure_from=3,
    span_days=60,
    sample=TREND.sample,
    note="每篇每个渠道一行，「全部」是整篇。",
    columns=(
        _CHANNEL,
        Column(header="发表日期", role="published", required=True),
        Column(header="内容标题", role="title", required=True),
        Column(header="阅读人数", metric="post_readers", adds=False, required=True),
        Column(header="阅读人数占比", role="ignore", aliases=("阅读占比",)),
    ),
)

OLD_TREND = Export(
    key="trend_old",
    label="流量分析（旧版，一张表）",
    shape="days",
    where=TREND.where,
    file_names=TREND.file_names,
    fingerprint=("阅读原文次数", "阅读原文人数", "群发篇"),
    sure_from=2,
    span_days=60,
    sample="tendency_old.xls",
    evidence="single",
    columns=(
        Column(header="日期", role="date", required=True),
        Column(header="阅读次数", metric="reads", required=True),
        Column(header="阅读人数", metric="readers", adds=False),
        Column(header="分享次数", metric="shares"),
        Column(header="分享人数", metric="sharers", adds=False),
        Column(header="阅读原文次数", metric="original_link_clicks", required=True),
        Column(header="阅读原文人数", metric="original_link_users", adds=False),
        Column(header="收藏次数", metric="saves"),
        Column(header="收藏人数", metric="savers", adds=False),
        Column(header="群发篇", metric="pieces", aliases=("群发篇数",)),
        Column(header="渠道", role="segment", segment="channel"),
    ),
)

_LIST = (
    Column(header="内容标题", role="title", required=True),
    Column(header="发表时间", role="published", required=True),
    Column(header="总阅读人数", metric="post_readers", adds=False, required=True),
    Column(header="总阅读次数", metric="post_views", required=True),
    Column(header="总分享人数", metric="post_sharers", adds=False),
    Column(header="总分享次数", metric="post_shares"),
    Column(header="阅读后关注人数", metric="post_follows"),
    Column(header="首次分享次数", metric="post_first_shares"),
    Column(
        header="分享产生阅读次数",
        metric="post_share_reads",
        aliases=("分享产生的阅读次数",),
    ),
    Column(header="首次分享率", role="ignore"),
    Column(header="每次分享带来阅读次数", role="ignore"),
    Column(header="阅读完成率", metric="post_finish_rate", scale="fraction"),
    Column(header="内容url", role="url", aliases=("内容链接",)),
)

NOTIFIED = Export(
    key="notified",
    label="已通知内容",
    shape="posts",
    where=f"{_ANALYSIS} → 已通知内容 → 下载数据明细",
    fingerprint=("送达人数", "送达阅读率", "总阅读人数", "总阅读次数", "阅读完成率"),
    sure_from=3,
    sample="notified.xls",
    note="只统计发表后 7 天。送达阅读率、首次分享率等由运策从次数重算，不照搬。",
    columns=(
        *_LIST,
        Column(header="送达人数", metric="post_delivered", required=True),
        Column(header="公众号消息阅读次数", metric="post_message_reads"),
        Column(header="送达阅读率", role="ignore"),
    ),
)

UNNOTIFIED = Export(
    key="unnotified",
    label="未通知内容",
    shape="posts",
    where=f"{_ANALYSIS} → 未通知内容 → 下载数据明细",
    fingerprint=("总阅读人数", "总阅读次数", "总分享人数", "阅读完成率"),
    sure_from=3,
    sample="unnotified.xls",
    note="和已通知内容相同，没有送达的几列；只统计发表后 7 天。",
    columns=_LIST,
)

_DETAIL = ("detail",)


def _part(key: str, label: str, *columns: Column, segment: str = "", days: bool = False) -> Export:
    """One of the tables of an article's details; its headers alone would prove nothing."""
    return Export(
        key=key,
        label=f"单篇文章详情 · {label}",
        shape="post_days" if days else "post",
        where=f"{_ANALYSIS} → 单篇文章 → 详情 → 下载数据明细",
        beside=_DETAIL,
        segment=segment,
        columns=columns,
        sample="端午选题复盘-详情.xls",
        evidence="single",
    )


def _readers_by(key: str, header: str, segment: str) -> Export:
    return _part(
        f"detail_{key}",
        f"{header}分布",
        Column(header=header, role="segment", segment=segment, required=True),
        Column(header="人数", metric="post_readers", adds=False, required=True),
        Column(header="占比", role="ignore", required=True),
    )


DETAIL = Export(
    key="detail",
    label="单篇文章详情 · 数据概况",
    shape="post",
    where=f"{_ANALYSIS} → 单篇文章 → 详情 → 下载数据明细",
    fingerprint=("平均停留时长", "完读率", "在看次数", "赞赏", "互动率"),
    sure_from=3,
    sample="端午选题复盘-详情.xls",
    evidence="single",
    note="几张表上下排在一个工作表里，没有标题：文件名就是标题。发表后 30 天内每天多出新的一天。",
    columns=(
        Column(header="阅读次数", metric="post_views", required=True),
        Column(header="平均停留时长", metric="post_watch_seconds", scale="seconds"),
        Column(header="完读率", metric="post_finish_rate", scale="fraction", required=True),
        Column(header="阅读后关注人数", metric="post_follows"),
        Column(header="分享次数", metric="post_shares"),
        Column(header="在看次数", metric="post_recommends"),
        Column(header="点赞次数", metric="post_likes"),
        Column(header="赞赏", metric="post_tips", factor=0.01),  # 赞赏(分)
        Column(header="评论", metric="post_comments"),  # 评论(条)
        Column(header="互动率", role="ignore"),
    ),
)

DETAILS = (
    DETAIL,
    _part(
        "detail_reads",
        "阅读转化",
        Column(header="送达人数", metric="post_delivered", required=True),
        Column(header="公众号消息阅读次数", metric="post_message_reads", required=True),
        Column(header="首次分享次数", metric="post_first_shares"),
        Column(header="总分享次数", role="ignore"),  # 数据概况 tells it
        Column(
            header="分享产生的阅读次数",
            metric="post_share_reads",
            aliases=("分享产生阅读次数",),
        ),
    ),
    _part(
        "detail_recommended",
        "推荐转化",
        Column(header="曝光次数", metric="post_impressions", required=True),
        Column(header="阅读次数", metric="post_views", required=True),
        Column(header="关注人数", metric="post_follows", required=True),
        segment="channel=推荐",
    ),
    _part(
        "detail_days",
        "数据趋势明细",
        Column(header="日期", role="date", required=True),
        _CHANNEL,
        Column(header="阅读人数", metric="post_daily_readers", adds=False, required=True),
        Column(header="阅读次数", metric="post_daily_views"),
        Column(header="分享人数", metric="post_daily_sharers", adds=False),
        Column(header="分享次数", metric="post_daily_shares"),
        days=True,
    ),
    _readers_by("sex", "性别", "sex"),
    _readers_by("age", "年龄", "age"),
    _readers_by("region", "地域", "region"),
)

ARCHIVE = Export(
    key="archive",
    label="图文分析（2020 年以前）",
    shape="days",
    where="公众平台（旧版）→ 统计 → 图文分析 → 导出 Excel；现在的后台已经没有这份数据",
    fingerprint=("图文页阅读人数", "图文页阅读次数", "原文页阅读人数", "分享的人数"),
    sure_from=2,
    sample="archive.csv",
    evidence="single",
    note="来自别人转存的文件。分小时的版本多一列「小时」，按小时存放，不和全天相加。",
    columns=(
        Column(header="时间", role="date", required=True, aliases=("日期",)),
        Column(header="小时", role="segment", segment="hour"),
        Column(header="图文页阅读人数", metric="readers", adds=False, required=True),
        Column(header="图文页阅读次数", metric="reads", required=True),
        Column(header="原文页阅读人数", metric="original_link_users", adds=False),
        Column(header="原文页阅读次数", metric="original_link_clicks"),
        Column(header="分享的人数", metric="sharers", adds=False),
        Column(header="分享的次数", metric="shares"),
        Column(header="收藏的人数", metric="savers", adds=False),
        Column(header="收藏的次数", metric="saves"),
    ),
)

PLATFORM = Platform(
    key="wechat_mp",
    label="公众号",
    mark="公",
    colour="wx",
    backend_url="https://mp.weixin.qq.com/",
    window_days=90,
    exports=(USERS, TREND, ACTIONS, ARTICLES, OLD_TREND, NOTIFIED, UNNOTIFIED, *DETAILS, ARCHIVE),
    limits=(
        "后台只留三个月，一次最多选两个月，最晚到昨天。人数按人去重，几天、几个渠道不能相加。"
        "文章没有编号，靠「发表日期＋标题」认出；列表只给到日期，同一天同标题的两篇会被当成一篇。"
    ),
)
