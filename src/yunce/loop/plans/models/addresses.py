"""Secret addresses: they open a part of the plan to who cannot sign in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from yunce.ground.teams.models import Member, Secret
from yunce.loop.goals.models import MonthPlan


class Address(Secret):
    """An address that is its own key; `used_at` is when it was last opened."""

    revoked_at = models.DateTimeField(null=True)
    opened = models.PositiveIntegerField(default=0)  # times

    class Meta:
        abstract = True


class FeedScope(models.TextChoices):
    """Whose nodes a calendar feed tells."""

    MINE = "mine", _("我的任务")
    TEAM = "team", _("全组的任务")


class Feed(Address):
    """A calendar somebody subscribes to; it stops with their membership."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="feeds")
    scope = models.CharField(max_length=4, choices=FeedScope.choices)

    class Meta:
        ordering = ["scope"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "scope"],
                condition=models.Q(revoked_at=None),
                name="one_living_feed_per_scope",
            )
        ]

    def __str__(self) -> str:
        return str(self.get_scope_display())


class SharedColumn(models.TextChoices):
    """What a share link may show: the plan table's seven columns, and the goals on top."""

    GOALS = "goals", _("目标一览")
    DIMENSION = "dimension", _("目标维度")
    METRIC = "metric", _("具体指标（计划值）")
    TITLE = "title", _("核心任务")
    OWNERS = "owners", _("负责人")
    NODES = "nodes", _("时间节点")
    STANDARD = "standard", _("完成标准")
    NOTE = "note", _("备注")


class Share(Address):
    """A month's plan for another department, as far as its columns were chosen."""

    plan = models.ForeignKey(MonthPlan, models.CASCADE, related_name="shares")
    made_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    recipient = models.CharField(_("给谁看"), max_length=40)
    columns = models.JSONField(default=list)  # of SharedColumn

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.recipient

    def shows(self, column: SharedColumn) -> bool:
        return column.value in self.columns

    @property
    def column_words(self) -> str:
        return "、".join(str(each.label) for each in SharedColumn if self.shows(each))
