"""月度总结表: the six columns everybody knows, one row per goal, rates as live formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yunce.engines.documents import (
    Cell,
    Column,
    Note,
    Outline,
    Paragraph,
    Table,
    Tone,
    achievement,
)
from yunce.engines.metrics import Direction
from yunce.ground.facts.queries import changed_since_closing
from yunce.ground.teams.rules import Capability
from yunce.kit.numbers import MISSING
from yunce.loop.goals.models import MonthPlan
from yunce.loop.goals.queries.changes import amendments_of
from yunce.loop.goals.rules import Standing
from yunce.loop.reviews.queries import GoalResult, ImprovementRow, SummaryRow, summary_rows
from yunce.loop.reviews.rules import counted_until, verdict
from yunce.outputs.reports.catalogue._amended import changed_since_lock
from yunce.outputs.reports.catalogue._report import Made, Report
from yunce.outputs.reports.catalogue._wording import day_name, month_name, short_day

_TONES: dict[Standing, Tone] = {
    Standing.BEYOND: "good",
    Standing.MET: "good",
    Standing.SHORT: "bad",
    Standing.UNKNOWN: "muted",
}


def build_outline(plan: MonthPlan, made: Made) -> Outline:
    """The month's summary with the numbers known on the day it is made."""
    end = counted_until(plan.month, made.day)
    rows = [row for row in summary_rows(plan, as_of=end) if not row.is_empty]
    results = [result for row in rows for result in row.results]
    sentence = _sentence(results, plan, made.day)
    return Outline(
        title=_("月度总结表 · %s") % month_name(plan.month),
        subtitle=_subtitle(plan, end),
        author=made.author,
        created=made.at,
        blocks=(Paragraph(sentence), _table(rows), *_notes(results), *_changes(plan)),
    )


def _sentence(results: Sequence[GoalResult], plan: MonthPlan, today: date) -> str:
    outcomes = [result.outcome for result in results]
    return verdict(outcomes, month=plan.month, today=today) + _("。")


def _subtitle(plan: MonthPlan, end: date) -> str:
    if end < plan.month.first:
        return _("%(team)s · 本月还没有开始") % {"team": plan.team.name}
    words = {"team": plan.team.name, "day": day_name(end)}
    if end < plan.month.last:
        return _("%(team)s · 本月未结束，数据到 %(day)s") % words
    return _("%(team)s · 数据到 %(day)s") % words


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("目标维度"), 12, align="center"),
        Column(_("完成情况（实际值）"), 24),
        Column(_("计划vs实际（达成率）"), 22, align="center", number_format="0%"),
        Column(_("亮点分析"), 36),
        Column(_("问题反思"), 36),
        Column(_("改进措施"), 36),
        Column(_("计划（数值）"), 12, align="right", key="target", helper=True),
        Column(_("实际（数值）"), 12, align="right", key="actual", helper=True),
    )


def _table(rows: Sequence[SummaryRow]) -> Table:
    return Table(_columns(), tuple(line for row in rows for line in _lines(row)))


def _lines(row: SummaryRow) -> Iterator[tuple[Cell, ...]]:
    """A line per goal; the dimension and its words stand once, beside all of them."""
    span = max(1, len(row.results))
    words = tuple(
        Cell(text or MISSING, row_span=span)
        for text in (row.highlights, row.problems, _improvements(row.improvements))
    )
    label = Cell(row.label, bold=True, row_span=span)
    if not row.results:
        yield label, Cell(MISSING), Cell(MISSING), *words, Cell(), Cell()
    for at, result in enumerate(row.results):
        first = at == 0
        yield (
            label if first else Cell(),
            Cell(f"{result.name} {result.actual_text}"),
            _rate(result),
            *(words if first else (Cell(), Cell(), Cell())),
            Cell(result.progress.goal.must),
            Cell(result.progress.actual),
        )


def _rate(result: GoalResult) -> Cell:
    progress = result.progress
    formula = achievement(
        progress.achievement.ratio,
        lower_is_better=progress.metric.direction is Direction.LOWER,
    )
    return Cell(formula, bold=True, tone=_TONES[progress.standing])


def _improvements(rows: Sequence[ImprovementRow]) -> str:
    if len(rows) == 1:
        return _improvement(rows[0])
    return "\n".join(f"{number}. {_improvement(row)}" for number, row in enumerate(rows, start=1))


def _improvement(row: ImprovementRow) -> str:
    found = row.improvement
    due = _("%s 前") % short_day(found.due_on) if found.due_on else ""
    details = (str(found.owner) if found.owner else "", due, found.expected)
    told = "，".join(detail for detail in details if detail)
    return f"{found.measure}（{told}）" if told else found.measure


def _notes(results: Sequence[GoalResult]) -> Iterator[Note]:
    if results:
        yield Note(
            _("达成率 = 实际 ÷ 计划（必达）；越低越好的指标为计划 ÷ 实际。没有数据的写作「—」。")
        )
    meanings = dict.fromkeys(
        f"{result.name}：{result.progress.metric.meaning}" for result in results
    )
    if meanings:
        yield Note("\n".join((_("口径"), *meanings)))
    missing = [result for result in results if result.missing_days]
    if missing:
        names = "、".join(
            _("%(name)s缺 %(days)s 天") % {"name": result.name, "days": result.missing_days}
            for result in missing
        )
        yield Note(_("数据不全：%s。缺的日子没有按 0 计算。") % names)


def _changes(plan: MonthPlan) -> Iterator[Note]:
    yield from changed_since_lock(amendments_of(plan))
    yield from _since_closing(plan)


def _since_closing(plan: MonthPlan) -> Iterator[Note]:
    """A closed month's report says when the platforms have other numbers since."""
    month = plan.month
    for since in changed_since_closing(plan.team, month.first, month.last):
        yield Note(_("%s。新旧对照见「修订记录」。") % since.sentence)


REPORT = Report(
    key="summary",
    label=gettext_lazy("月度总结表"),
    capability=Capability.SEE_ALL,
    build_outline=build_outline,
)
