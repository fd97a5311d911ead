"""The words, icons and tones of states: never colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Status:
    """How a state is shown."""

    word: str | Promise
    tone: str  # good, warn, bad, pri or empty
    icon: str  # a Tabler icon's class


# Keys are the values of Pace and Standing, PlanState, ChangeState and TaskState; no two families
# share one except "unknown", which reads the same in both.
STATUSES = {
    "steady": Status(_("稳"), "good", "ti-circle-check"),
    "watch": Status(_("关注"), "warn", "ti-alert-triangle"),
    "behind": Status(_("落后"), "bad", "ti-trending-down"),
    "unknown": Status(_("没有数据"), "", "ti-circle-dashed"),
    "beyond": Status(_("超预期"), "good", "ti-circle-check"),
    "met": Status(_("达标"), "good", "ti-circle-check"),
    "short": Status(_("未达标"), "bad", "ti-trending-down"),
    "draft": Status(_("草稿"), "warn", "ti-pencil"),
    "submitted": Status(_("待审批"), "pri", "ti-send"),
    "locked": Status(_("已定稿"), "good", "ti-circle-check"),
    "closed": Status(_("已关账"), "", "ti-lock"),
    "waiting": Status(_("待审批"), "pri", "ti-send"),
    "applied": Status(_("已生效"), "good", "ti-circle-check"),
    "refused": Status(_("未同意"), "bad", "ti-x"),
    "withdrawn": Status(_("已撤回"), "", "ti-arrow-back-up"),
    "todo": Status(_("未开始"), "", "ti-clock"),
    "doing": Status(_("进行中"), "pri", "ti-progress"),
    "done": Status(_("已完成"), "good", "ti-circle-check"),
}


@dataclass(frozen=True)
class DimensionLook:
    """A goal dimension's colour class and icon."""

    css: str
    icon: str
    label: str | Promise


DIMENSIONS = {
    "content": DimensionLook("d-content", "ti-article", _("内容运营")),
    "user": DimensionLook("d-growth", "ti-user-plus", _("用户增长")),
    "interaction": DimensionLook("d-engage", "ti-message-2-heart", _("互动提升")),
    "conversion": DimensionLook("d-convert", "ti-shopping-cart", _("转化优化")),
}
