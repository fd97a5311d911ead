"""月度计划表: the seven columns everybody knows."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yunce.engines.documents import Block, Outline, Paragraph
from yunce.ground.teams.rules import Capability
from yunce.loop.goals.models import MonthPlan
from yunce.loop.goals.queries.changes import amendments_of
from yunce.loop.plans.queries import plan_rows
from yunce.outputs.reports.catalogue._amended import changed_since_lock
from yunce.outputs.reports.catalogue._plan_table import plan_table
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
    yield plan_table(plan_rows(plan), amendments)
    yield from changed_since_lock(amendments)


REPORT = Report(
    key="plan",
    label=gettext_lazy("月度计划表"),
    capability=Capability.SEE_PLAN,
    build_outline=build_outline,
)
