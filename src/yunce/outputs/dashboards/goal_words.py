"""A goal's page in two sentences: the verdict, and where the month is heading."""

from __future__ import annotations

from yunce.kit.months import Month
from yunce.kit.wording import gettext as _
from yunce.loop.goals.queries.prospects import Prospect
from yunce.loop.goals.rules import Standing
from yunce.loop.goals.rules.chances import EVEN, LIKELY
from yunce.outputs.dashboards.goal_rows import GoalRow


def headline(row: GoalRow, *, month: Month) -> str:
    """One sentence somebody understands in five seconds."""
    words = {"name": row.name, "month": month.number, "chance": row.chance}
    if row.ended:
        return _ended(row, words)
    if not row.progress.goal.must:
        return _("{name}：目标是 0，没有把握可算").format(**words)
    if row.p_must is None:
        return _("{name}：还预测不了 {month} 月末").format(**words)
    p = round(row.p_must, 2)
    if p >= LIKELY:
        return _("{name}大概率能完成必达，把握 {chance}").format(**words)
    if p >= EVEN:
        return _("{name}能不能完成必达五五开，把握 {chance}").format(**words)
    return _("{name}照现在的节奏难完成必达，把握 {chance}").format(**words)


def _ended(row: GoalRow, words: dict[str, object]) -> str:
    standing = row.progress.standing
    words["rate"] = row.progress.achievement.shown
    if standing is Standing.UNKNOWN:
        return _("{name}：{month} 月没有可以评判的数据").format(**words)
    said = {
        Standing.BEYOND: _("{name} {month} 月超预期，达成率 {rate}"),
        Standing.MET: _("{name} {month} 月达标，达成率 {rate}"),
        Standing.SHORT: _("{name} {month} 月未达标，达成率 {rate}"),
    }
    return said[standing].format(**words)


def sentence(row: GoalRow, prospect: Prospect) -> str:
    """The range beside must; without a forecast why there is none."""
    words = {
        "actual": row.actual,
        "must": row.must,
        "middle": row.forecast,
        "band": row.band,
        "reason": row.outlook.reason if row.outlook else "",
        "left": row.progress.days - row.progress.elapsed,
    }
    if row.ended:
        return _("实际 {actual}，必达 {must}。").format(**words)
    if row.range is None and row.progress.actual is None:
        return _("{reason}。必达 {must}。").format(**words)
    if row.range is None:
        return _("{reason}。到现在实际 {actual}，必达 {must}。").format(**words)
    if prospect.as_of < prospect.month.first:
        return _("这个月还没开始，月末约 {middle}（八成会在 {band}），必达 {must}。").format(
            **words
        )
    return _(
        "到现在 {actual}，还剩 {left} 天；月末约 {middle}（八成会在 {band}），必达 {must}。"
    ).format(**words)
