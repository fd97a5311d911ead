"""What people do with a month and its goals. Every write goes through here."""

from __future__ import annotations

from yunce.loop.goals.actions._changes import (
    Wish,
    agree_to_change,
    propose_change,
    refuse_change,
    rehearse,
    settle_with,
    withdraw_change,
)
from yunce.loop.goals.actions._checked import (
    LABEL_LENGTH,
    EditConflictError,
    Targets,
    lock_plan,
    may_change,
)
from yunce.loop.goals.actions._checks import ask_check, make_check
from yunce.loop.goals.actions._curve import set_curve_day, set_curve_week, shape_curve
from yunce.loop.goals.actions._fields import (
    set_baseline,
    set_importance,
    set_label,
    set_owner,
    set_targets,
)
from yunce.loop.goals.actions._goals import add_goal, remove_goal, reorder_goals, restore_goal
from yunce.loop.goals.actions._life import (
    approve,
    close,
    finalise,
    reopen,
    send_back,
    set_due,
    submit,
    take_back,
)
from yunce.loop.goals.actions._month import DIRECTION_LENGTH, open_month, set_direction
from yunce.loop.goals.actions._objectives import (
    ObjectiveWords,
    add_objective,
    align_goal,
    archive_objective,
    change_objective,
    restore_objective,
)
from yunce.loop.goals.actions._part_words import part_texts, words_held, written
from yunce.loop.goals.actions._parts import (
    add_part,
    change_part,
    copy_parts,
    fill_parts,
    put_back_amounts,
    remove_part,
    restore_part,
    set_part_amount,
)
from yunce.loop.goals.actions._retiring import retire_metric
from yunce.loop.goals.actions._splits import apply_split, propose_split

__all__ = [
    "DIRECTION_LENGTH",
    "LABEL_LENGTH",
    "EditConflictError",
    "ObjectiveWords",
    "Targets",
    "Wish",
    "add_goal",
    "add_objective",
    "add_part",
    "agree_to_change",
    "align_goal",
    "apply_split",
    "approve",
    "archive_objective",
    "ask_check",
    "change_objective",
    "change_part",
    "close",
    "copy_parts",
    "fill_parts",
    "finalise",
    "lock_plan",
    "make_check",
    "may_change",
    "open_month",
    "part_texts",
    "propose_change",
    "propose_split",
    "put_back_amounts",
    "refuse_change",
    "rehearse",
    "remove_goal",
    "remove_part",
    "reopen",
    "reorder_goals",
    "restore_goal",
    "restore_objective",
    "restore_part",
    "retire_metric",
    "send_back",
    "set_baseline",
    "set_curve_day",
    "set_curve_week",
    "set_direction",
    "set_due",
    "set_importance",
    "set_label",
    "set_owner",
    "set_part_amount",
    "set_targets",
    "settle_with",
    "shape_curve",
    "submit",
    "take_back",
    "withdraw_change",
    "words_held",
    "written",
]
