"""微信群 and personal accounts: records people keep; suggestions for the column mapper."""

from __future__ import annotations

from yunce.engines.platforms._base import Column, Platform

PLATFORM = Platform(
    key="wechat_group",
    label="微信群/个人号",
    mark="群",
    colour="",
    backend_url="https://work.weixin.qq.com/",
    limits=(
        "没有后台导出：用自己的登记表「选列导入」，或在录入格子里填。"
        "群成员按群相加，同一个人在两个群算两次。"
    ),
    preset=(
        Column(header="日期", role="date"),
        Column(
            header="群人数",
            metric="group_members",
            aliases=(
                "社群人数",
                "群成员数",
                "总人数",
            ),
        ),
        Column(
            header="新进群",
            metric="group_joins",
            aliases=(
                "进群人数",
                "新增群成员",
            ),
        ),
        Column(
            header="新增好友",
            metric="private_joins",
            aliases=(
                "添加好友数",
                "加微人数",
            ),
        ),
        Column(header="消息数", metric="messages_received", aliases=("收到消息",)),
        Column(header="转化订单", metric="orders", aliases=("订单数",)),
        Column(header="成交金额", metric="gmv", aliases=("成交额",)),
    ),
)
