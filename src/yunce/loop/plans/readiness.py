"""What a plan still lacks before it is submitted: a list of sentences, never a hindrance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from yunce.kit.wording import gettext as _


@dataclass(frozen=True)
class TaskFacts:
    """What a line of the table has."""

    title: str
    has_owner: bool
    has_days: bool
    has_standard: bool


@dataclass(frozen=True)
class GoalFacts:
    """A goal with the lines that serve it."""

    name: str
    has_owner: bool
    tasks: tuple[TaskFacts, ...]
    must: Decimal
    planned: Decimal | None  # what its tasks are expected to bring; None: nobody said
    gap_text: str = ""  # the gap with its unit, as people read it


@dataclass(frozen=True)
class Lack:
    """Something missing, and where."""

    where: str  # 新增粉丝
    what: str  # 没有负责人


def lacks_of(
    *, direction: str, goals: Sequence[GoalFacts], loose: Sequence[TaskFacts] = ()
) -> list[Lack]:
    """Everything missing, the plan's own first, then goal by goal."""
    found = [] if direction.strip() else [Lack(_("核心方向"), _("还没有写"))]
    if not goals:
        found.append(Lack(_("目标"), _("一个都没有")))
    for goal in goals:
        found += (Lack(goal.name, what) for what in _of_goal(goal))
    found += (Lack(f"「{task.title[:20]}」", what) for task in loose for what in _of_task(task))
    return found


def _of_goal(goal: GoalFacts) -> Iterator[str]:
    if not goal.has_owner and not any(task.has_owner for task in goal.tasks):
        yield _("没有负责人")
    if not goal.tasks:
        yield _("还没有任务：没有时间节点，也没有完成标准")
        return
    if not any(task.has_days for task in goal.tasks):
        yield _("没有时间节点")
    if not any(task.has_standard for task in goal.tasks):
        yield _("没有完成标准")
    if goal.planned is not None and goal.planned < goal.must:
        yield _("任务的预计贡献比必达少 %s") % goal.gap_text
    yield from _tasks_words(goal.tasks)


def _tasks_words(tasks: Sequence[TaskFacts]) -> Iterator[str]:
    """Single lines that lack what other lines of the goal have."""
    for name, words in (
        ("has_owner", _("任务「%s」没有负责人")),
        ("has_days", _("任务「%s」没有时间节点")),
        ("has_standard", _("任务「%s」没有完成标准")),
    ):
        without = [task for task in tasks if not getattr(task, name)]
        if len(without) < len(tasks):
            yield from (words % task.title[:20] for task in without)


def _of_task(task: TaskFacts) -> Iterator[str]:
    if not task.has_owner:
        yield _("没有负责人")
    if not task.has_days:
        yield _("没有时间节点")
    if not task.has_standard:
        yield _("没有完成标准")
