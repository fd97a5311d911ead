"""A team's month."""

from __future__ import annotations

from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _

from yunce.engines.metrics import Catalogue
from yunce.ground.facts.queries import catalogue_of
from yunce.ground.teams.models import Member, Team
from yunce.kit.months import Month


class PlanState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待审批")
    LOCKED = "locked", _("已定稿")
    CLOSED = "closed", _("已关账")


class DimensionChoice(models.TextChoices):
    """The four goal dimensions, in the order every table shows them."""

    CONTENT = "content", _("内容运营")
    USER = "user", _("用户增长")
    INTERACTION = "interaction", _("互动提升")
    CONVERSION = "conversion", _("转化优化")


class MonthPlan(models.Model):
    """One team's month: what it aims at and how far the plan has come."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="plans")
    month_start = models.DateField()  # the month's first day
    direction = models.TextField(_("核心方向"), blank=True)
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    due_at = models.DateTimeField(_("提交截止"), null=True, blank=True)
    submitted_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    sent_back_because = models.TextField(blank=True)  # what to mend; empty once submitted again
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-month_start"]
        constraints = [
            models.UniqueConstraint(fields=["team", "month_start"], name="one_plan_per_month")
        ]

    def __str__(self) -> str:
        return f"{self.team} {self.month}"

    @property
    def month(self) -> Month:
        return Month.of(self.month_start)

    @cached_property
    def catalogue(self) -> Catalogue:
        """Built-in metrics and the team's own as this month counts them, looked up once."""
        return catalogue_of(self.team, on=self.month.last)

    @property
    def is_closed(self) -> bool:
        return self.state == PlanState.CLOSED
