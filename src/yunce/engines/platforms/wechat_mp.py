"""公众号: an account with a name and a back end; its export is read through the column mapper."""

from __future__ import annotations

from yunce.engines.platforms._base import Platform

PLATFORM = Platform(
    key="wechat_mp",
    label="公众号",
    mark="公",
    colour="wx",
    backend_url="https://mp.weixin.qq.com/",
    window_days=90,
    limits="还没有内置的导出格式：上传后用「选列导入」指定每一列的含义，或手工录入。",
)
