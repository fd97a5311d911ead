"""六、风险: what the numbers already say may go wrong; how to respond is people's to write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from django.utils.translation import gettext as _

from yunce.engines.documents import Block, Cell, Column, Note, Tone
from yunce.engines.targets import Fit
from yunce.kit.timing import short
from yunce.loop.goals.rules.chances import EVEN, LIKELY, chance_shown
from yunce.loop.goals.rules.history import is_out_of_reach
from yunce.loop.plans.dossier import Fullness
from yunce.loop.plans.models import Task
from yunce.outputs.reports.catalogue._chapters._material import Material, aimed, apart, shown
from yunce.outputs.reports.catalogue._chapters._wording import (
    chapter,
    prompt,
    section,
    table,
    titles,
)
from yunce.outputs.reports.catalogue._chapters.team import buffer_text

MOST_CHAIN = 6  # links of the critical path named in one cell


class Weight(IntEnum):
    """How much a risk weighs; the heaviest comes first."""

    HIGH = 0
    MIDDLE = 1


@dataclass(frozen=True)
class Risk:
    """One thing that may go wrong, and how the program knows."""

    weight: Weight
    what: str
    why: str
    way: str = ""  # what the arithmetic says would mend it


def blocks(material: Material) -> Iterator[Block]:
    yield chapter(6, _("风险管理"))
    yield section(6, 1, _("识别与评估"))
    yield from _found(material)
    yield section(6, 2, _("应对与监控"))
    yield prompt(
        _(
            "给上面每条风险写：发生了怎么办、谁负责、哪天再看一次。程序看不见的（达人爽约、平台规则、舆情）也写上。"
        ),
        _("运营组长"),
        _("「5/20 主播临时不能播：备选主播 B，5/15 前确认，社群专员盯。」"),
    )


def risks_of(material: Material) -> list[Risk]:
    """Heaviest first; goals, then time, then what is not written."""
    found = [*_of_goals(material), *_of_time(material), *_of_words(material)]
    return sorted(found, key=lambda risk: risk.weight)


def _found(material: Material) -> Iterator[Block]:
    if not material.goals and not material.dossier.lines:
        yield Note(_("还没有目标和任务，没有可以检查的。"))
        return
    risks = risks_of(material)
    if not risks:
        yield Note(
            _(
                "目标拆解、预计贡献、预测、缓冲、负责人、日期、完成标准和前后依赖都查过，没有发现问题。"
            )
        )
        return
    columns = (
        Column(_("级别"), 9, align="center"),
        Column(_("风险"), 40),
        Column(_("依据"), 46),
        Column(_("算出来的补法"), 34),
    )
    yield table(columns, (_row(risk) for risk in risks))


def _row(risk: Risk) -> tuple[Cell | str, ...]:
    tone: Tone = "bad" if risk.weight is Weight.HIGH else "warn"
    word = _("高") if risk.weight is Weight.HIGH else _("中")
    return Cell(word, bold=True, tone=tone), risk.what, risk.why, risk.way


def _of_goals(material: Material) -> Iterator[Risk]:
    for tree in material.dossier.split:
        line, name = tree.must, tree.goal.name
        if line.found.fit is Fit.GAP:
            amount = aimed(tree.goal, line.found.amount)
            why = _("拆解合计 %(sum)s，必达 %(must)s，缺口 %(gap)s") % {
                "sum": aimed(tree.goal, tree.value),
                "must": aimed(tree.goal, tree.goal.must),
                "gap": amount,
            }
            yield Risk(Weight.HIGH, _("「%s」拆不够") % name, why, line.hint_words)
        elif line.found.fit is Fit.UNKNOWN:
            yield Risk(Weight.MIDDLE, _("「%s」拆解没填全") % name, tree.unknown)
    for helped in material.dossier.contributions.columns:
        if helped.total is not None and helped.must.gap:
            why = _("任务预计能到 %(sum)s，比必达少 %(gap)s") % {
                "sum": aimed(helped.goal, helped.must.value),
                "gap": apart(helped.goal, helped.must.gap),
            }
            yield Risk(Weight.HIGH, _("「%s」任务撑不起目标") % helped.goal.name, why)
    yield from _of_chances(material)
    for goal in material.goals:
        history = material.dossier.histories.get(goal.pk)
        if history is not None and is_out_of_reach(history, goal.must):
            words = {"must": aimed(goal, goal.must), "best": shown(goal, history.best)}
            why = _("必达 %(must)s，近 12 个月最好 %(best)s，难两成以上") % words
            yield Risk(Weight.MIDDLE, _("「%s」可能够不着") % goal.name, why)


def _of_chances(material: Material) -> Iterator[Risk]:
    for goal in material.goals:
        outlook = material.outlooks.get(goal.pk)
        if outlook is None or outlook.p_must is None or outlook.p_must >= LIKELY:
            continue
        middle = shown(goal, outlook.middle)
        low, high = (shown(goal, value, is_bare=True) for value in (outlook.low, outlook.high))
        why = _("预测月末 %(middle)s（80%% 区间 %(low)s–%(high)s），达到必达的把握 %(p)s") % {
            "middle": middle,
            "low": low,
            "high": high,
            "p": chance_shown(outlook.p_must),
        }
        weight = Weight.HIGH if outlook.p_must < EVEN else Weight.MIDDLE
        yield Risk(weight, _("「%s」可能完不成") % goal.name, why)


def _of_time(material: Material) -> Iterator[Risk]:
    load = material.dossier.workload
    for number, week in enumerate(load.weeks, start=1):
        if week.filled.planned and week.filled.fullness in (Fullness.OVER, Fullness.TIGHT):
            words = {
                "there": week.filled.available,
                "planned": week.filled.hours,
                "buffer": buffer_text(week.filled) or "—",
            }
            why = (
                _("可排 %(there)s 小时，已排 %(planned)s 小时，缓冲 %(buffer)s（应有 10–15%%）")
                % words
            )
            over = week.filled.fullness is Fullness.OVER
            span = f"{short(week.first)}–{short(week.last)}"
            what = _("第 %(number)s 周（%(span)s）排得太满") % {"number": number, "span": span}
            yield Risk(Weight.HIGH if over else Weight.MIDDLE, what, why)
    people = [row for row in load.people if row.member and row.total.fullness is Fullness.OVER]
    for row in people:
        why = _("可排 %(there)s 小时，已排 %(planned)s 小时") % {
            "there": row.total.available,
            "planned": row.total.hours,
        }
        yield Risk(Weight.HIGH, _("%s 全月排超了") % row.member, why)
    yield from _of_waiting(material)


def _of_waiting(material: Material) -> Iterator[Risk]:
    chain = material.dossier.critical
    if chain:
        names = " → ".join(task.title[:14] for task in chain[:MOST_CHAIN])
        words = {"days": material.dossier.critical_days, "chain": names}
        why = _("关键路径 %(days)s 个工作日：%(chain)s") % words
        yield Risk(Weight.MIDDLE, _("前后相接的任务，一项拖全部拖"), why)


def _of_words(material: Material) -> Iterator[Risk]:
    dossier = material.dossier
    lacking: Sequence[tuple[tuple[Task, ...], str]] = (
        (dossier.without_owner, _("%s 项任务没有负责人")),
        (dossier.without_days, _("%s 项任务没有日期")),
        (dossier.without_standard, _("%s 项任务没有完成标准")),
    )
    for tasks, words in lacking:
        if tasks:
            yield Risk(Weight.MIDDLE, words % len(tasks), titles(tasks))
    bare = [goal for goal in material.goals if not any(t.goal_id == goal.pk for t in dossier.lines)]
    if bare:
        names = "、".join(goal.name for goal in bare)
        yield Risk(Weight.HIGH, _("%s 个目标没有任务") % len(bare), names)
