"""七、跨部门协作: what people of other departments do in this plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from yunce.engines.documents import Block, Column
from yunce.loop.plans.models import Task
from yunce.outputs.reports.catalogue._chapters._material import Material
from yunce.outputs.reports.catalogue._chapters._wording import (
    chapter,
    prompt,
    section,
    table,
    timing,
)


def blocks(material: Material) -> Iterator[Block]:
    yield chapter(7, _("跨部门协作"))
    yield section(7, 1, _("请其他部门做的事"))
    yield from _asked(material)
    yield section(7, 2, _("角色、流程与激励"))
    yield prompt(
        _("对接人是谁、什么时候给什么、延误了找谁；配合得好怎么感谢。"),
        _("运营组长和对方部门的负责人"),
        _("「客服每周五 12 点前给本周问题前 10；连续四周准时，月会点名感谢。」"),
    )
    yield section(7, 3, _("做得好的例子"))
    yield prompt(
        _("最近一次配合得好的事：做了什么、带来多少。"),
        _("运营组长"),
        _("「4 月供应链提前 3 天给样品，测评早发 2 天，点击率 +0.4 个百分点。」"),
    )


def _asked(material: Material) -> Iterator[Block]:
    """Tasks that people of other departments own: guests of the team."""
    guests = {guest.pk: guest for guest in material.guests}
    asked = [(task, named) for task in material.dossier.tasks if (named := _named(task, guests))]
    if not asked:
        yield prompt(
            _(
                "需要哪个部门在哪天前给什么、为什么要。把对方邀请成「访客」并设为任务负责人，这里会自动列出。"
            ),
            _("运营组长"),
            _("「设计部 5/8 前出 3 张主视觉，用在 5/10 直播。」"),
        )
        return
    columns = (
        Column(_("谁"), 20),
        Column(_("做什么"), 44),
        Column(_("什么时候"), 22),
        Column(_("完成标准"), 36),
    )
    yield table(columns, ((who, task.title, timing(task), task.standard) for task, who in asked))


def _named(task: Task, guests: Mapping[int, object]) -> str:
    return "、".join(str(owner) for owner in task.people if owner.pk in guests)
