"""Reading a month's plan out of the table people already have, in Word or Excel."""

from __future__ import annotations

from yunce.engines.plantables.errors import PlanFileError
from yunce.engines.plantables.headings import Column
from yunce.engines.plantables.plan import GoalLine, Place, PlanTable, TaskLine, Unread
from yunce.engines.plantables.reading import read_plan_file
from yunce.engines.plantables.rows import parts_in
from yunce.engines.plantables.shares import Joined, Measured, Share, shares_of
from yunce.engines.plantables.targets import Target

__all__ = [
    "Column",
    "GoalLine",
    "Joined",
    "Measured",
    "Place",
    "PlanFileError",
    "PlanTable",
    "Share",
    "Target",
    "TaskLine",
    "Unread",
    "parts_in",
    "read_plan_file",
    "shares_of",
]
