"""Which column is which: the seven of the plan table, by the names people give them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from yunce.engines.plantables.grids import Grid, GridCell
from yunce.kit.text import comparable


class Column(StrEnum):
    """What a column of a plan table holds."""

    DIMENSION = "dimension"  # 目标维度
    METRIC = "metric"  # 具体指标（计划值）
    MUST = "must"  # a column of its own for 必达
    STRETCH = "stretch"  # and one for 挑战
    TASK = "task"  # 核心任务
    OWNERS = "owners"  # 负责人
    TIMING = "timing"  # 时间节点
    STANDARD = "standard"  # 完成标准
    NOTE = "note"  # 备注


# Whole headings, without brackets and spaces; the first is the one we write.
ALIASES: Mapping[Column, tuple[str, ...]] = {
    Column.DIMENSION: (
        "目标维度", "维度", "目标类别", "目标类型", "目标分类", "运营维度", "工作维度", "类别",
        "分类", "板块", "模块", "工作模块", "运营模块", "目标方向", "dimension",
    ),
    Column.METRIC: (
        "具体指标", "指标", "具体指标计划值", "指标计划值", "目标指标", "月度指标", "核心指标",
        "关键指标", "量化指标", "计划指标", "具体目标", "量化目标", "月度目标", "目标", "本月目标",
        "kpi", "kpi指标", "指标名称", "指标及目标", "目标及指标", "指标与目标", "目标内容",
        "目标描述", "metric", "goal",
    ),
    Column.MUST: (
        "必达", "必达目标", "必达值", "计划值", "目标值", "计划数值", "目标数值", "计划", "指标值",
        "保底目标", "基础目标", "保底", "数值", "must", "target",
    ),
    Column.STRETCH: (
        "挑战", "挑战目标", "挑战值", "冲刺", "冲刺目标", "冲刺值", "冲高目标", "理想目标",
        "stretch",
    ),
    Column.TASK: (
        "核心任务", "任务", "重点任务", "主要任务", "关键任务", "任务拆解", "目标拆解", "拆解",
        "工作任务", "具体任务", "任务内容", "核心动作", "关键动作", "关键举措", "行动", "行动计划",
        "执行动作", "具体动作", "动作", "重点工作", "工作内容", "具体工作", "核心工作", "实施措施",
        "具体措施", "执行措施", "执行策略", "策略", "工作事项", "事项", "任务名称", "task", "tasks",
    ),
    Column.OWNERS: (
        "负责人", "责任人", "执行人", "主负责人", "负责人员", "责任人员", "人员", "负责",
        "负责岗位", "责任岗位", "负责人岗位", "执行人员", "跟进人", "对接人", "主责", "owner",
        "owners",
    ),
    Column.TIMING: (
        "时间节点", "时间", "节点", "完成时间", "截止时间", "截止日期", "执行时间", "起止时间",
        "时间安排", "日期", "计划时间", "完成日期", "时间周期", "周期", "时间进度", "进度安排",
        "进度", "时间计划", "起止日期", "开始结束时间", "ddl", "deadline", "date", "dates",
    ),
    Column.STANDARD: (
        "完成标准", "验收标准", "标准", "交付标准", "衡量标准", "达成标准", "考核标准", "质量标准",
        "评估标准", "成功标准", "评价标准", "执行标准", "要求", "质量要求", "完成要求", "standard",
    ),
    Column.NOTE: (
        "备注", "说明", "备注说明", "补充说明", "其他", "其它", "注意事项", "所需资源", "资源需求",
        "资源支持", "风险", "note", "notes", "remark",
    ),
}  # fmt: skip
_BY_NAME = {name: column for column, names in ALIASES.items() for name in names}
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_NOISE = re.compile(r"[\s:/·*、\-—_()\[\]【】]|^\d+[.、]")
_MARKS = {Column.TASK, Column.OWNERS, Column.TIMING, Column.STANDARD}


@dataclass(frozen=True)
class Heads:
    """A grid's heading row: where it stands and what its columns are."""

    row: int  # index in the grid
    columns: Mapping[Column, int]
    titles: tuple[str, ...]  # as written

    @property
    def others(self) -> tuple[int, ...]:
        """Columns with a title of their own that nothing is read from."""
        used = set(self.columns.values())
        return tuple(at for at, title in enumerate(self.titles) if title and at not in used)


def find_heads(grid: Grid) -> Heads | None:
    """The first row that names the most columns; None when the grid is no plan table."""
    best: Heads | None = None
    for at, row in enumerate(grid.rows[:200]):
        columns = _columns_of(row)
        if is_plan(columns) and (best is None or len(columns) > len(best.columns)):
            best = Heads(at, columns, tuple(" ".join(cell.text.split()) for cell in row))
    return best


def is_plan(columns: Mapping[Column, int]) -> bool:
    """A goal's column and one of what is done for it; a summary table has none of these."""
    has_goal = Column.METRIC in columns or Column.MUST in columns
    return has_goal and bool(_MARKS & columns.keys())


def is_heading(row: Sequence[GridCell], heads: Heads) -> bool:
    """The heading once more, as at the top of a further page."""
    return _columns_of(row) == heads.columns


def _columns_of(row: Sequence[GridCell]) -> dict[Column, int]:
    found: dict[Column, int] = {}
    for at, cell in enumerate(row):
        column = column_of(cell.text)
        if column is not None and column not in found:
            found[column] = at
        elif column is Column.METRIC and Column.DIMENSION not in found and at > found[column]:
            # 「目标 | 具体指标」: the first of the two is what the second is grouped by.
            found[Column.DIMENSION], found[Column.METRIC] = found[Column.METRIC], at
    if Column.METRIC not in found and Column.DIMENSION in found and Column.MUST in found:
        # 「目标 | 计划值」: nothing else names the metric, so the first column does.
        found[Column.METRIC] = found.pop(Column.DIMENSION)
    return found


def column_of(title: str) -> Column | None:
    """「具体指标（计划值）」, 「指标」 and 「KPI」 are one column."""
    if len(title) > 30:
        return None
    plain = comparable(title)
    for form in (plain, _BRACKETED.sub("", plain)):
        if found := _BY_NAME.get(_NOISE.sub("", form)):
            return found
    return None
