"""视频号: an account with a name and a back end; its export is read through the column mapper."""

from __future__ import annotations

from yunce.engines.platforms._base import Platform

PLATFORM = Platform(
    key="weixin_channels",
    label="视频号",
    mark="视",
    colour="",
    backend_url="https://channels.weixin.qq.com/platform",
    limits="还没有内置的导出格式：上传后用「选列导入」指定每一列的含义，或手工录入。",
)
