"""Common headers of tables nobody declared, and the metric each most likely is.

Only counts of the same thing share a line: 阅读人数 (people) is not 阅读次数 (reads), so it has
none.
"""

from __future__ import annotations

from yunce.engines.platforms._headers import header_key

DATE_HEADERS = ("日期", "时间", "统计日期", "数据日期", "date", "day", "日")
TITLE_HEADERS = (
    *("标题", "内容标题", "作品名称", "作品标题", "笔记标题", "视频标题", "文章标题", "稿件名称"),
    *("作品", "视频描述", "微博内容", "title", "video title"),
)
PUBLISHED_HEADERS = (
    *("发布时间", "发表时间", "首次发布时间", "发布日期", "发表日期", "推送时间"),
    *("published", "publish time", "video publish time", "published at"),
)
SEGMENT_HEADERS = {
    "渠道": "channel",
    "传播渠道": "channel",
    "来源": "channel",
    "年龄": "age",
    "性别": "sex",
    "地域": "region",
    "地区": "region",
    "省份": "region",
    "城市": "city",
    "小时": "hour",
    "geography": "region",
    "country": "region",
}

# (headers, code when a row is a day, code when a row is a post); empty = no such metric.
_LINES: tuple[tuple[str, str, str], ...] = (
    (
        "播放量 播放 播放数 播放次数 阅读量 阅读 阅读数 阅读次数 阅读(播放)量 观看量 观看 观看数 "
        "观看次数 浏览量 浏览数 总阅读次数 views reads plays",
        "reads",
        "post_views",
    ),
    (
        "曝光 曝光量 曝光数 曝光次数 展现量 展现 展示量 推荐量 impressions",
        "impressions",
        "post_impressions",
    ),
    ("点赞 点赞量 点赞数 点赞次数 作品点赞 获赞 赞 likes", "likes", "post_likes"),
    (
        "评论 评论量 评论数 评论次数 作品评论 留言 留言数 comments replies",
        "comments",
        "post_comments",
    ),
    (
        "分享 分享量 分享数 分享次数 作品分享 转发 转发量 转发数 总分享次数 shares",
        "shares",
        "post_shares",
    ),
    ("收藏 收藏量 收藏数 收藏次数 saves bookmarks favorites", "saves", "post_saves"),
    ("主页访问 主页访问量 主页访问次数 profilevisits", "profile_visits", "post_profile_visits"),
    (
        "新增粉丝 新增粉丝数 新增关注 新增关注人数 新关注人数 newfollows newfollowers",
        "new_followers",
        "",
    ),
    ("取关粉丝 取关 取关人数 取消关注人数 流失粉丝数 减少粉丝数 unfollows", "lost_followers", ""),
    (
        "净增粉丝 净增粉丝数 净增关注人数 净增关注 净涨粉 粉丝净增数 粉丝变化数",
        "net_followers_reported",
        "",
    ),
    (
        "总粉丝量 总粉丝数 粉丝总数 粉丝数 累积关注人数 累计关注人数 followers",
        "total_followers",
        "",
    ),
    ("涨粉 涨粉量 涨粉数 粉丝增量 关注量", "", "post_follows"),
    ("弹幕 弹幕量 弹幕数", "", "post_danmaku"),
    ("封面点击率 封标点击率", "cover_click_rate", "post_click_rate"),
    ("人均观看时长 平均播放时长 平均观看时长", "", "post_watch_seconds"),
    ("完播率 总完播率", "", "post_finish_rate"),
    ("5s完播率 5秒完播率", "", "post_finish_rate_5s"),
    ("2s跳出率 2秒跳出率 2秒退出率", "", "post_bounce_rate_2s"),
)

DAY_METRICS = {header_key(h): day for hs, day, _post in _LINES for h in hs.split() if day}
POST_METRICS = {header_key(h): post for hs, _day, post in _LINES for h in hs.split() if post}
