"""The month's plan and its goals."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yunce.engines.metrics import Catalogue, Metric
from yunce.engines.targets import NodeKind
from yunce.ground.channels.models import Account
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


class Importance(models.IntegerChoices):
    """How much a goal matters to the company; heavier goals pull their tasks forward."""

    HIGH = 3, _("重点")
    USUAL = 2, _("一般")
    LOW = 1, _("次要")


class PartKind(models.TextChoices):
    """How a part's value comes about, as `engines.targets` counts it."""

    LEAF = NodeKind.LEAF.value, _("直接写数")
    SUM = NodeKind.SUM.value, _("下级相加")
    PRODUCT = NodeKind.PRODUCT.value, _("下级相乘")
    RATIO = NodeKind.RATIO.value, _("按基数加权")


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
    baseline = models.DecimalField(  # where the metric stood before, to argue against
        _("基线"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    importance = models.PositiveSmallIntegerField(
        _("重要性"), choices=Importance.choices, default=Importance.USUAL
    )
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


class LivingParts(models.Manager["Part"]):
    """Parts as people see them: removed ones only wait for an undo."""

    def get_queryset(self) -> models.QuerySet[Part]:
        return super().get_queryset().filter(deleted_at=None)


class Part(models.Model):
    """A piece of a goal's target, and the query that will measure it (DOMAIN §3, target tree)."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="parts")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    name = models.CharField(_("名称"), max_length=40)
    kind = models.CharField(
        _("怎么算"), max_length=8, choices=PartKind.choices, default=PartKind.LEAF
    )
    amount = models.DecimalField(  # None: not known yet, or the parts below say it
        _("计划值"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    weight = models.DecimalField(  # under a ratio: the base its rate is of
        _("基数"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    unit = models.CharField(_("量词"), max_length=8, blank=True)  # 场, 次, of a factor
    owner = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, verbose_name=_("负责人")
    )
    # What measures it: a metric (blank: the goal's own, where the part is a piece of it) …
    metric = models.CharField(_("指标"), max_length=60, blank=True)
    # … and where, as far as it is narrowed.
    account = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, verbose_name=_("账号")
    )
    platform = models.CharField(_("平台"), max_length=30, blank=True)
    segment = models.CharField(_("细分"), max_length=60, blank=True)  # channel=扫码
    week = models.DateField(_("周"), null=True, blank=True)  # its Monday
    position = models.PositiveIntegerField(default=0)  # order among its siblings
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True)  # undo brings it back

    objects: ClassVar[LivingParts] = LivingParts()
    everything: ClassVar[models.Manager[Part]] = models.Manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount=None) | models.Q(amount__gte=0),
                name="part_amount_is_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(weight=None) | models.Q(weight__gte=0),
                name="part_weight_is_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CurveDay(models.Model):
    """A day of a goal's plan curve set by hand; the other days share what is left."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="curve")
    day = models.DateField()
    amount = models.DecimalField(max_digits=20, decimal_places=6)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "day"], name="one_amount_per_curve_day"),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0), name="curve_amount_is_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal} {self.day}"
