"""What is being measured: does a number of people watching speak of new followers?"""

from __future__ import annotations

import re

# Words that name one measure; a number under another measure's word is a standard, not a share.
_GROUPS = {
    "followers": r"粉|关注|拉新|引流|好友|进群|入群|加群|会员|注册|新增用户|新客|新用户|私域",
    "views": r"观看|播放|阅读|浏览|曝光|在线|流量|\bUV\b|\bPV\b|场观|触达|打开|完播|访问|停留",
    "taking_part": r"参与|报名|到场|参加|签到|预约",
    "interaction": r"互动|点赞|评论|留言|转发|分享|收藏|回复|投稿|弹幕",
    "clicks": r"点击",
    "orders": r"订单|下单|成交(?!额|金额)|销量|转化|购买|付费|出单",
    "money": r"GMV|销售额|营收|收入|成交额|成交金额|客单价|预算|费用|成本|流水|业绩",
    "originality": r"原创",
    "time": r"时长|分钟|小时|秒|时效|加载",
}
_UNITS = {"粉": "followers", "粉丝": "followers", "单": "orders", "元": "money", "块": "money",
          "秒": "time", "分钟": "time", "小时": "time"}  # fmt: skip
_SAME_KIND = ("场次个期轮波档", "篇条支期个部张", "周星期", "天日", "人名位")
RATE = re.compile(
    r"率|占比|比例|比重|平均|人均|篇均|场均|单篇|单条|单场|时长|时效|加载|排名|指数|NPS|评分|满意度|客单价"
)
LEVEL = re.compile(r"总粉|粉丝总|总用户|用户总|存量|累计粉|粉丝数达|粉丝量达|总会员|总人数")


def groups_of(words: str, unit: str = "") -> frozenset[str]:
    """The measures these words name; by the unit only when the words say nothing."""
    found = {name for name, pattern in _GROUPS.items() if re.search(pattern, words, re.IGNORECASE)}
    if not found and unit in _UNITS:
        found = {_UNITS[unit]}
    return frozenset(found)


def speaks_of(words: str, unit: str, measured: frozenset[str]) -> bool:
    """May a number with these words be of the goal's measure? Without a word of its own, yes."""
    said = groups_of(words, unit)
    return not said or not measured or bool(said & measured)


def same_kind(unit: str, other: str) -> bool:
    """「每次」 goes with 「2 场」, 「每篇」 with 「3 条」; never 「每周」 with 「2 场」."""
    if not unit or not other or unit == other:
        return True
    return any(unit in kind and other in kind for kind in _SAME_KIND)
