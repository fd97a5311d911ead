"""The month's plan and its goals."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yunce.engines.metrics import Catalogue, Metric
from yunce.ground.facts.queries import catalogue_of
from yunce.ground.teams.models import Member, Team
from yunce.kit.months import Month
from yunce.loop.goals.rules import gone_metric


class PlanState(models.TextChoices):
    DRAFT = "draft", _("草稿")
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


class LivingGoals(models.Manager["Goal"]):
    """The goals of a plan as people see it: removed ones only wait for an undo."""

    def get_queryset(self) -> models.QuerySet[Goal]:
        return super().get_queryset().filter(deleted_at=None)


class Goal(models.Model):
    """A metric with its must (必达) and stretch (挑战) targets; rates are fractions."""

    plan = models.ForeignKey(MonthPlan, models.CASCADE, related_name="goals")
    dimension = models.CharField(_("目标维度"), max_length=12, choices=DimensionChoice.choices)
    metric = models.CharField(_("指标"), max_length=60)  # a code of the metric catalogue
    label = models.CharField(_("显示名称"), max_length=40, blank=True)  # the team's own word
    must = models.DecimalField(_("必达"), max_digits=20, decimal_places=6)
    stretch = models.DecimalField(_("挑战"), max_digits=20, decimal_places=6, null=True, blank=True)
    owner = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, verbose_name=_("负责人")
    )
    position = models.PositiveIntegerField(default=0)  # order inside the month
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True)  # undo brings it back

    objects: ClassVar[LivingGoals] = LivingGoals()
    everything: ClassVar[models.Manager[Goal]] = models.Manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "metric"],
                condition=models.Q(deleted_at=None),
                name="one_goal_per_metric",
            ),
            models.CheckConstraint(
                condition=models.Q(must__gte=0), name="goal_must_is_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def spec(self) -> Metric:
        """As the plan's month counts it; a stand-in where nobody defines it any more."""
        known = self.plan.catalogue
        return known.get(self.metric) or gone_metric(self.metric, self.dimension)

    @property
    def is_defined(self) -> bool:
        return self.metric in self.plan.catalogue

    @property
    def name(self) -> str:
        return self.label or self.spec.name
