"""月度规划方案: the long plan in ten chapters, filled as far as the month is known."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yunce.engines.documents import Cover, Outline
from yunce.ground.teams.rules import Capability
from yunce.loop.goals.models import MonthPlan
from yunce.loop.plans.queries.versions import versions_of
from yunce.outputs.reports.catalogue._chapters import Material, gather, written
from yunce.outputs.reports.catalogue._report import Made, Report
from yunce.outputs.reports.catalogue._wording import day_name, month_name


def build_outline(plan: MonthPlan, made: Made) -> Outline:
    """Ten chapters; what nobody has written yet is asked for, never made up."""
    material = gather(plan, made)
    return Outline(
        title=_("月度规划方案"),
        subtitle=month_name(plan.month),
        author=made.author,
        created=made.at,
        blocks=tuple(written(material)),
        landscape=False,
        cover=Cover(
            owner=plan.team.name,
            statement=plan.direction,
            facts=tuple(_facts(plan, material, made)),
        ),
    )


def _facts(plan: MonthPlan, material: Material, made: Made) -> list[tuple[str, str]]:
    newest = versions_of(plan).first()
    state = str(plan.get_state_display())
    facts = [(_("状态"), f"{state}（{newest}）" if newest else state)]
    if plan.approved_by is not None and plan.approved_at is not None:
        day = day_name(timezone.localdate(plan.approved_at))
        facts.append((_("批准"), f"{plan.approved_by} · {day}"))
    if material.has_begun:
        facts.append((_("数据到"), day_name(material.until)))
    facts.append((_("制作"), f"{made.author} · {day_name(made.day)}"))
    return facts


REPORT = Report(
    key="proposal",
    label=gettext_lazy("月度规划方案"),
    capability=Capability.SEE_ALL,
    build_outline=build_outline,
    formats=("docx",),
)
