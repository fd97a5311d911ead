"""One task with everything that stands beside it, for its page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, Prefetch, Q

from yunce.ground.journal.queries import Line, lines_about
from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import Access, members_of
from yunce.loop.goals.models import Goal
from yunce.loop.goals.queries import goals_of
from yunce.loop.goals.rules import write_target
from yunce.loop.plans.actions import crosses_plan
from yunce.loop.plans.cells import task_cell
from yunce.loop.plans.closed import Closed, closed
from yunce.loop.plans.models import Attachment, CheckItem, Comment, DayWork, Task
from yunce.loop.plans.permits import may_change_task
from yunce.loop.plans.queries import onward_of, target_text
from yunce.loop.plans.rules import TaskField, mentioned

SHOWN_LINES = 12  # of the journal
PROMISED = (
    TaskField.TITLE,
    TaskField.GOAL,
    TaskField.OWNERS,
    TaskField.NODES,
    TaskField.RECURRENCE,
    TaskField.STANDARD,
    TaskField.NOTE,
)
WORKED = (
    TaskField.REVIEWERS,
    TaskField.ESTIMATE,
    TaskField.AFTER,
    TaskField.PARENT,
    TaskField.IMPORTANCE,
    TaskField.QUADRANT,
)


@dataclass(frozen=True)
class Promise:
    """A goal of the month with what this task is expected to bring."""

    goal: Goal
    must_text: str
    typed: str  # as it is typed; empty when nothing is expected
    shown: str


@dataclass(frozen=True)
class Said:
    """A comment cut where somebody is called."""

    comment: Comment
    pieces: tuple[tuple[str, bool], ...]  # text, whether it is a call
    is_own: bool


class TaskPage:
    """Every part is looked up when the template asks for it, once."""

    def __init__(self, access: Access, task: Task) -> None:
        self.access = access
        self.task = task
        self.may_work = access.may_record and not task.plan.is_closed
        self.may_copy = may_change_task(access, task)

    @cached_property
    def went_to(self) -> Task | None:
        """The task that carries it on in a later month."""
        return onward_of([self.task]).get(self.task.pk)

    @cached_property
    def came_from(self) -> Task | None:
        """The unfinished task of an earlier month, with what was said and filed there."""
        if self.task.came_from_id is None:
            return None
        living = Q(comments__deleted_at=None)
        found = Task.objects.select_related("plan").annotate(
            said=Count("comments", filter=living, distinct=True),
            files=Count("attachments", filter=Q(attachments__deleted_at=None), distinct=True),
        )
        return found.filter(pk=self.task.came_from_id).first()

    @property
    def may_go_on(self) -> bool:
        """移到下月: the lead's, but for what somebody jotted down."""
        may = self.access.may_plan or (self.access.may_record and not crosses_plan(self.task))
        return may and not self.task.is_done and self.went_to is None

    @property
    def promised(self) -> list[Closed]:
        """Without a place in the table there is no goal to change: the parent's counts."""
        return [self._cell(field) for field in PROMISED]

    @property
    def worked(self) -> list[Closed]:
        return [self._cell(field) for field in WORKED]

    def _cell(self, field: TaskField) -> Closed:
        return closed(self.access, task_cell(self.access, self.task, field, on="task"))

    @cached_property
    def checks(self) -> list[CheckItem]:
        return list(self.task.checks.select_related("done_by__user"))

    @property
    def checked(self) -> int:
        return sum(item.done_at is not None for item in self.checks)

    @property
    def lacks_checks(self) -> bool:
        """Done with open points: said, never forbidden."""
        return self.task.is_done and self.checked < len(self.checks)

    @cached_property
    def subtasks(self) -> list[Task]:
        subs = self.task.subtasks.filter(deleted_at=None)
        return list(subs.prefetch_related(_owners()))

    @cached_property
    def waits_for(self) -> list[Task]:
        """What comes before it and is not done: it is blocked by these."""
        return [task for task in self._linked(self.task.after) if not task.is_done]

    @cached_property
    def holds_up(self) -> list[Task]:
        """卡住谁: undone tasks that come after it, while it is not done."""
        if self.task.is_done:
            return []
        return [task for task in self._linked(self.task.before) if not task.is_done]

    def _linked(self, links: object) -> list[Task]:
        living = links.filter(deleted_at=None)  # type: ignore[attr-defined]
        return list(living.prefetch_related(_owners()))

    @cached_property
    def promises(self) -> list[Promise]:
        held = {each.goal_id: each.amount for each in self.task.contributions.all()}
        return [_promise(goal, held.get(goal.pk)) for goal in goals_of(self.task.plan)]

    @cached_property
    def comments(self) -> list[Said]:
        rows = self.task.comments.filter(deleted_at=None).select_related("author__user")
        names = {name for member in self.members for name in (member.user.name, member.position)}
        return [
            Said(row, _pieces(row.text, names - {""}), row.author_id == self.access.member.pk)
            for row in rows
        ]

    @cached_property
    def members(self) -> list[Member]:
        return list(members_of(self.access.team))

    @property
    def names(self) -> list[str]:
        """What @ completes to."""
        return [member.user.name for member in self.members]

    @cached_property
    def attachments(self) -> list[Attachment]:
        rows = self.task.attachments.filter(deleted_at=None)
        return list(rows.select_related("by__user"))

    @cached_property
    def days(self) -> list[DayWork]:
        worked = self.task.days.exclude(minutes=0, done_at=None, running_since=None)
        return list(worked.select_related("member__user"))

    @property
    def minutes(self) -> int:
        return sum(work.minutes for work in self.days)

    @cached_property
    def journal(self) -> Sequence[Line]:
        return lines_about(self.task, limit=SHOWN_LINES)


def _owners() -> Prefetch[str]:
    return Prefetch("owners", queryset=Member.objects.select_related("user").order_by("pk"))


def _promise(goal: Goal, amount: Decimal | None) -> Promise:
    return Promise(
        goal=goal,
        must_text=target_text(goal, goal.must),
        typed=write_target(amount, goal.spec.unit),
        shown="" if amount is None else target_text(goal, amount),
    )


def _pieces(text: str, names: set[str]) -> tuple[tuple[str, bool], ...]:
    called = mentioned(text, names)
    if not called:
        return ((text, False),)
    pattern = "|".join(re.escape(f"@{name}") for name in sorted(called, key=len, reverse=True))
    return tuple((part, part[1:] in called) for part in re.split(f"({pattern})", text) if part)
