"""One field of a goal: its targets, its word, its owner."""

from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import Access
from yunce.loop.goals.actions._checked import (
    Targets,
    checked_label,
    lock_goal,
    note,
    refuse_outsider,
    refuse_unseen,
)
from yunce.loop.goals.models import Goal, Importance
from yunce.loop.goals.rules import target_problem


@transaction.atomic
def set_targets(*, access: Access, goal: Goal, targets: Targets, seen: Targets) -> Goal:
    """Change a goal's targets unless somebody else changed them since `seen`."""
    current = lock_goal(access, goal)
    if problem := target_problem(targets.must, targets.stretch, current.spec.direction):
        raise ValidationError({"stretch": problem})
    held = Targets(current.must, current.stretch)
    refuse_unseen("targets", current=held, seen=seen, wanted=targets)
    if held == targets:
        return current
    current.must, current.stretch = targets.must, targets.stretch
    current.save(update_fields=["must", "stretch"])
    changes = {"must": (held.must, targets.must), "stretch": (held.stretch, targets.stretch)}
    note(access, "goals.set_targets", current, changes)
    return current


@transaction.atomic
def set_baseline(
    *, access: Access, goal: Goal, baseline: Decimal | None, seen: Decimal | None
) -> Goal:
    """Say where the metric stood before; None says nobody knows."""
    current = lock_goal(access, goal)
    refuse_unseen("baseline", current=current.baseline, seen=seen, wanted=baseline)
    if current.baseline == baseline:
        return current
    changes = {"baseline": (current.baseline, baseline)}
    current.baseline = baseline
    current.save(update_fields=["baseline"])
    note(access, "goals.set_baseline", current, changes)
    return current


@transaction.atomic
def set_importance(*, access: Access, goal: Goal, importance: int, seen: int) -> Goal:
    """Say how much the goal matters."""
    current = lock_goal(access, goal)
    if importance not in Importance.values:
        raise ValidationError({"importance": _("重要性从重点、一般、次要里选。")})
    refuse_unseen("importance", current=current.importance, seen=seen, wanted=importance)
    if current.importance == importance:
        return current
    changes = {"importance": (current.importance, importance)}
    current.importance = importance
    current.save(update_fields=["importance"])
    note(access, "goals.set_importance", current, changes)
    return current


@transaction.atomic
def set_label(*, access: Access, goal: Goal, label: str, seen: str) -> Goal:
    """Give the goal the team's own word; empty brings the metric's name back."""
    current = lock_goal(access, goal)
    wanted = checked_label(label)
    refuse_unseen("label", current=current.label, seen=seen, wanted=wanted)
    if current.label == wanted:
        return current
    changes = {"label": (current.label, wanted)}
    current.label = wanted
    current.save(update_fields=["label"])
    note(access, "goals.set_label", current, changes)
    return current


@transaction.atomic
def set_owner(*, access: Access, goal: Goal, owner: Member | None, seen: Member | None) -> Goal:
    """Hand the goal to somebody, or to nobody."""
    current = lock_goal(access, goal)
    refuse_outsider(access, owner)
    refuse_unseen("owner", current=current.owner, seen=seen, wanted=owner)
    if current.owner == owner:
        return current
    changes = {"owner": (current.owner, owner)}
    current.owner = owner
    current.save(update_fields=["owner"])
    note(access, "goals.set_owner", current, changes)
    return current
