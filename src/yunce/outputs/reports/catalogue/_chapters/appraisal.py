"""九、考核: what counts and how it is judged; weights and use of the result are people's."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yunce.engines.documents import Block, Cell, Column, Note
from yunce.engines.metrics import Direction
from yunce.loop.goals.models import Goal
from yunce.outputs.reports.catalogue._chapters._material import Material, aimed
from yunce.outputs.reports.catalogue._chapters._wording import chapter, prompt, section, table


def blocks(material: Material) -> Iterator[Block]:
    yield chapter(9, _("考核"))
    yield section(9, 1, _("考核指标"))
    if material.goals:
        columns = (
            Column(_("指标"), 22),
            Column(_("负责人"), 18),
            Column(_("达标"), 22, align="right"),
            Column(_("超预期"), 22, align="right"),
            Column(_("口径"), 58),
        )
        yield table(columns, (_row(goal) for goal in material.goals))
        yield Note(
            _("按关账那天的数评定：达到必达为达标，达到挑战为超预期。没有数据的不评，写作「—」。")
        )
    else:
        yield prompt(
            _("目标定好以后，这里会列出每个指标怎样算达标、怎样算超预期。"),
            _("运营组长"),
            _("「新增粉丝：≥ 12,000 达标，≥ 13,000 超预期，运营组长。」"),
        )
    yield section(9, 2, _("权重与评分"))
    yield prompt(
        _("每个指标占几分、怎么给分、谁打分；权重合计 100%。"),
        _("运营组长、人事"),
        _("「新增粉丝 30 分：每差 1% 扣 0.5 分，最多扣 15 分。」"),
    )
    yield section(9, 3, _("过程、结果应用与改进"))
    yield prompt(
        _("自评、组长评、确认、申诉各在哪天；结果用在哪里；评完改什么。"),
        _("运营组长、人事"),
        _("「6/3 自评，6/5 组长评，6/6 确认，一次申诉；计入季度奖金。」"),
    )


def _row(goal: Goal) -> tuple[Cell | str, ...]:
    sign = "≥" if goal.spec.direction is Direction.HIGHER else "≤"
    stretch = f"{sign} {aimed(goal, goal.stretch)}" if goal.stretch is not None else ""
    return (
        Cell(goal.name, bold=True),
        str(goal.owner or ""),
        f"{sign} {aimed(goal, goal.must)}",
        stretch,
        goal.spec.meaning,
    )
