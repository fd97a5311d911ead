"""The verdict and the line below it: the month in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from yunce.kit.months import Month
from yunce.kit.wording import gettext as _
from yunce.outputs.dashboards.goal_rows import GoalRow


@dataclass(frozen=True)
class Lede:
    """One line naming the goal to look at; ``row`` is linked between the two parts."""

    before: str
    row: GoalRow
    after: str


def verdict(rows: Sequence[GoalRow], *, month: Month, days_left: int, ended: bool) -> list[str]:
    """The heading, in pieces that may break only between them."""
    start = _("%(month)d 月结束：") if ended else _("%(month)d 月还剩 %(left)d 天，")
    counts = Counter(row.status.value for row in rows)
    told = _ended(counts, len(rows)) if ended else _running(counts, len(rows))
    return [start % {"month": month.number, "left": days_left}, *told]


def _running(counts: Counter[str], total: int) -> list[str]:
    all_of = {
        "steady": _("%(total)d 个目标都稳"),
        "watch": _("%(total)d 个目标都要关注"),
        "behind": _("%(total)d 个目标都落后"),
        "unknown": _("%(total)d 个目标都还没有数据"),
    }
    for state, words in all_of.items():
        if counts[state] == total:
            return [words % {"total": total}]
    parts = {
        "steady": _("%(count)d 个稳"),
        "watch": _("%(count)d 个要关注"),
        "behind": _("%(count)d 个落后"),
        "unknown": _("%(count)d 个没有数据"),
    }
    return _listed(parts, counts, total)


def _ended(counts: Counter[str], total: int) -> list[str]:
    reached = counts["met"] + counts["beyond"]
    if reached == total:
        tail = _("，其中 %(count)d 个超预期") % {"count": counts["beyond"]}
        all_met = _("%(total)d 个目标全部达标") % {"total": total}
        if counts["beyond"] == total:
            return [_("%(total)d 个目标全部超预期") % {"total": total}]
        return [all_met + (tail if counts["beyond"] else "")]
    if counts["unknown"] == total:
        return [_("%(total)d 个目标都没有数据") % {"total": total}]
    parts = {
        "reached": _("%(count)d 个达标"),
        "short": _("%(count)d 个未达标"),
        "unknown": _("%(count)d 个没有数据"),
    }
    return _listed(parts, Counter({**counts, "reached": reached}), total)


def _listed(parts: dict[str, str], counts: Counter[str], total: int) -> list[str]:
    told = [words % {"count": counts[state]} for state, words in parts.items() if counts[state]]
    start = _("%(total)d 个目标里 ") % {"total": total}
    pieces = [*(f"{words}、" for words in told[:-1]), told[-1]]
    return [start + pieces[0], *pieces[1:]]


def lede(rows: Sequence[GoalRow]) -> Lede | None:
    """The goal most behind with its gap; of a good month the one that did best."""
    known = [row for row in rows if row.progress.actual is not None and row.progress.goal.must]
    if not known:
        return None
    worst, best = known[0], known[-1]
    if worst.ended:
        return _lede_of_the_end(worst, best)
    if worst.is_healthy:
        text = _(" 离应到线最近：实际 %(actual)s，%(compared)s。")
        return Lede(_("没有目标落后。"), _closest(known), text % _words(_closest(known)))
    return Lede(_("最该先救 "), worst, _rescue(worst))


def _rescue(row: GoalRow) -> str:
    if row.range is not None:
        return _foreseen(row)
    amounts, progress = row.amounts, row.progress
    missing = abs(progress.goal.must - amounts.rounded(progress.actual or Decimal(0)))
    words = {"actual": row.actual, "must": row.must, "share": row.compared}
    if not progress.accumulates:
        words["missing"] = amounts.difference(missing).lstrip("+")
        return _("：实际 %(actual)s，离必达 %(must)s 差 %(missing)s。") % words
    gap = abs(amounts.rounded(progress.actual or Decimal(0)) - amounts.rounded(progress.expected))
    words |= {"gap": amounts.worded(gap), "missing": amounts.worded(missing)}
    return _("：实际 %(actual)s，比应到少 %(gap)s（%(share)s），离必达还差 %(missing)s。") % words


def _foreseen(row: GoalRow) -> str:
    """Where the month is heading, with its range and how likely must is: never a bare point."""
    assert row.middle is not None  # noqa: S101 - the caller looked
    short = row.progress.goal.must - row.middle
    words = {
        "middle": row.forecast,
        "band": row.band,
        "must": row.must,
        "chance": row.chance,
        "missing": row.amounts.difference(abs(short)).lstrip("+"),
    }
    is_short = short < 0 if row.is_lower else short > 0
    if is_short:
        return (
            _(
                "：照现在的节奏月末约 %(middle)s（八成会在 %(band)s），"
                "离必达 %(must)s 差 %(missing)s，把握 %(chance)s。"
            )
            % words
        )
    return (
        _("：照现在的节奏月末约 %(middle)s（八成会在 %(band)s），必达 %(must)s，把握 %(chance)s。")
        % words
    )


def _closest(rows: Sequence[GoalRow]) -> GoalRow:
    """The row whose number is nearest to what should be there."""
    return min(rows, key=_distance)


def _distance(row: GoalRow) -> Decimal:
    return abs((row.progress.gap or Decimal(0)) / (row.progress.expected or Decimal(1)))


def _words(row: GoalRow) -> dict[str, str]:
    return {"actual": row.actual, "compared": row.compared_words}


def _lede_of_the_end(worst: GoalRow, best: GoalRow) -> Lede:
    text = _("：实际 %(actual)s，必达 %(must)s，达成率 %(rate)s。")
    row = best if worst.is_healthy else worst
    start = _("完成得最好的是 ") if worst.is_healthy else _("差得最多的是 ")
    rate = row.progress.achievement.shown
    return Lede(start, row, text % {"actual": row.actual, "must": row.must, "rate": rate})
