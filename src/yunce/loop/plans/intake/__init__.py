"""Bringing a whole plan in: what a file or a template says, matched to the catalogue and people."""

from __future__ import annotations

from yunce.loop.plans.intake.drafts import (
    Draft,
    DraftGoal,
    DraftPart,
    DraftTask,
    draft_from,
    problems_of,
    read_draft,
)
from yunce.loop.plans.intake.matching import LIKELY, metrics_like, people_like
from yunce.loop.plans.intake.pairing import changed_fields, paired

__all__ = [
    "LIKELY",
    "Draft",
    "DraftGoal",
    "DraftPart",
    "DraftTask",
    "changed_fields",
    "draft_from",
    "metrics_like",
    "paired",
    "people_like",
    "problems_of",
    "read_draft",
]
