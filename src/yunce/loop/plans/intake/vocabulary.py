"""What people call metrics in their plans, beside the catalogue's names. Data, not interface."""

from __future__ import annotations

# Words that say nothing of which metric is meant.
DECORATIONS = (
    r"平均|月度|本月|当月|每月|总量|数量|人数|数$|总数|目标|整体|[全各]平台|\s|[()（）:：]"
)

ALIASES: dict[str, tuple[str, ...]] = {
    "pieces": ("内容发布", "内容产出", "发文", "发布量", "内容"),
    "pieces_article": ("图文", "图文内容", "文章", "推文", "图文发布", "公众号推文"),
    "pieces_video": ("视频", "短视频", "视频内容"),
    "pieces_live": ("直播", "直播场次"),
    "original_share": ("原创", "原创率", "原创占比", "原创比例"),
    "new_followers": (
        "新增粉丝",
        "涨粉",
        "粉丝新增",
        "新增关注",
        "增粉",
        "拉新",
        "新增用户",
        "吸粉",
    ),
    "net_followers": ("净增粉丝", "净增关注", "净涨粉"),
    "interaction_rate_reads": ("互动率", "阅读互动率"),
    "interaction_rate_followers": ("粉丝互动率",),
    "comment_reply_rate": ("评论回复率", "回复率", "留言回复率"),
    "topic_views": ("话题阅读", "话题阅读量", "话题曝光"),
    "click_rate": ("点击率", "商品点击率"),
    "conversion_rate": ("转化率", "下单转化率", "成交转化率"),
    "gmv": ("GMV", "销售额", "成交额", "成交金额", "营业额"),
    "orders": ("订单", "订单量", "成交订单", "销量"),
    "landing_seconds": ("落地页加载", "加载时间", "页面加载"),
    "reads": ("阅读量", "阅读", "图文阅读"),
    "video_plays": ("播放量", "播放", "视频播放"),
}

# Words of 目标维度 and the dimension they name.
SIDES = {
    "内容": "content",
    "用户": "user",
    "粉丝": "user",
    "增长": "user",
    "互动": "interaction",
    "转化": "conversion",
    "变现": "conversion",
    "销售": "conversion",
}
