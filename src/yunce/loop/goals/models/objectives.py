"""What months align to: a quarter's, a year's or an open-ended aim."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from yunce.ground.teams.models import Member, Team


class Horizon(models.TextChoices):
    """How far an objective looks ahead."""

    SHORT = "short", _("短期")
    MID = "mid", _("中期")
    LONG = "long", _("长期")
    ULTIMATE = "ultimate", _("终极")


class PeriodKind(models.TextChoices):
    QUARTER = "quarter", _("季度")
    YEAR = "year", _("年度")
    OPEN = "open", _("不限期")


class Objective(models.Model):
    """An aim beyond the month, in words or with a number; months' goals align to it."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="objectives")
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="children"
    )
    title = models.CharField(_("长期目标"), max_length=80)
    horizon = models.CharField(
        _("远近"), max_length=10, choices=Horizon.choices, default=Horizon.SHORT
    )
    period = models.CharField(
        _("时期"), max_length=8, choices=PeriodKind.choices, default=PeriodKind.QUARTER
    )
    starts_on = models.DateField(null=True, blank=True)  # the period's first day; None: open
    metric = models.CharField(_("指标"), max_length=60, blank=True)  # blank: words only
    target = models.DecimalField(
        _("目标值"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    owner = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, verbose_name=_("负责人")
    )
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True)  # kept for the months that aligned to it

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(target=None) | models.Q(target__gte=0),
                name="objective_target_is_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(period="open") | models.Q(starts_on__isnull=False),
                name="objective_period_has_a_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title
