"""What people do with the tasks of a month. Every write goes through here."""

from __future__ import annotations

from yunce.loop.plans.actions._addresses import (
    note_opening,
    open_feed,
    renew_share,
    revoke_feed,
    revoke_share,
    share_plan,
)
from yunce.loop.plans.actions._arranging import Placing, place_tasks
from yunce.loop.plans.actions._beside import (
    add_checks,
    add_subtask,
    remove_check,
    set_contribution,
    tick,
)
from yunce.loop.plans.actions._blocks import (
    Done,
    UnseenError,
    change_tasks,
    put_back,
    write_rows,
)
from yunce.loop.plans.actions._comments import (
    add_comment,
    attach,
    edit_comment,
    remove_attachment,
    remove_comment,
    restore_attachment,
    restore_comment,
)
from yunce.loop.plans.actions._copying import copy_previous_month, copy_task
from yunce.loop.plans.actions._days import (
    bring_to,
    finish_day,
    jot,
    next_workday,
    note_minutes,
    place_work,
    reopen_day,
    send_back,
    start_work,
    stop_work,
)
from yunce.loop.plans.actions._fields import edit_task
from yunce.loop.plans.actions._life import (
    alone_words,
    approve,
    close,
    finalise,
    keep_version,
    submit,
)
from yunce.loop.plans.actions._lines import (
    add_task,
    remove_task,
    reorder_tasks,
    restore_task,
    set_state,
)
from yunce.loop.plans.actions._onward import bring_back, crosses_plan, move_onward
from yunce.loop.plans.actions._taking_in import Choices, take_in, undo_taking

__all__ = [
    "Choices",
    "Done",
    "Placing",
    "UnseenError",
    "add_checks",
    "add_comment",
    "add_subtask",
    "add_task",
    "alone_words",
    "approve",
    "attach",
    "bring_back",
    "bring_to",
    "change_tasks",
    "close",
    "copy_previous_month",
    "copy_task",
    "crosses_plan",
    "edit_comment",
    "edit_task",
    "finalise",
    "finish_day",
    "jot",
    "keep_version",
    "move_onward",
    "next_workday",
    "note_minutes",
    "note_opening",
    "open_feed",
    "place_tasks",
    "place_work",
    "put_back",
    "remove_attachment",
    "remove_check",
    "remove_comment",
    "remove_task",
    "renew_share",
    "reopen_day",
    "reorder_tasks",
    "restore_attachment",
    "restore_comment",
    "restore_task",
    "revoke_feed",
    "revoke_share",
    "send_back",
    "set_contribution",
    "set_state",
    "share_plan",
    "start_work",
    "stop_work",
    "submit",
    "take_in",
    "tick",
    "undo_taking",
    "write_rows",
]
