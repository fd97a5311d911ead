"""Plans brought in whole: what each made and changed, so that it can be undone."""

from __future__ import annotations

from django.db import models

from yunce.ground.teams.models import Member
from yunce.loop.goals.models import MonthPlan


class Taking(models.Model):
    """One file or template taken into a month."""

    plan = models.ForeignKey(MonthPlan, models.CASCADE, related_name="takings")
    source = models.CharField(max_length=200)  # the file's or the template's name
    by = models.ForeignKey(Member, models.CASCADE, related_name="+")
    # {"goals": [numbers], "tasks": [numbers], "edits": [[kind, number, field, was, now]]}
    made = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.source
