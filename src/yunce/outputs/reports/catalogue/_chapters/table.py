"""十、计划表: the seven columns everybody knows, on pages turned for them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yunce.engines.documents import Block, Turn
from yunce.outputs.reports.catalogue._amended import changed_since_lock
from yunce.outputs.reports.catalogue._chapters._material import Material
from yunce.outputs.reports.catalogue._chapters._wording import chapter, prompt
from yunce.outputs.reports.catalogue._plan_table import plan_table


def blocks(material: Material) -> Iterator[Block]:
    yield Turn(landscape=True)
    yield chapter(10, _("计划表"))
    if not material.dossier.rows:
        yield prompt(
            _("还没有目标和任务。先写目标，再给每个目标写任务、负责人、时间节点和完成标准。"),
            _("运营组长，在「月度计划」页；可以从模板或上月复制"),
            _("「用户增长 · 新增粉丝 12,000 人 · 3 场直播 · 运营组长 · 5/10、5/20、5/30」"),
        )
        return
    yield plan_table(material.dossier.rows, material.amendments)
    yield from changed_since_lock(material.amendments)
