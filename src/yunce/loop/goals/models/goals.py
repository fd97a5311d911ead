"""The goals of a month."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yunce.engines.metrics import Metric
from yunce.ground.teams.models import Member
from yunce.loop.goals.models.months import DimensionChoice, MonthPlan
from yunce.loop.goals.models.objectives import Objective
from yunce.loop.goals.rules import gone_metric
from yunce.loop.goals.rules.curves import CALENDAR, EVEN, HAND


class Shape(models.TextChoices):
    """How a month's target runs over its days."""

    EVEN = EVEN, _("每天一样")
    CALENDAR = CALENDAR, _("按日历")  # rest days half, promotions more
    HAND = HAND, _("手工")  # even, but for the days somebody wrote


class Importance(models.IntegerChoices):
    """How much a goal matters to the company; heavier goals pull their tasks forward."""

    HIGH = 3, _("重点")
    USUAL = 2, _("一般")
    LOW = 1, _("次要")


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
    objective = models.ForeignKey(
        Objective,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="goals",
        verbose_name=_("所属长期目标"),
    )
    baseline = models.DecimalField(  # where the metric stood before, to argue against
        _("基线"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    importance = models.PositiveSmallIntegerField(
        _("重要性"), choices=Importance.choices, default=Importance.USUAL
    )
    shape = models.CharField(_("计划曲线"), max_length=8, choices=Shape.choices, default=Shape.EVEN)
    position = models.PositiveIntegerField(default=0)  # priority: order inside the month
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
    def shapes(self) -> list[tuple[str, str]]:
        """What a person may choose; 手工 comes of writing a day."""
        return [(each.value, str(each.label)) for each in (Shape.EVEN, Shape.CALENDAR)]

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
