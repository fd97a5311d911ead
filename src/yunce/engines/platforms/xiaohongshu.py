"""小红书: the note list, the account's 30 days sheet by sheet, one note's details."""

from __future__ import annotations

from yunce.engines.platforms._base import Column, Export, Platform, Scale

_NOTE = "创作服务平台 → 数据分析 → 内容分析 → 单篇笔记 → 数据明细 → 导出"
_NOTE_SAMPLES = {
    "note_basic": "春日露营清单-数据明细表.xlsx",
    "note_interaction": "春日露营清单-数据明细表 (1).xlsx",
}
_NOTE_TRAP = "里面没有笔记标题：文件名就是标题。基础数据和互动数据是两个文件。"

NOTES = Export(
    key="notes",
    label="笔记列表明细表",
    shape="posts",
    where="创作服务平台 → 数据分析 → 内容分析 → 导出数据",
    file_names=("笔记列表明细表.xlsx",),
    fingerprint=("笔记标题", "首次发布时间", "涨粉", "人均观看时长"),
    sure_from=3,
    sample="笔记列表明细表.xlsx",
    evidence="file",
    note="第一行是横跨全表的说明，表头在第二行。标题可以是空的，也会重复。",
    columns=(
        Column(header="笔记标题", role="title", required=True),
        Column(header="首次发布时间", role="published", required=True),
        Column(header="体裁", role="form"),
        Column(header="曝光", metric="post_impressions", aliases=("曝光量",)),
        Column(header="观看量", metric="post_views"),
        Column(header="封面点击率", metric="post_click_rate", scale="fraction"),
        Column(header="点赞", metric="post_likes", aliases=("点赞量",)),
        Column(header="评论", metric="post_comments", aliases=("评论量",)),
        Column(header="收藏", metric="post_saves", aliases=("收藏量",)),
        Column(header="涨粉", metric="post_follows", aliases=("涨粉量",), signed=True),
        Column(header="分享", metric="post_shares", aliases=("分享量",)),
        Column(header="人均观看时长", metric="post_watch_seconds", scale="seconds"),
        Column(header="弹幕", metric="post_danmaku", aliases=("弹幕量",)),
    ),
)

_ACCOUNT = "创作服务平台 → 数据分析 → 账号概览 → 近30日 → 导出数据"
_WATCH, _GROWTH = "近30日观看数据.xlsx", "近30日涨粉数据.xlsx"
_INTERACTION, _PUBLISH = "近30日互动数据.xlsx", "近30日发布数据.xlsx"


def _trend(
    key: str, sheet: str, metric: str, file: str, *, scale: Scale = "number", signed: bool = False
) -> Export:
    """One trend sheet: 日期 | 数值, where only the sheet's name says what is counted."""
    value = Column(
        header="数值",
        metric=metric,
        scale=scale,
        signed=signed,
        adds=metric != "profile_visitors",  # people
        required=True,
    )
    return Export(
        key=f"trend_{key}",
        label=f"近30日 · {sheet}",
        shape="days",
        where=_ACCOUNT,
        file_names=(file,),
        sheet=sheet,
        fingerprint=("数值",),
        columns=(Column(header="日期", role="date", required=True), value),
        sample=file,
    )


def _left_out(key: str, sheet: str, file: str, why: str) -> Export:
    """A trend sheet we know and do not read."""
    return Export(
        key=f"trend_{key}",
        label=f"近30日 · {sheet}（不导入）",
        shape="days",
        where=_ACCOUNT,
        file_names=(file,),
        sheet=sheet,
        fingerprint=("数值",),
        columns=(
            Column(header="日期", role="ignore", required=True),
            Column(header="数值", role="ignore", required=True),
        ),
        sample=file,
        note=why,
    )


def _named(
    key: str, sheet: str, file: str, names: tuple[Column, ...], *, of_note: bool = False
) -> Export:
    """A sheet 指标 | 数值: each row names its metric."""
    return Export(
        key=key,
        label=f"单篇笔记 · {sheet}" if of_note else f"近30日 · {sheet}",
        shape="post" if of_note else "period",
        where=_NOTE if of_note else _ACCOUNT,
        file_names=(file,),
        sheet=sheet,
        fingerprint=("指标", "数值"),
        sure_from=2,
        columns=(
            Column(header="指标", role="name", required=True),
            Column(header="数值", role="value", required=True),
        ),
        names=names,
        sample=_NOTE_SAMPLES[key] if of_note else file,
        note=_NOTE_TRAP if of_note else "30 天的合计，存成导出那天的「时段」读数；环比不导入。",
    )


def _changes(*names: str) -> tuple[Column, ...]:
    """曝光环比(%) and the like can be computed from the days."""
    return tuple(Column(header=f"{name}环比", role="ignore") for name in names)


ACCOUNT = (
    _named(
        "total_views",
        "账号总体观看数据",
        _WATCH,
        (
            Column(header="曝光", metric="period_impressions"),
            Column(header="观看", metric="period_reads"),
            Column(header="封面点击率", metric="period_click_rate", scale="percent"),
            Column(header="平均观看时长", metric="period_watch_seconds", scale="seconds"),
            Column(header="观看总时长", role="ignore"),
            Column(
                header="总完播率",
                metric="period_finish_rate",
                scale="percent",
                aliases=("视频完播率", "完播率"),
            ),
            *_changes("曝光", "观看", "封面点击率", "平均观看时长", "观看总时长", "总完播率"),
            *_changes("视频完播率", "完播率"),
        ),
    ),
    _trend("impressions", "曝光趋势", "impressions", _WATCH),
    _trend("views", "观看趋势", "reads", _WATCH),
    _trend("clicks", "封面点击率趋势", "cover_click_rate", _WATCH, scale="percent"),
    _trend("watching", "平均观看时长趋势", "watch_seconds", _WATCH, scale="seconds"),
    _left_out("watch_time", "观看总时长趋势", _WATCH, "没有写单位，所以不导入。"),
    _trend("finishing", "视频完播率趋势", "finish_rate", _WATCH, scale="percent"),
    _named(
        "total_followers",
        "账号总体涨粉数据",
        _GROWTH,
        (
            Column(header="净涨粉", metric="period_net_followers", signed=True),
            Column(header="新增关注", metric="period_new_followers"),
            Column(header="取消关注", metric="period_lost_followers"),
            Column(header="主页访客", metric="period_profile_visitors"),
            Column(header="主页转粉率", role="ignore"),
            *_changes("净涨粉", "新增关注", "取消关注", "主页访客", "主页转粉率"),
        ),
    ),
    _trend("followers", "净涨粉趋势", "net_followers_reported", _GROWTH, signed=True),
    _trend("new_followers", "新增关注趋势", "new_followers", _GROWTH),
    _trend("lost_followers", "取消关注趋势", "lost_followers", _GROWTH),
    _trend("visitors", "主页访客趋势", "profile_visitors", _GROWTH),
    _left_out("visitor_rate", "主页转粉率趋势", _GROWTH, "比率由运策从新增关注和访客重算。"),
    _named(
        "total_interactions",
        "账号总体互动数据",
        _INTERACTION,
        (
            Column(header="点赞", metric="period_likes"),
            Column(header="评论", metric="period_comments"),
            Column(header="收藏", metric="period_saves"),
            Column(header="分享", metric="period_shares"),
            *_changes("点赞", "评论", "收藏", "分享"),
        ),
    ),
    _trend("likes", "点赞趋势", "likes", _INTERACTION),
    _trend("comments", "评论趋势", "comments", _INTERACTION),
    _trend("saves", "收藏趋势", "saves", _INTERACTION),
    _trend("shares", "分享趋势", "shares", _INTERACTION),
    _named(
        "total_pieces",
        "账号总体发布数据",
        _PUBLISH,
        (
            Column(header="总发布", metric="period_pieces"),
            Column(header="发布视频", role="ignore"),
            Column(header="发布图文", role="ignore"),
            *_changes("总发布", "发布视频", "发布图文"),
        ),
    ),
    _trend("pieces", "总发布趋势", "pieces", _PUBLISH),
    _trend("pieces_video", "发布视频趋势", "pieces_video", _PUBLISH),
    _trend("pieces_article", "发布图文趋势", "pieces_article", _PUBLISH),
)

SINGLE = (
    _named(
        "note_basic",
        "基础数据总览",
        "数据明细表.xlsx",
        (
            Column(header="曝光数", metric="post_impressions"),
            Column(header="观看数", metric="post_views"),
            Column(header="封面点击率", metric="post_click_rate", scale="percent"),
            Column(
                header="平均观看时长",
                metric="post_watch_seconds",
                scale="seconds",
                aliases=("人均观看时长",),
            ),
            Column(header="完播率", metric="post_finish_rate", scale="percent"),
            Column(header="2秒退出率", metric="post_bounce_rate_2s", scale="percent"),
            Column(header="涨粉数", metric="post_follows", signed=True),
        ),
        of_note=True,
    ),
    _named(
        "note_interaction",
        "互动数据总览",
        "数据明细表.xlsx",
        (
            Column(header="点赞数", metric="post_likes"),
            Column(header="评论数", metric="post_comments"),
            Column(header="收藏数", metric="post_saves"),
            Column(header="分享数", metric="post_shares", aliases=("笔记分享数",)),
            Column(header="弹幕数", metric="post_danmaku"),
        ),
        of_note=True,
    ),
    Export(
        key="note_days",
        label="单篇笔记 · 每个指标按天、按小时",
        shape="post_days",
        where=_NOTE,
        file_names=("数据明细表.xlsx",),
        beside=("note_basic", "note_interaction"),
        sample=_NOTE_SAMPLES["note_basic"],
        note="按小时的数存成「hour」细分，不和全天相加；每天的比率和时长不导入。",
        columns=(
            Column(
                header="日期", role="date", required=True, segment="hour", aliases=("时间", "小时")
            ),
            Column(header="曝光数", metric="post_daily_impressions"),
            Column(header="观看数", metric="post_daily_views"),
            Column(header="涨粉数", metric="post_daily_follows", signed=True),
            Column(header="点赞数", metric="post_daily_likes"),
            Column(header="评论数", metric="post_daily_comments"),
            Column(header="收藏数", metric="post_daily_saves"),
            Column(header="分享数", metric="post_daily_shares", aliases=("笔记分享数",)),
            Column(header="弹幕数", metric="post_daily_danmaku"),
        ),
    ),
)

PLATFORM = Platform(
    key="xiaohongshu",
    label="小红书",
    mark="红",
    colour="xhs",
    backend_url="https://creator.xiaohongshu.com/",
    window_days=30,
    exports=(NOTES, *ACCOUNT, *SINGLE),
    limits=(
        "笔记列表最多导出排序后的前 1000 条，没有笔记编号和链接，"
        "同一条笔记靠「首次发布时间＋标题」认出；改了标题会被当成新的一条。"
        "最新笔记的曝光常常晚一天才有。数值是导出那一刻的累计值。账号概览最多近 30 日。"
    ),
)
