"""A month: opening it, and what it is about."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals.actions._checked import lock_plan, note, refuse_unseen, require
from yunce.loop.goals.models import MonthPlan

DIRECTION_LENGTH = 500  # letters; three core directions fit easily


def open_month(*, access: Access, month: Month) -> MonthPlan:
    """The month's plan, made on first use."""
    require(access, Capability.PLAN)
    plan, created = MonthPlan.objects.get_or_create(team=access.team, month_start=month.first)
    if created:
        note(access, "goals.open_month", plan)
    return plan


@transaction.atomic
def set_direction(*, access: Access, plan: MonthPlan, direction: str, seen: str) -> MonthPlan:
    """Change the month's direction; `seen` is what the person saw before typing."""
    current = lock_plan(access=access, plan=plan)
    wanted = direction.strip()
    if len(wanted) > DIRECTION_LENGTH:
        raise ValidationError(
            _("核心方向最多 %(most)s 个字，现在有 %(length)s 个。请写短一些。")
            % {"most": DIRECTION_LENGTH, "length": len(wanted)}
        )
    refuse_unseen("direction", current=current.direction, seen=seen, wanted=wanted)
    if current.direction == wanted:
        return current
    changes = {"direction": (current.direction, wanted)}
    current.direction = wanted
    current.save(update_fields=["direction", "updated_at"])
    note(access, "goals.set_direction", current, changes)
    return current
