"""What taking a draft in would do, line by line, for the page that asks before it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yunce.ground.facts.queries import catalogue_of
from yunce.ground.teams.models import Member, Team
from yunce.ground.teams.queries import members_of
from yunce.kit.months import Month
from yunce.kit.numbers import MISSING, Unit, format_value
from yunce.loop.goals.models import DimensionChoice, Goal, MonthPlan
from yunce.loop.goals.queries import goals_of, plans_of
from yunce.loop.goals.rules import may_be_goal
from yunce.loop.plans.intake.drafts import Draft, DraftGoal, DraftTask
from yunce.loop.plans.intake.matching import LIKELY, metrics_like, people_like
from yunce.loop.plans.intake.pairing import changed_fields, paired
from yunce.loop.plans.queries import tasks_of
from yunce.loop.plans.rules import TaskField


@dataclass(frozen=True)
class GoalLine:
    """A goal of the draft and the metrics it may be."""

    index: int
    told: DraftGoal
    must_text: str
    stretch_text: str
    chosen: str  # a code; empty: nothing is likely, or there is no number
    options: tuple[tuple[str, str], ...]  # likely ones: code and name
    standing: str  # new, changed, same or blank
    was: str  # the targets it has now, where they would change

    @property
    def dimension(self) -> str:
        return str(dict(DimensionChoice.choices).get(self.told.dimension, MISSING))


@dataclass(frozen=True)
class TaskLine:
    """A task of the draft and what of the month's task it would change."""

    index: int
    told: DraftTask
    goal: str  # its words
    standing: str  # new, changed or same
    changes: tuple[str, ...]  # 完成标准：… → …


@dataclass(frozen=True)
class PersonLine:
    """A name of the draft and whom it means."""

    index: int
    name: str
    member: Member | None


@dataclass(frozen=True)
class Preview:
    """The whole page."""

    goals: tuple[GoalLine, ...]
    tasks: tuple[TaskLine, ...]
    people: tuple[PersonLine, ...]
    members: tuple[Member, ...]

    @property
    def fresh(self) -> int:
        return self._standing("new")

    @property
    def changed(self) -> int:
        return self._standing("changed")

    def _standing(self, word: str) -> int:
        standings = [line.standing for line in self.goals] + [line.standing for line in self.tasks]
        return standings.count(word)


def look_at(team: Team, month: Month, plan: MonthPlan | None, draft: Draft) -> Preview:
    held = {goal.metric: goal for goal in goals_of(plan)} if plan else {}
    goals = _goals(team, month, draft, held)
    members = tuple(members_of(team))
    named = {m.pk: (m.user.name, m.position) for m in members}
    by_number = {m.pk: m for m in members}
    meant = {name: people_like(name, named) for name in draft.people}
    people = {name: by_number[pk] for name, pk in meant.items() if pk is not None}
    return Preview(
        goals=goals,
        tasks=_tasks(plan, draft, goals, held, people),
        people=tuple(
            PersonLine(at, name, people.get(name)) for at, name in enumerate(draft.people)
        ),
        members=members,
    )


def _goals(
    team: Team, month: Month, draft: Draft, held: Mapping[str, Goal]
) -> tuple[GoalLine, ...]:
    known = catalogue_of(team, on=month.last)
    metrics = [metric for metric in known.values() if may_be_goal(metric, known)]
    labels = _labels(team)
    taken: set[str] = set()
    lines = []
    for index, told in enumerate(draft.goals):
        ranked = metrics_like(told.words, told.unit, metrics, labels)
        likely = [code for code, fit in ranked if fit >= LIKELY and code not in taken]
        chosen = likely[0] if likely and told.must_value is not None else ""
        taken.add(chosen)
        options = tuple((code, known[code].name) for code, _fit in ranked)
        lines.append(_goal_line(index, told, chosen, options, held))
    return tuple(lines)


def _labels(team: Team) -> dict[str, str]:
    """What the team called its goals, the newest month last."""
    goals = Goal.objects.filter(plan__in=plans_of(team)).exclude(label="")
    return dict(goals.order_by("plan__month_start").values_list("label", "metric"))


def _goal_line(
    index: int,
    told: DraftGoal,
    chosen: str,
    options: tuple[tuple[str, str], ...],
    held: Mapping[str, Goal],
) -> GoalLine:
    goal = held.get(chosen)
    standing, was = ("new" if chosen else "blank"), ""
    if goal is not None:
        is_same = (goal.must, goal.stretch) == (told.must_value, told.stretch_value)
        standing = "same" if is_same else "changed"
        was = "" if is_same else _targets_text(told.unit, goal.must, goal.stretch)
    return GoalLine(
        index=index,
        told=told,
        must_text=format_value(told.must_value, Unit(told.unit)),
        stretch_text=format_value(told.stretch_value, Unit(told.unit)),
        chosen=chosen,
        options=options,
        standing=standing,
        was=was,
    )


def _targets_text(unit: str, *values: object) -> str:
    return " / ".join(format_value(value, Unit(unit)) for value in values if value is not None)  # type: ignore[arg-type]


def _tasks(
    plan: MonthPlan | None,
    draft: Draft,
    goals: tuple[GoalLine, ...],
    held: Mapping[str, Goal],
    people: Mapping[str, Member],
) -> tuple[TaskLine, ...]:
    beside = [held.get(line.chosen) for line in goals]
    numbers = [goal.pk if goal else None for goal in beside]
    lines = [(t.title, numbers[t.goal] if t.goal >= 0 else None) for t in draft.tasks]
    tasks = [task for task in tasks_of(plan) if task.parent_id is None] if plan else []
    pairs = dict(paired(lines, tasks))
    told = []
    for index, task in enumerate(draft.tasks):
        words = draft.goals[task.goal].words if task.goal >= 0 else ""
        owners = [people[name] for name in task.owners if name in people]
        changes: tuple[str, ...] = ()
        if index in pairs:
            found = changed_fields(pairs[index], task, owners, draft.columns)
            changes = tuple(_change(name, was, now) for name, was, now in found)
        standing = "new" if index not in pairs else "changed" if changes else "same"
        told.append(TaskLine(index, task, words, standing, changes))
    return tuple(told)


def _change(name: TaskField, was: str, now: str) -> str:
    labels = {
        TaskField.TITLE: _("核心任务"),
        TaskField.OWNERS: _("负责人"),
        TaskField.NODES: _("时间节点"),
        TaskField.STANDARD: _("完成标准"),
        TaskField.NOTE: _("备注"),
    }
    if name is TaskField.OWNERS:
        return labels[name]
    return f"{labels[name]}：{was or MISSING} → {now or MISSING}"
