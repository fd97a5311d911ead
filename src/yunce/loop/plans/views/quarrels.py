"""Both expectations, when two people said what a task brings to a goal."""

from __future__ import annotations

from yunce.ground.journal.queries import newest_entry
from yunce.kit.numbers import MISSING
from yunce.loop.goals.actions import EditConflictError
from yunce.loop.goals.models import Goal
from yunce.loop.goals.rules import write_target
from yunce.loop.plans.models import Task
from yunce.web.quarrels import Quarrel


def over_contribution(
    task: Task, goal: Goal, conflict: EditConflictError, *, url: str, keep: str
) -> Quarrel:
    entry = newest_entry("task", [task.pk], verbs=["plans.set_contribution"])
    theirs, mine = (
        write_target(one, goal.spec.unit) for one in (conflict.current, conflict.wanted)
    )
    return Quarrel(
        what=f"{task.title[:20]} → {goal.name}",
        theirs=theirs or MISSING,
        mine=mine or MISSING,
        who=entry.actor_name if entry else "",
        at=entry.at if entry else None,
        url=url,
        fields={"task": str(task.pk), "goal": str(goal.pk), "amount": mine, "seen": theirs},
        keep=keep,
    )
