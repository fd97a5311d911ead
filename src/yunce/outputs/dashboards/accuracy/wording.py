"""What the scores say, in sentences; the product does not flatter itself."""

from __future__ import annotations

from yunce.kit.wording import gettext as _

ENOUGH = 20  # forecasts from which on the team's own share is spoken of
NARROW, WIDE = 0.70, 0.90  # of what is called 80 %
GOOD_ALERT = 0.7


def verdict(held: float | None, *, count: int) -> str:
    """``held``: the share of 80 % intervals that held."""
    if held is None or count < ENOUGH:
        return _("自己的月份还少，先看公开数据上的成绩")
    words = {"held": percent(held)}
    if held < NARROW:
        return _("说 80%% 有把握的，只中了 %(held)s：区间太窄，要多留余地") % words
    if held > WIDE:
        return _("说 80%% 有把握的，中了 %(held)s：区间偏宽，偏保守") % words
    return _("说 80%% 有把握的，中了 %(held)s：说得准") % words


def alerts(right: float | None, *, count: int) -> str:
    """How far a red alert may be trusted."""
    if right is None or not count:
        return _("这些月份里没有发过红色预警。")
    words = {"count": count, "right": percent(right)}
    if right < GOOD_ALERT:
        return _("%(count)d 次红色预警里说对 %(right)s：先核对再行动。") % words
    return _("%(count)d 次红色预警里说对 %(right)s：红了就该动手。") % words


def percent(share: float | None) -> str:
    return "—" if share is None else f"{round(share * 100)}%"


def origin(days: int) -> str:
    return _("月初") if days == 0 else _("第 %d 天后") % days
