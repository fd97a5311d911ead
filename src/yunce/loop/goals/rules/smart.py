"""SMART: five questions to a goal, each with what is missing and the quickest way to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from yunce.kit.numbers import Unit, format_value
from yunce.kit.wording import gettext as _
from yunce.loop.goals.rules.history import ENOUGH, History, is_out_of_reach


class Repair(StrEnum):
    """What one click can do about a letter that fails."""

    NONE = ""
    ADD_TASK = "task"
    WRITE_TARGET = "target"
    WRITE_DIRECTION = "direction"
    TAKE_BASELINE = "baseline"  # last month's number becomes the baseline
    DATE_TASKS = "dates"  # tasks without a day are due on the month's last


@dataclass(frozen=True)
class Letter:
    """One of S, M, A, R, T."""

    letter: str
    name: str
    problem: str = ""
    repair: Repair = Repair.NONE
    repair_words: str = ""
    is_unknown: bool = False  # nothing to judge by: neither passed nor failed

    @property
    def passes(self) -> bool:
        return not self.problem


@dataclass(frozen=True)
class Aim:
    """What is known of a goal when it is checked."""

    name: str
    is_defined: bool
    must: Decimal
    unit: Unit
    tasks: int
    tasks_without_days: Sequence[str]  # their titles
    baseline: Decimal | None
    history: History
    direction: str  # the month's
    has_objective: bool
    last_day: str  # 5/31


@dataclass(frozen=True)
class Smart:
    """The check of one goal."""

    letters: tuple[Letter, ...]

    @property
    def failing(self) -> tuple[Letter, ...]:
        return tuple(letter for letter in self.letters if not letter.passes)

    @property
    def passes(self) -> bool:
        return not self.failing

    @property
    def unknown(self) -> tuple[Letter, ...]:
        return tuple(letter for letter in self.letters if letter.is_unknown)

    @property
    def asked(self) -> int:
        """Letters there was something to judge by."""
        return len(self.letters) - len(self.unknown)

    @property
    def passed(self) -> int:
        return self.asked - len(self.failing)


def check(aim: Aim) -> Smart:
    return Smart((_specific(aim), _measurable(aim), _achievable(aim), _relevant(aim), _timed(aim)))


def _specific(aim: Aim) -> Letter:
    letter, name = "S", _("具体")
    if not aim.is_defined:
        said = _("「{name}」的指标已不存在，要改用口径表里的指标。").format(name=aim.name)
        return Letter(letter, name, said)
    if not aim.tasks:
        said = _("「{name}」还没有任务，不知道靠做什么达到。").format(name=aim.name)
        return Letter(letter, name, said, Repair.ADD_TASK, _("加任务"))
    return Letter(letter, name)


def _measurable(aim: Aim) -> Letter:
    if aim.must > 0 or not aim.is_defined:
        return Letter("M", _("可衡量"))
    said = _("「{name}」的必达值是 0，量不出达成没有。").format(name=aim.name)
    return Letter("M", _("可衡量"), said, Repair.WRITE_TARGET, _("写目标值"))


def _achievable(aim: Aim) -> Letter:
    letter, name = "A", _("可达到")
    if is_out_of_reach(aim.history, aim.must):
        said = _("「{name}」必达 {must}，比近 12 个月最好的一个月（{best}）还难两成以上。").format(
            name=aim.name,
            must=format_value(aim.must, aim.unit),
            best=format_value(aim.history.best, aim.unit),
        )
        return Letter(letter, name, said, Repair.WRITE_TARGET, _("改目标值"))
    if len(aim.history.known) >= ENOUGH or aim.baseline is not None:
        return Letter(letter, name)
    if aim.history.last is not None:
        said = _("「{name}」没有基线，说不出比以前高多少。").format(name=aim.name)
        shown = format_value(aim.history.last, aim.unit)
        words = _("用上月的 {value} 作基线").format(value=shown)
        return Letter(letter, name, said, Repair.TAKE_BASELINE, words)
    return Letter(letter, name, is_unknown=True)


def _relevant(aim: Aim) -> Letter:
    if aim.direction.strip() or aim.has_objective:
        return Letter("R", _("相关"))
    said = _("本月没有写核心方向，「{name}」也没有对上长期目标。").format(name=aim.name)
    return Letter("R", _("相关"), said, Repair.WRITE_DIRECTION, _("写核心方向"))


def _timed(aim: Aim) -> Letter:
    if not aim.tasks_without_days:
        return Letter("T", _("时限"))
    titles = "、".join(f"「{title[:16]}」" for title in aim.tasks_without_days[:2])
    many = len(aim.tasks_without_days)
    said = _("「{name}」有 {many} 项任务没有日期：{titles}。").format(
        name=aim.name, many=many, titles=titles
    )
    words = _("补为 {day} 前完成").format(day=aim.last_day)
    return Letter("T", _("时限"), said, Repair.DATE_TASKS, words)
