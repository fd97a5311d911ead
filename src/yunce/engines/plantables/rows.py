"""Row by row through a plan table: which goals and tasks each row tells of."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from yunce.engines.plantables.days import Dated, joined, read_days
from yunce.engines.plantables.grids import BLANK, Grid, GridCell
from yunce.engines.plantables.headings import Column, Heads, is_heading
from yunce.engines.plantables.items import items_of
from yunce.engines.plantables.parts import Part
from yunce.engines.plantables.people import is_blank, read_people
from yunce.engines.plantables.plan import GoalLine, Place, TaskLine, Unread
from yunce.engines.plantables.quantities import parts_of
from yunce.engines.plantables.spelling import spelled
from yunce.engines.plantables.targets import Target, read_targets, with_number
from yunce.engines.plantables.tokens import tokens_of
from yunce.kit.months import Month
from yunce.kit.timing import Timing
from yunce.kit.wording import gettext as _

_SUMS = re.compile(r"^(?:合计|总计|小计|汇总)")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Row:
    """One row, its cells by what they hold."""

    cells: dict[Column, GridCell]
    others: tuple[tuple[str, str], ...]  # columns nothing is read from: title, text
    place: Place

    def text(self, column: Column) -> str:
        text = self.cells.get(column, BLANK).text
        return "" if is_blank(text) else text

    def is_new(self, column: Column) -> bool:
        """Does something new begin here, not a merged cell from above?"""
        return bool(self.text(column)) and not self.cells[column].reaches

    def at(self, column: Column, heads: Heads) -> Place:
        index = heads.columns.get(column)
        return replace(self.place, column=heads.titles[index] if index is not None else "")


class TableReader:
    """Collects what all plan tables of a file say."""

    def __init__(self, month: Month | None) -> None:
        self.month = month
        self.goals: list[GoalLine] = []
        self.tasks: list[TaskLine] = []
        self.unread: list[Unread] = []
        self._beside: tuple[int, ...] = ()  # the goals the row stands beside
        self._dimension = ""

    def take(self, grid: Grid, heads: Heads) -> None:
        self._beside, self._dimension = (), ""
        for at, cells in enumerate(grid.rows[heads.row + 1 :], start=heads.row + 1):
            if is_heading(cells, heads) or not any(cell.text for cell in cells):
                continue
            place = Place(grid.number, grid.name, grid.first_row + at, "")
            if self._is_banner(cells, place):
                continue
            by_column = {column: cells[index] for column, index in heads.columns.items()}
            others = tuple((heads.titles[i], cells[i].text) for i in heads.others if cells[i].text)
            self._take_row(Row(by_column, others, place), heads)

    def _is_banner(self, cells: tuple[GridCell, ...], place: Place) -> bool:
        """One cell across the whole row: a section's name, a remark under the table."""
        texts = {cell.text for cell in cells}
        first = cells[0].text
        if len(cells) < 3 or len(texts) > 1 or not all(cell.reaches for cell in cells[1:]):
            return bool(_SUMS.match(first))
        if len(first) <= 20 and not _DIGIT.search(first):
            self._dimension, self._beside = first, ()
        else:
            self.unread.append(Unread(place, first, _("这一行横跨整张表，没有读成目标或任务。")))
        return True

    def _take_row(self, row: Row, heads: Heads) -> None:
        if row.is_new(Column.DIMENSION):
            self._dimension = " ".join(row.text(Column.DIMENSION).split())
            if not row.text(Column.METRIC):
                self._beside = ()
        elif not row.text(Column.METRIC) and row.cells.get(Column.METRIC, BLANK).text:
            self._beside = ()  # a — under 具体指标: this task serves no goal
        if row.is_new(Column.METRIC) or (Column.METRIC not in row.cells and row.text(Column.MUST)):
            self._take_goals(row, heads)
        if row.is_new(Column.TASK):
            self._take_tasks(row, heads)
        elif row.text(Column.TASK) and self.tasks and row.is_new(Column.METRIC):
            last = self.tasks[-1]  # one task's cell beside several goals
            self.tasks[-1] = replace(last, goals=(*last.goals, *self._beside))
        elif not row.text(Column.TASK):
            self._take_taskless(row)

    def _take_goals(self, row: Row, heads: Heads) -> None:
        told = read_targets(row.text(Column.METRIC))
        place = row.at(Column.METRIC, heads)
        targets = [
            self._with_columns(target, row, alone=len(told.targets) == 1) for target in told.targets
        ]
        first = len(self.goals)
        self.goals += [GoalLine(self._dimension, target, place) for target in targets]
        self._beside = tuple(range(first, len(self.goals)))
        for text in told.unread:
            self.unread.append(Unread(place, text, _("没有写明这个数是什么指标。")))

    def _with_columns(self, target: Target, row: Row, *, alone: bool) -> Target:
        if not alone:
            return target
        must, stretch = row.text(Column.MUST), row.text(Column.STRETCH)
        return with_number(target, must=must, stretch=stretch)

    def _take_taskless(self, row: Row) -> None:
        owners = read_people(row.text(Column.OWNERS))
        timing, standard = row.text(Column.TIMING), row.text(Column.STANDARD)
        for index in self._beside:
            goal = self.goals[index]
            self.goals[index] = replace(
                goal,
                owners=goal.owners or owners,
                timing_text=goal.timing_text or timing,
                standard=goal.standard or standard,
            )

    def _take_tasks(self, row: Row, heads: Heads) -> None:
        titles = _titles(row.text(Column.TASK))
        dated = self._dated(row, heads, titles)
        owners = _shared(row.text(Column.OWNERS), len(titles))
        standards = _shared(row.text(Column.STANDARD), len(titles))
        note = "\n".join(
            filter(None, (row.text(Column.NOTE), *(f"{t}：{x}" for t, x in row.others)))
        )
        notes = _shared(note, len(titles))
        place = row.at(Column.TASK, heads)
        for at, title in enumerate(titles):
            self.tasks.append(
                TaskLine(
                    title="，".join(filter(None, title.splitlines())),
                    goals=self._beside,
                    dimension=self._dimension,
                    parts=parts_in(title),
                    details=(*parts_in(standards[at]), *parts_in(notes[at])),
                    owners=read_people(owners[at]),
                    timing=dated[at].timing,
                    timing_text=row.text(Column.TIMING),
                    timing_reasons=dated[at].reasons,
                    timing_outside=dated[at].outside,
                    standard=standards[at],
                    note=notes[at],
                    place=place,
                )
            )

    def _dated(self, row: Row, heads: Heads, titles: list[str]) -> list[Dated]:
        """Each task's days: those named after it, those in its line, those of the whole cell."""
        text = row.text(Column.TIMING)
        if not text and self.month is not None:
            return [_days_in_title(title, self.month) for title in titles]
        if self.month is None:
            return [Dated("", Timing())] * len(titles)
        pieces = read_days(text, self.month)
        place = row.at(Column.TIMING, heads)
        for piece in pieces:
            self.unread += [Unread(place, word, _("没有读出日期。")) for word in piece.unread]
        if len(pieces) == len(titles) and not any(piece.label for piece in pieces):
            return pieces
        return [joined(_of(title, pieces)) for title in titles]


def _titles(text: str) -> list[str]:
    """Lines and numbered points are tasks; what a semicolon parts only where each counts something:
    「结尾设提问；评论及时回复」 is one task, 「3 场直播；2 场裂变」 are two."""
    titles: list[str] = []
    for line in items_of(text, at_semicolons=False):
        pieces = items_of(line)
        is_each = all(any(p.count or p.factors for p in parts_in(piece)) for piece in pieces)
        titles += pieces if is_each and len(pieces) > 1 else [line]
    return titles


def _days_in_title(title: str, month: Month) -> Dated:
    """「3 场直播（5/10、5/20、5/30）」 in a table without 时间节点."""
    found = re.findall(r"\(([^()]*\d+\s*[/月日号][^()]*)\)", spelled(title))
    return joined(piece for text in found for piece in read_days(text, month) if not piece.unread)


def _of(title: str, pieces: list[Dated]) -> list[Dated]:
    """The pieces whose words stand in the title; when none do, all that name nothing else."""
    named = [piece for piece in pieces if piece.label and _alike(title, piece.label)]
    return named or pieces


def _alike(title: str, label: str) -> bool:
    return label in title or any(label[at : at + 2] in title for at in range(len(label) - 1))


def _shared(text: str, count: int) -> list[str]:
    """As many points as tasks go one to one; otherwise everything holds for each."""
    points = items_of(text) if count > 1 else []
    if len(points) == count and count > 1:
        return points
    lines = [line for line in text.splitlines() if line.strip()]
    return lines if len(lines) == count and count > 1 else [text] * count


def parts_in(text: str) -> tuple[Part, ...]:
    """The quantities a task's words tell of."""
    return tuple(part for item in items_of(spelled(text)) for part in parts_of(tokens_of(item)))
