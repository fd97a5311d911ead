"""二、背景: what the months before say; trend, users and competition are people's to write."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yunce.engines.documents import Block, Cell, Chart, Charts, Column, Mark, Note, Series
from yunce.loop.goals.models import Goal
from yunce.loop.goals.rules.history import ENOUGH, History, reach_words
from yunce.outputs.reports.catalogue._chapters._material import Material, aimed, shown
from yunce.outputs.reports.catalogue._chapters._wording import (
    axis_format,
    chapter,
    prompt,
    section,
    table,
)


def blocks(material: Material) -> Iterator[Block]:
    yield chapter(2, _("背景"))
    yield section(2, 1, _("近 12 个月"))
    yield from _past(material)
    yield section(2, 2, _("趋势与定位"))
    yield prompt(
        _("行业和平台这个季度在往哪走，我们的账号站在哪个位置，这个月因此要变什么。"),
        _("运营组长"),
        _("「小红书测评类笔记搜索量环比 +18%，我们只有 1/4 的内容带搜索词，本月每篇标题都带。」"),
    )
    yield section(2, 3, _("用户行为与需求"))
    yield prompt(
        _("用户是谁、什么时候看、为什么留言和下单；写上数从哪里来。"),
        _("社群专员、文案专员"),
        _("「18–25 岁占 45%，21–23 点阅读最多；评论里问得最多的是「怎么选」。」"),
    )
    yield section(2, 4, _("竞争"))
    yield prompt(
        _("两三个对手上个月做了什么、效果怎样，我们学什么、避开什么。"),
        _("推广专员"),
        _("「竞品 A 5 月连发 6 篇测评，平均互动率 12%；我们改做「三步避坑」。」"),
    )


def _past(material: Material) -> Iterator[Block]:
    histories = material.dossier.histories
    told = [goal for goal in material.goals if goal.pk in histories and histories[goal.pk].known]
    if not told:
        yield prompt(
            _("这些指标还没有以前月份的数据。补导以前的导出文件，这里会自动列出近 12 个月。"),
            _("管数据的人，在「导入」页"),
            _("「去年同月 9,800，上月 11,200，最好的一个月 12,600。」"),
        )
        return
    charts = [_chart(goal, histories[goal.pk]) for goal in told if _is_enough(histories[goal.pk])]
    for at in range(0, len(charts), 2):
        yield Charts(tuple(charts[at : at + 2]))
    columns = (
        Column(_("目标"), 18),
        Column(_("本月必达"), 14, align="right"),
        Column(_("去年同月"), 13, align="right"),
        Column(_("上月"), 13, align="right"),
        Column(_("中位"), 13, align="right"),
        Column(_("最好"), 13, align="right"),
        Column(_("达到过"), 13, align="center"),
        Column(_("够不够得着"), 38),
    )
    yield table(columns, (_row(goal, histories[goal.pk]) for goal in told))
    missing = [goal.name for goal in material.goals if goal not in told]
    if missing:
        yield Note(_("没有以前数据的：%s。") % "、".join(missing))


def _is_enough(history: History) -> bool:
    return len(history.known) >= ENOUGH


def _row(goal: Goal, history: History) -> tuple[Cell | str, ...]:
    numbers = (history.last_year, history.last, history.median, history.best)
    hits = {"hits": history.hits(goal.must), "months": len(history.known)}
    return (
        Cell(goal.name, bold=True),
        aimed(goal, goal.must),
        *(shown(goal, value, is_bare=True) for value in numbers),
        _("%(hits)s / %(months)s 个月") % hits,
        reach_words(history, goal.must, goal.spec.unit),
    )


def _chart(goal: Goal, history: History) -> Chart:
    """A column a month; a month without numbers is a gap."""
    hits = {"goal": goal.name, "hits": history.hits(goal.must), "many": len(history.known)}
    title = _("%(goal)s：%(many)s 个月里达到 %(hits)s 次") % hits
    months = tuple(_("%s 月") % past.month.number for past in history.months)
    values = tuple(None if past.value is None else float(past.value) for past in history.months)
    must = (float(goal.must),) * len(months)
    series = (Series(_("实际"), values), Series(_("本月必达"), must, Mark.DASHED))
    return Chart(title, months, series, axis_format(goal))
