"""A block of cells pasted from Excel or WPS: cut into rows, checked against the table's columns."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yunce.ground.teams.models import Member
from yunce.kit.text import tidy
from yunce.loop.goals.models import DimensionChoice, Goal
from yunce.loop.plans.models import Task
from yunce.loop.plans.rules import TaskField

MOST_ROWS = 500
SHOWN_PROBLEMS = 5
DIMENSION, METRIC = "dimension", "targets"
COLUMNS = (
    DIMENSION,
    METRIC,
    TaskField.TITLE.value,
    TaskField.OWNERS.value,
    TaskField.NODES.value,
    TaskField.STANDARD.value,
    TaskField.NOTE.value,
)
_BETWEEN_NAMES = re.compile(r"[、,，;；/+＋\s]+")


@dataclass(frozen=True)
class RowChange:
    """What one row is to say: of a task that is there, or of a new line."""

    number: int  # of the row in the block, from 1
    task: Task | None  # None: a new line
    goal: Goal | None = None
    dimension: str = ""
    texts: Mapping[TaskField, str] = field(default_factory=dict)
    owners: Sequence[Member] | None = None


def read_block(text: str) -> list[list[str]]:
    """Rows of cells as spreadsheets put them on the clipboard; a cell may hold lines of its own.

    >>> read_block('写脚本\\t"第一行\\n第二行"\\r\\n直播\\t5/10')
    [['写脚本', '第一行\\n第二行'], ['直播', '5/10']]
    """
    rows = [row for row in csv.reader(io.StringIO(text.strip("\r\n")), delimiter="\t") if row]
    if not any(cell.strip() for row in rows for cell in row):
        raise ValidationError(_("粘贴的内容是空的。请在表格里选好再复制。"))
    if len(rows) > MOST_ROWS:
        raise ValidationError(
            _("一次最多粘贴 %(most)s 行，这里有 %(rows)s 行。请分几次。")
            % {"most": MOST_ROWS, "rows": len(rows)}
        )
    return rows


def columns_from(start: str, rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The table's columns a block covers; refuses one that does not fit, naming the row."""
    width = len(rows[0])
    for number, row in enumerate(rows, start=1):
        if len(row) != width:
            raise ValidationError(
                _("第 %(row)s 行有 %(here)s 列，第 1 行有 %(width)s 列。请复制整齐的一块。")
                % {"row": number, "here": len(row), "width": width}
            )
    room = COLUMNS[COLUMNS.index(start) :]
    if start == METRIC and width == len(COLUMNS):
        room = COLUMNS
    if start == DIMENSION and width == len(COLUMNS) - 1:
        room = COLUMNS[1:]
    if width > len(room):
        raise ValidationError(
            _("粘贴的内容有 %(width)s 列，从这一格起只放得下 %(room)s 列。请从更左的一格粘贴。")
            % {"width": width, "room": len(room)}
        )
    if start in (DIMENSION, METRIC) and width < len(COLUMNS) - 1:
        raise ValidationError(
            _("整行粘贴要有 6 列（从具体指标起）或 7 列（从目标维度起），这里有 %s 列。") % width
        )
    return room[:width]


class Lookup:
    """Names of the month's goals and of the team's people."""

    def __init__(self, goals: Iterable[Goal], members: Iterable[Member]) -> None:
        self.goals = list(goals)
        self.people: dict[str, list[Member]] = defaultdict(list)
        for member in members:
            for name in {member.user.name, member.position} - {""}:
                self.people[name].append(member)

    def owners(self, text: str) -> list[Member]:
        found: dict[int, Member] = {}
        for name in filter(None, _BETWEEN_NAMES.split(text.strip())):
            named = self.people.get(name, [])
            if len(named) != 1:
                sentence = _("有几位「%s」，请写姓名。") if named else _("团队里没有「%s」。")
                raise ValidationError(sentence % name)
            found[named[0].pk] = named[0]
        return list(found.values())

    def goal(self, text: str) -> Goal:
        """「图文 20 篇」 is the goal 图文: the longest name the text begins with."""
        fitting = [goal for goal in self.goals if text.startswith(goal.name)]
        if not fitting:
            raise ValidationError(_("本月没有指标「%s」，请先加指标再粘贴。") % text[:30])
        return max(fitting, key=lambda goal: len(goal.name))


def dimension_named(text: str) -> str:
    for choice in DimensionChoice:
        if text in (choice.label, choice.value):
            return choice.value
    names = "、".join(str(choice.label) for choice in DimensionChoice)
    raise ValidationError(
        _("没有维度「%(text)s」，只有%(names)s。") % {"text": text, "names": names}
    )


def row_changes(
    rows: Sequence[Sequence[str]],
    columns: Sequence[str],
    *,
    lookup: Lookup,
    tasks: Sequence[Task],
    under: Task | None,
) -> list[RowChange]:
    """Each row as a change: of the tasks in turn, then of new lines beside the last one.

    Every row that cannot be understood is named before anything is written.
    """
    changes, problems = [], []
    above = RowChange(0, None)
    if under is not None:
        above = RowChange(0, None, goal=under.goal, dimension=under.dimension)
    for number, row in enumerate(rows, start=1):
        task = tasks[number - 1] if number <= len(tasks) else None
        cells = {name: cell.strip() for name, cell in zip(columns, row, strict=True)}
        try:
            above = _row(number, cells, task, above, lookup)
            changes.append(above)
        except ValidationError as error:
            problems.append(at_row(number, error))
    refuse(problems)
    return changes


def _row(
    number: int, cells: Mapping[str, str], task: Task | None, above: RowChange, lookup: Lookup
) -> RowChange:
    goal, dimension = above.goal, above.dimension
    if cells.get(DIMENSION):
        dimension = dimension_named(tidy(cells[DIMENSION]))
        goal = goal if goal and goal.dimension == dimension else None
    if cells.get(METRIC) not in (None, "", "—"):
        goal = lookup.goal(tidy(cells[METRIC]))
        dimension = goal.dimension
    texts = {TaskField(name): text for name, text in cells.items() if name in _TEXTS}
    owners = lookup.owners(cells["owners"]) if "owners" in cells else None
    return RowChange(number, task, goal, dimension, texts, owners)


_TEXTS = {
    TaskField.TITLE.value,
    TaskField.NODES.value,
    TaskField.STANDARD.value,
    TaskField.NOTE.value,
}


def at_row(number: int, error: ValidationError) -> str:
    words = {"row": number, "what": " ".join(error.messages)}
    return _("第 %(row)s 行：%(what)s") % words


def refuse(problems: Sequence[str]) -> None:
    """Say what is wrong, the first few rows by name; nothing has been written."""
    if not problems:
        return
    shown = list(problems[:SHOWN_PROBLEMS])
    if len(problems) > SHOWN_PROBLEMS:
        shown.append(_("另有 %s 行也有问题。") % (len(problems) - SHOWN_PROBLEMS))
    raise ValidationError([*shown, _("一格都没有保存。")])
