"""The seven columns everybody knows, as reports draw them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from yunce.engines.documents import Cell, Column, Table
from yunce.kit.numbers import MISSING
from yunce.loop.goals.queries.changes import Amendments
from yunce.loop.plans.queries import PlanRow, target_text


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


def plan_table(rows: Sequence[PlanRow], amendments: Amendments) -> Table:
    """The plan as it stands; targets that were changed after the lock beside the old ones."""
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
