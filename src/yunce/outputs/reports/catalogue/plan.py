"""月度计划表: the seven columns everybody knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yunce.engines.documents import Block, Cell, Column, Outline, Paragraph, Table
from yunce.ground.teams.rules import Capability
from yunce.kit.numbers import MISSING
from yunce.loop.goals.models import MonthPlan
from yunce.loop.goals.queries.changes import Amendments, amendments_of
from yunce.loop.plans.queries import PlanRow, plan_rows, target_text
from yunce.outputs.reports.catalogue._amended import changed_since_lock
from yunce.outputs.reports.catalogue._report import Made, Report
from yunce.outputs.reports.catalogue._wording import month_name


def build_outline(plan: MonthPlan, made: Made) -> Outline:
    """The month's plan as it stands."""
    return Outline(
        title=_("月度计划表 · %s") % month_name(plan.month),
        subtitle=f"{plan.team.name} · {plan.get_state_display()}",
        author=made.author,
        created=made.at,
        blocks=tuple(_blocks(plan)),
    )


def _blocks(plan: MonthPlan) -> Iterator[Block]:
    if plan.direction:
        yield Paragraph(_("核心方向：%s") % plan.direction)
    amendments = amendments_of(plan)
    yield _table(plan_rows(plan), amendments)
    yield from changed_since_lock(amendments)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("目标维度"), 12, align="center"),
        Column(_("具体指标（计划值）"), 30),
        Column(_("核心任务"), 38),
        Column(_("负责人"), 18),
        Column(_("时间节点"), 20),
        Column(_("完成标准"), 32),
        Column(_("备注"), 20),
    )


def _table(rows: Sequence[PlanRow], amendments: Amendments) -> Table:
    return Table(_columns(), tuple(_line(row, amendments) for row in rows))


def _metric(row: PlanRow, amendments: Amendments) -> str:
    """The targets, and beside them the ones that were locked."""
    was = amendments.old_targets(row.goal).must if row.goal else None
    if row.goal is None or was is None:
        return row.metric_text
    return row.metric_text + _("（原 %s）") % target_text(row.goal, was)


def _line(row: PlanRow, amendments: Amendments) -> tuple[Cell, ...]:
    """The dimension and the goal stand once, beside all their tasks."""
    told = (row.owners_text, row.nodes_text, row.standard)
    return (
        _spanning(row.dimension_label, row.dimension_span, bold=True),
        _spanning(_metric(row, amendments), row.goal_span),
        Cell(row.title or MISSING),
        *(Cell(text or MISSING) for text in told),
        Cell(row.note or None),
    )


def _spanning(text: str, span: int, *, bold: bool = False) -> Cell:
    return Cell(text, bold=bold, row_span=span) if span else Cell()


REPORT = Report(
    key="plan",
    label=gettext_lazy("月度计划表"),
    capability=Capability.SEE_PLAN,
    build_outline=build_outline,
)
