"""Tasks and what stands beside them."""

from __future__ import annotations

from yunce.loop.plans.models.addresses import Feed, FeedScope, Share, SharedColumn
from yunce.loop.plans.models.beside import Attachment, CheckItem, Comment, Contribution, DayWork
from yunce.loop.plans.models.takings import Taking
from yunce.loop.plans.models.task import Quadrant, Task, TaskState

__all__ = [
    "Attachment",
    "CheckItem",
    "Comment",
    "Contribution",
    "DayWork",
    "Feed",
    "FeedScope",
    "Quadrant",
    "Share",
    "SharedColumn",
    "Taking",
    "Task",
    "TaskState",
]
