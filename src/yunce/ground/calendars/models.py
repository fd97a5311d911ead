"""The team's own days, people's leave, and the hours they work."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from yunce.engines.calendars import OwnDay
from yunce.ground.teams.models import Member, Team


class Effect(models.TextChoices):
    """What an own day does to work."""

    MARK = "mark", _("只作标记")
    REST = "rest", _("放假")
    WORK = "work", _("上班")


class TeamDay(models.Model):
    """A day or span the team says something of; it comes before the statutory calendar."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="own_days")
    name = models.CharField(_("名称"), max_length=20)
    first = models.DateField(_("从"))
    last = models.DateField(_("到"))
    effect = models.CharField(
        _("这几天"), max_length=4, choices=Effect.choices, default=Effect.MARK
    )

    class Meta:
        ordering = ["first", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")), name="own_day_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def own_day(self) -> OwnDay:
        works = {Effect.REST: False, Effect.WORK: True}.get(Effect(self.effect))
        return OwnDay(self.first, self.last, self.name, works)


class Leave(models.Model):
    """A member is away: whole days, or half of each."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="leaves")
    first = models.DateField(_("从"))
    last = models.DateField(_("到"))
    is_half = models.BooleanField(_("每天只请半天"), default=False)
    note = models.CharField(_("说明"), max_length=40, blank=True)

    class Meta:
        ordering = ["first", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")), name="leave_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return str(self.member)


class WorkingTime(models.Model):
    """How much of a working day a member has for the plan; without a row, eight hours."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="working_time")
    hours = models.DecimalField(_("每天工时"), max_digits=4, decimal_places=2, default=Decimal(8))
    share = models.DecimalField(
        _("可投入比例"), max_digits=3, decimal_places=2, default=Decimal(1)
    )  # of the hours, what is left after meetings and daily duties; 0 to 1

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hours__gte=0, hours__lte=24), name="working_hours_fit_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(share__gte=0, share__lte=1), name="working_share_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return str(self.member)
