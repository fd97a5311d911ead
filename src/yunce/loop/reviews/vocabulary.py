"""Words by which a sentence of the review is read: where it happened, what was done, how much.

They only decide whether to suggest more detail: a missing word costs a hint, never a save.
"""

from __future__ import annotations

import re


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


# 环节: a place in the work one can go to and change.
STEPS = _words(
    "落地页 详情页 结算页 首页 主页 首屏 第二屏 最后一屏 页面 按钮 表单 链接 跳转 加载",
    "支付 下单 注册 登录 购物车 商品卡 优惠券 客服 物流 售后 小程序 二维码 海报 裂变 奖品",
    "入群 社群 群内 私信 私域 好友 标题 封面 首图 配图 摘要 开头 结尾 正文 排版 脚本 字幕",
    "片头 前三秒 口播 剪辑 镜头 选题 初稿 一审 二审 三审 审稿 审核 返工 发布 推送 排期 素材",
    "干货 长文 图文 短视频 视频 直播间 直播 预热 连麦 弹幕 评论区 评论 回复 提问 投票 话题",
    "征集 投稿 抽奖 报名 签到 引流 投放 广告 达人 渠道 搜索 关键词 标签 推荐 人群",
    "用户占比 年轻用户 老用户 新用户 数据回收 埋点",
)

# 动作: what somebody did, or what happened.
ACTIONS = _words(
    "加载 点击 跳出 离开 流失 退出 放弃 返工 退回 驳回 延迟 推迟 拖延 晚了 超时 漏发 漏回",
    "少发 多发 错过 没有 没写 没做 没回 没发 没看 未写 未做 未回 未发 缺少 忘记 重复 撞期",
    "改期 取消 改动 写 发布 推送 投放 引流 回复 提问 置顶 转发 分享 收藏 阅读 播放 完播",
    "看到 看完 参与 报名 下单 支付 填写 填错 注册 扫码 入群 退群 取关 关注 互动 评论 投票",
    "审核 修改 剪辑 拍摄 直播 预热 抽奖 送 发 放在 偏",
)

# A reason, too, tells what happened.
REASONS = ("：", ":", "因为", "由于", "导致", "原因")

# Verbs one can see done. The vague ones say nothing of what to do, so they do not count.
MEASURE_VERBS = _words(
    "改 换 加 减 删 压缩 缩短 延长 提前 推迟 延后 增设 设 做 写 拍 剪 发 投 建 开 停 招 补",
    "回 上线 下线 测 试 对比 复查 检查 自查 互审 审 培训 分享 邀请 联系 采访 收集 整理 制作",
    "拆分 合并 调整 置顶 推送 预热 直播 抽奖 裂变 引流 迁移 接入 替换 限定 前置 后置 排 列 选",
)
VAGUE_VERBS = _words("优化 加强 提升 提高 改善 重视 关注 完善 改进 推进 做好 加大 增加")

# How much, where no digit says it.
AMOUNTS = _words("一半 过半 大半 翻倍 减半 分之 零增长 两成 三成 四成 五成 六成 七成 八成 九成")

# A day inside a sentence.
DAY = re.compile(r"\d{1,2}\s*[/.月]\s*\d{1,2}|\d{1,2}\s*[日号]|月底|月初|月中|每[日天周]|本周|下周")
