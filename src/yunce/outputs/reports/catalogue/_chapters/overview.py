"""一、概述: what the month wants, whether its goals hold water, what it hangs on."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from yunce.engines.documents import (
    Block,
    Cell,
    Chart,
    Charts,
    Column,
    Mark,
    Note,
    Paragraph,
    Series,
    Table,
    Tone,
)
from yunce.engines.targets import Fit
from yunce.kit.numbers import MISSING, format_value
from yunce.loop.goals.models import Goal
from yunce.loop.goals.queries.parts import Line, TargetTree
from yunce.loop.goals.rules.alignment import period_words
from yunce.loop.plans.dossier import Share
from yunce.loop.plans.models import Task
from yunce.outputs.reports.catalogue._chapters._material import Material, aimed
from yunce.outputs.reports.catalogue._chapters._wording import (
    axis_format,
    chapter,
    owners,
    percent,
    prompt,
    section,
    table,
    timing,
)

MOST_KEYS = 5  # tasks a month hangs on; more are none
# Against must only: short of the stretch target is no exception.
FITS: dict[Fit, Tone] = {Fit.GAP: "bad", Fit.SURPLUS: "warn", Fit.UNKNOWN: "muted"}


def blocks(material: Material) -> Iterator[Block]:
    yield chapter(1, _("概述"))
    yield section(1, 1, _("核心方向与目标"))
    yield from _goals(material)
    yield section(1, 2, _("目标框架"))
    yield from _framework(material)
    yield section(1, 3, _("对齐的长期目标"))
    yield from _objectives(material)
    yield section(1, 4, _("成功的关键"))
    yield from _keys(material)


def _goals(material: Material) -> Iterator[Block]:
    if material.plan.direction:
        yield Paragraph(_("核心方向：%s") % material.plan.direction)
    else:
        yield prompt(
            _("用一两句话写清楚本月主要做成什么。"),
            _("运营组长"),
            _("「借 618 预热，用 3 场直播拉新，把新关注变成首单。」"),
        )
    if not material.goals:
        yield prompt(
            _("定 1–3 个方向、每个方向一两个目标：指标、必达、挑战、负责人。"),
            _("运营组长，和上级对过以后写进月度计划"),
            _("「新增粉丝 12,000 人（挑战 13,000 人），运营组长，5/31 前」"),
        )
        return
    yield Paragraph(_verdict(material))
    yield _goal_table(material)
    flaws = [
        (goal.name, f"{letter.letter} {letter.name}", letter.problem)
        for goal in material.goals
        for letter in material.dossier.smart[goal.pk].failing
    ]
    if flaws:
        columns = (
            Column(_("目标"), 18),
            Column("SMART", 14, align="center"),
            Column(_("缺什么"), 68),
        )
        yield table(columns, flaws)


def _verdict(material: Material) -> str:
    """How many goals and tasks, and whether the goals are SMART."""
    checks = material.dossier.smart.values()
    failing = sum(not check.passes for check in checks)
    words = {"goals": len(material.goals), "tasks": len(material.dossier.lines), "bad": failing}
    if failing:
        return (
            _("本月 %(goals)s 个目标、%(tasks)s 项任务；%(bad)s 个目标没有通过 SMART 检查。")
            % words
        )
    return _("本月 %(goals)s 个目标、%(tasks)s 项任务；目标都通过了 SMART 检查。") % words


def _goal_table(material: Material) -> Table:
    columns = (
        Column(_("目标维度"), 14, align="center"),
        Column(_("目标"), 20),
        Column(_("必达"), 19, align="right"),
        Column(_("挑战"), 17, align="right"),
        Column(_("基线"), 14, align="right"),
        Column(_("重要性"), 11, align="center"),
        Column(_("负责人"), 16),
        Column("SMART", 12, align="center"),
    )
    return table(columns, (_goal_row(material, goal) for goal in material.goals))


def _goal_row(material: Material, goal: Goal) -> tuple[Cell | str, ...]:
    check, was = material.dossier.smart[goal.pk], material.amendments.old_targets(goal)
    letters = "".join(letter.letter for letter in check.failing)
    return (
        goal.get_dimension_display(),
        Cell(goal.name, bold=True),
        _target(goal, goal.must, was.must),
        _target(goal, goal.stretch, was.stretch),
        aimed(goal, goal.baseline),
        goal.get_importance_display(),
        str(goal.owner or ""),
        Cell(_("缺 %s") % letters, tone="warn") if letters else Cell("✓"),
    )


def _target(goal: Goal, value: Decimal | None, was: Decimal | None) -> str:
    text = aimed(goal, value)
    return text if was is None else text + "\n" + _("（原 %s）") % aimed(goal, was)


def _framework(material: Material) -> Iterator[Block]:
    """How each goal is made up, and whether the parts come to it."""
    split = material.dossier.split
    if not split:
        yield prompt(
            _("把每个目标拆成几块能相加（或相乘）的数：按周、按账号、按来源、按任务。"),
            _("目标的负责人，在「目标拆解」页填"),
            _("「新增粉丝 12,000 = 3 场直播 × 3,000 + 2 次裂变 × 1,500」"),
        )
        return
    charts = [chart for tree in split if (chart := _parts_chart(tree))]
    for at in range(0, len(charts), 2):
        yield Charts(tuple(charts[at : at + 2]))
    columns = (
        Column(_("目标"), 18),
        Column(_("拆成"), 44),
        Column(_("合计"), 14, align="right"),
        Column(_("对必达"), 20),
        Column(_("对挑战"), 20),
    )
    yield table(columns, (_tree_row(tree) for tree in split))
    whole = [goal.name for goal in material.goals if not material.dossier.trees[goal.pk].branches]
    if whole:
        yield Note(_("还没有拆解：%s。") % "、".join(whole))


def _parts_chart(tree: TargetTree) -> Chart | None:
    """The parts of a sum; rates are weighed, not stacked."""
    known = [branch for branch in tree.branches if branch.value is not None]
    if tree.is_ratio or len(known) < 2:
        return None
    title = _("%(goal)s：拆解对必达%(fit)s") % {"goal": tree.goal.name, "fit": _fit(tree.must)}
    names = (*(branch.part.name for branch in known), _("必达"))
    values = (*(float(branch.value or 0) for branch in known), None)
    must = (*(None for _branch in known), float(tree.goal.must))
    series = (
        Series(_("拆解"), values, Mark.BAR, is_labelled=True),
        Series(_("必达"), must, Mark.PALE_BAR, is_labelled=True),
    )
    return Chart(title, names, series, axis_format(tree.goal))


def _fit(line: Line) -> str:
    if line.found.fit in (Fit.EXACT, Fit.UNKNOWN):
        return line.word
    return f"{line.word} {format_value(line.found.amount)}"


def _tree_row(tree: TargetTree) -> tuple[Cell | str, ...]:
    unit = tree.unit
    parts = [
        f"{branch.part.name} {branch.formula or format_value(branch.value, unit)}"
        for branch in tree.branches
    ]
    return (
        Cell(tree.goal.name, bold=True),
        "\n".join(parts),
        format_value(tree.value, unit),
        Cell(_line(tree, tree.must), tone=FITS.get(tree.must.found.fit, "")),
        _line(tree, tree.lines[1]) if len(tree.lines) > 1 else MISSING,
    )


def _line(tree: TargetTree, line: Line) -> str:
    amount = format_value(line.found.amount, tree.unit) if line.found.amount else ""
    return f"{line.word} {amount}".strip()


def _objectives(material: Material) -> Iterator[Block]:
    aligned = material.dossier.objectives
    if not aligned:
        yield prompt(
            _("本月的目标为哪个季度或年度目标服务？还没有对上任何一个。"),
            _("运营组长，在「长期目标」页建好后对齐"),
            _("「二季度新增粉丝 36,000：4 月 10,000，5 月 12,000，6 月 14,000」"),
        )
        return
    columns = (
        Column(_("长期目标"), 30),
        Column(_("时期"), 18),
        Column(_("目标值"), 16, align="right"),
        Column(_("本月对齐的目标"), 46),
    )
    rows = (
        (
            Cell(objective.title, bold=True),
            period_words(objective.period, objective.starts_on),
            _objective_target(goals, objective.metric, objective.target),
            "、".join(f"{goal.name} {aimed(goal, goal.must)}" for goal in goals),
        )
        for objective, goals in aligned
    )
    yield table(columns, rows)


def _objective_target(goals: tuple[Goal, ...], metric: str, target: Decimal | None) -> str:
    known = goals[0].plan.catalogue
    if target is None or metric not in known:
        return ""
    return format_value(target, known.metric(metric).unit)


def _keys(material: Material) -> Iterator[Block]:
    """The tasks that carry most of a goal."""
    found = sorted(_carrying(material), key=lambda each: -each[2])
    if found:
        columns = (
            Column(_("任务"), 36),
            Column(_("帮到"), 18),
            Column(_("预计贡献"), 14, align="right"),
            Column(_("占必达"), 11, align="right"),
            Column(_("负责人"), 16),
            Column(_("时间节点"), 20),
        )
        yield Paragraph(_("预计贡献占必达最多的任务，成败主要看这几项："))
        yield table(
            columns,
            (
                (
                    task.title,
                    share.goal.name,
                    aimed(share.goal, share.amount),
                    percent(part),
                    owners(task),
                    timing(task),
                )
                for task, share, part in found[:MOST_KEYS]
            ),
        )
        return
    yield prompt(
        _("做成本月目标最要紧的三五件事，每件写明为什么。"),
        _("运营组长"),
        _("「5/20 直播：占新增粉丝的四分之一，主播和货要在 5/12 前定下来。」"),
    )


def _carrying(material: Material) -> Iterator[tuple[Task, Share, Decimal]]:
    """Points of a rate are no share of its target: those are left to their own chapter."""
    told = material.dossier.contributions
    points = {column.goal.pk for column in told.columns if column.is_points}
    for helper in told.helpers:
        for share in helper.shares:
            if share.amount is not None and share.goal.must and share.goal.pk not in points:
                yield helper.task, share, share.amount / share.goal.must
