"""Who changed what meanwhile: both values of a part, a day of the curve, a baseline."""

from __future__ import annotations

from yunce.ground.journal.models import Entry
from yunce.ground.journal.queries import newest_entry
from yunce.kit.numbers import MISSING, Unit
from yunce.loop.goals.actions import EditConflictError
from yunce.loop.goals.forms import measure_of
from yunce.loop.goals.models import Goal, Part
from yunce.loop.goals.rules import write_target
from yunce.web.quarrels import Quarrel

CURVE_VERBS = ("goals.set_curve", "goals.shape_curve")


def over_amount(part: Part, conflict: EditConflictError, *, keep: str) -> Quarrel:
    numbers = list(Part.objects.filter(goal=part.goal).values_list("pk", flat=True))
    entry = newest_entry("part", numbers, names=[part.name]) or newest_entry(
        "part", [part.pk], names=["amount"]
    )
    unit = measure_of(part)
    fields = {"amount": write_target(conflict.wanted, unit), "keep": keep}
    seen = "" if conflict.current is None else str(conflict.current)
    return _told(part.name, conflict, unit, entry, {**fields, "seen": seen})


def over_curve(goal: Goal, conflict: EditConflictError, *, field: str, day: str) -> Quarrel:
    entry, unit = newest_entry("goal", [goal.pk], verbs=CURVE_VERBS), goal.spec.unit
    seen, wanted = (write_target(one, unit) for one in (conflict.current, conflict.wanted))
    return _told(day, conflict, unit, entry, {field: day, "amount": wanted, "seen": seen})


def over_baseline(goal: Goal, conflict: EditConflictError, *, what: str) -> Quarrel:
    entry, unit = newest_entry("goal", [goal.pk], names=["baseline"]), goal.spec.unit
    seen = "" if conflict.current is None else str(conflict.current)
    fields = {"baseline": write_target(conflict.wanted, unit), "seen": seen}
    return _told(what, conflict, unit, entry, fields)


def _told(
    what: str, conflict: EditConflictError, unit: Unit, entry: Entry | None, fields: dict[str, str]
) -> Quarrel:
    return Quarrel(
        what=what,
        theirs=write_target(conflict.current, unit) or MISSING,
        mine=write_target(conflict.wanted, unit) or MISSING,
        who=entry.actor_name if entry else "",
        at=entry.at if entry else None,
        fields=fields,
    )
