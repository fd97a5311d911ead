"""What a goal is made up of, and when it is to be reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yunce.engines.targets import NodeKind
from yunce.ground.channels.models import Account
from yunce.ground.teams.models import Member
from yunce.loop.goals.models.goals import Goal


class PartKind(models.TextChoices):
    """How a part's value comes about, as `engines.targets` counts it."""

    LEAF = NodeKind.LEAF.value, _("直接写数")
    SUM = NodeKind.SUM.value, _("下级相加")
    PRODUCT = NodeKind.PRODUCT.value, _("下级相乘")
    RATIO = NodeKind.RATIO.value, _("按基数加权")


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


@dataclass(frozen=True)
class PartWords:
    """What people say of a part."""

    name: str
    kind: str = PartKind.LEAF
    amount: Decimal | None = None  # None: not known yet
    weight: Decimal | None = None  # under a ratio
    unit: str = ""
    owner: Member | None = None
    metric: str = ""
    account: Account | None = None
    platform: str = ""
    segment: str = ""
    week: date | None = None
