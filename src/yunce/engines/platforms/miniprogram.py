"""小程序: suggestions for the column mapper."""

from __future__ import annotations

from yunce.engines.platforms._base import Column, Platform

PLATFORM = Platform(
    key="miniprogram",
    label="小程序",
    mark="程",
    colour="mp",
    backend_url="https://mp.weixin.qq.com/",
    limits=(
        "后台导出的表头我们没有见过：上传后在「选列导入」里核对建议的列，团队记住一次就够。"
        "访问人数按人去重，几天不能相加。"
    ),
    preset=(
        Column(
            header="日期",
            role="date",
            aliases=(
                "时间",
                "ref_date",
            ),
        ),
        Column(
            header="访问次数",
            metric="visits",
            aliases=(
                "visit_pv",
                "打开次数",
            ),
        ),
        Column(
            header="访问人数",
            metric="active_users",
            aliases=(
                "visit_uv",
                "日活跃用户",
            ),
        ),
        Column(
            header="新用户数",
            metric="new_visitors",
            aliases=(
                "visit_uv_new",
                "新访问用户数",
            ),
        ),
        Column(
            header="转发次数",
            metric="shares",
            aliases=(
                "share_pv",
                "分享次数",
            ),
        ),
        Column(
            header="转发人数",
            metric="sharers",
            aliases=(
                "share_uv",
                "分享人数",
            ),
        ),
        Column(header="人均停留时长", metric="landing_seconds", aliases=("stay_time_uv",)),
        Column(header="订单数", metric="orders", aliases=("支付订单数",)),
        Column(header="成交金额", metric="gmv", aliases=("支付金额",)),
    ),
)
