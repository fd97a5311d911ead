"""八、预算: the program keeps no money yet; people write it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yunce.engines.documents import Block
from yunce.outputs.reports.catalogue._chapters._material import Material
from yunce.outputs.reports.catalogue._chapters._wording import chapter, prompt, section


def blocks(material: Material) -> Iterator[Block]:
    yield chapter(8, _("预算"))
    yield section(8, 1, _("预算与测算"))
    yield prompt(
        _("本月要花的每一笔：用在哪、多少、对应哪个目标、每个结果合多少钱。"),
        _("推广专员，财务核对"),
        _("「5/8–5/28 信息流投放 6,000 元，带来 2,000 新增粉丝，每人 3 元。」"),
    )
    yield section(8, 2, _("成本控制与执行"))
    yield prompt(
        _("谁批、花到多少停、每周哪天对一次账；以前省下来或花冤枉的一笔。"),
        _("运营组长、财务"),
        _("「单笔超 2,000 元组长批；每个新增成本连续 3 天高于 4 元就停投。」"),
    )
