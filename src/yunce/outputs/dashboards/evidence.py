"""What a goal's forecast rests on, and what to mind, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from yunce.engines.forecasts import Flag, Status
from yunce.ground.channels.models import Account
from yunce.kit.numbers import as_decimal
from yunce.kit.wording import gettext as _
from yunce.loop.goals.queries.endings import Ending
from yunce.loop.goals.queries.outlook import HIGH, LOW, unsaid_reason
from yunce.loop.goals.queries.prospects import Prospect
from yunce.loop.goals.queries.series import TOTAL
from yunce.loop.goals.rules.chances import as_told
from yunce.outputs.dashboards.account_split import account_labels
from yunce.outputs.dashboards.goal_rows import GoalRow

MONTH = 30  # days of one effective own month
WHOLE = {
    Flag.SPIKE: _("有一天的数高得不寻常（爆款），预测时已经压低，不会当成以后每天都这样。"),
    Flag.GAP: _("有几天没有数据；缺的天不当 0 算，区间因此宽一些。"),
    Flag.NEGATIVE: _("有负数的日子（掉粉），按可增可减来预测。"),
    Flag.SHIFT: _(
        "最近两周的水平和之前四周明显不同；如果是改了口径或换了打法，预测要过几天才跟上。"
    ),
    Flag.STOPPED: _("最近两周一个新增都没有，按已经停了来算。"),
    Flag.UNTRIED: _("有没办过的活动：先按任务写的预计贡献粗估，办过一次就按实际的算。"),
}
OF_ACCOUNT = {
    Flag.STOPPED: _("{name}：最近两周没有新增，像是停更了。"),
    Flag.SHIFT: _("{name}：最近两周的水平和之前明显不同。"),
    Flag.SPIKE: _("{name}：有一天是爆款，已经压低。"),
    Flag.NEW: _("{name}：新账号，不到 8 周的数据。"),
}


@dataclass(frozen=True)
class Evidence:
    """The card."""

    level: str  # 充分, 一般, 偏弱, 不足
    tone: str
    rests: str
    minds: tuple[str, ...]


def evidence_of(row: GoalRow, prospect: Prospect, accounts: Mapping[int, Account]) -> Evidence:
    ending = prospect.ending
    if row.ended:
        return Evidence("", "", _look_back(row, prospect), ())
    if ending is None or not ending.is_said:
        reason = prospect.problem or unsaid_reason(ending)
        return Evidence(_("不足"), "warn", _("{reason}。").format(reason=reason), ())
    is_weak = ending.status is Status.WEAK
    return Evidence(
        _("偏弱") if is_weak else _level(prospect),
        "warn" if is_weak else "",
        _rests(prospect, ending),
        tuple(_minds(prospect, ending, accounts)),
    )


def _level(prospect: Prospect) -> str:
    many = prospect.series.days if prospect.series else 0
    return _("充分") if many >= 3 * MONTH else _("一般")


def _rests(prospect: Prospect, ending: Ending) -> str:
    series = prospect.series
    assert series is not None  # noqa: S101 - something was said
    words = {
        "accounts": series.accounts,
        "days": min(series.days, 180),
        "months": max(1, round(ending.rows)),
    }
    told = _("按 {accounts} 个账号近半年 {days} 天的数据，用相当于 {months} 个月的往月误差定区间。")
    weak = _("只有 {days} 天的数据，不到 28 天：区间偏宽，再多几天会准一些。")
    return (weak if ending.status is Status.WEAK else told).format(**words)


def _minds(prospect: Prospect, ending: Ending, accounts: Mapping[int, Account]) -> list[str]:
    found = _of_flags(ending.flags, WHOLE)
    labels = account_labels(accounts.values())
    for name, flags in ending.by_account.items():
        if name == TOTAL or not name.isdecimal() or int(name) not in labels:
            continue
        told = _of_flags(flags, OF_ACCOUNT)
        found += [text.format(name=labels[int(name)]) for text in told]
    days = frozenset().union(*(kind.days for kind in prospect.campaigns.values()))
    coming = sorted(day for day in days if day > prospect.as_of and day in prospect.month)
    if coming:
        shown = "、".join(f"{day.month}/{day.day}" for day in coming)
        found.append(_("已把 {days} 的直播或活动算进去。").format(days=shown))
    if not prospect.is_announced:
        text = _("{year} 年的调休还没有公布，节假日先按法定的算。")
        found.append(text.format(year=prospect.month.year))
    return found


def _of_flags(flags: Set[Flag], words: Mapping[Flag, str]) -> list[str]:
    return [text for flag, text in words.items() if flag in flags]


def _look_back(row: GoalRow, prospect: Prospect) -> str:
    """Half-way the product said a range: was it true?"""
    middle = prospect.month.first.replace(day=15)
    ending = prospect.ending_on(middle)
    actual = row.progress.actual
    if ending is None or not ending.is_said or actual is None:
        return _("月中还没有足够的数据，没有预测可以回看。")
    told = [as_decimal(ending.q(level) or 0.0) for level in (LOW, 0.5, HIGH)]
    low, _median, high = as_told((told[0], told[1], told[2]))
    words = {
        "day": f"{middle.month}/{middle.day}",
        "low": row.amounts.plain(low),
        "high": row.amounts.plain(high),
        "actual": row.actual,
    }
    text = (
        _("{day} 说月末八成会在 {low} – {high}，结果 {actual}，落在里面。")
        if low <= actual <= high
        else _("{day} 说月末八成会在 {low} – {high}，结果 {actual}，没有落在里面。")
    )
    return text.format(**words)
