"""What people do with a month and its goals. Every write goes through here."""

from __future__ import annotations

from yunce.loop.goals.actions._checked import (
    LABEL_LENGTH,
    EditConflictError,
    Targets,
    lock_plan,
    may_change,
)
from yunce.loop.goals.actions._fields import set_label, set_owner, set_targets
from yunce.loop.goals.actions._goals import add_goal, remove_goal, reorder_goals, restore_goal
from yunce.loop.goals.actions._life import close, finalise, reopen, take_back
from yunce.loop.goals.actions._month import DIRECTION_LENGTH, open_month, set_direction

__all__ = [
    "DIRECTION_LENGTH",
    "LABEL_LENGTH",
    "EditConflictError",
    "Targets",
    "add_goal",
    "close",
    "finalise",
    "lock_plan",
    "may_change",
    "open_month",
    "remove_goal",
    "reopen",
    "reorder_goals",
    "restore_goal",
    "set_direction",
    "set_label",
    "set_owner",
    "set_targets",
    "take_back",
]
