"""What happens to a plan after it was written: changes after the lock, and its versions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from yunce.ground.teams.models import Member
from yunce.loop.goals.models.months import MonthPlan


class SubjectKind(models.TextChoices):
    GOAL = "goal", _("目标")
    TASK = "task", _("任务")
    SPLIT = "split", _("拆解")  # a goal's parts, curve, weight


class ChangeVerb(models.TextChoices):
    EDIT = "edit", _("改")
    ADD = "add", _("加")
    REMOVE = "remove", _("删")


class ChangeState(models.TextChoices):
    WAITING = "waiting", _("待审批")
    APPLIED = "applied", _("已生效")
    REFUSED = "refused", _("未同意")
    WITHDRAWN = "withdrawn", _("已撤回")


class PlanChange(models.Model):
    """A change to a locked plan: proposed with a reason, decided by somebody else.

    Tasks live a floor above, so the subject is a number; whoever applies the change knows it.
    """

    plan = models.ForeignKey(MonthPlan, models.CASCADE, related_name="changes")
    verb = models.CharField(max_length=8, choices=ChangeVerb.choices)
    kind = models.CharField(max_length=8, choices=SubjectKind.choices)
    subject = models.BigIntegerField(null=True)  # None: what is to be added has no number yet
    label = models.CharField(max_length=200)  # how people read the subject
    field = models.CharField(max_length=20, blank=True)  # the cell; blank: the whole line
    was = models.JSONField(default=dict)  # input name → text, as the proposer saw it
    wanted = models.JSONField(default=dict)
    was_text = models.CharField(max_length=600, blank=True)  # as people read it
    wanted_text = models.CharField(max_length=600, blank=True)
    reason = models.CharField(_("原因"), max_length=200)
    state = models.CharField(
        max_length=10, choices=ChangeState.choices, default=ChangeState.WAITING
    )
    proposed_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True)  # why it was refused

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["plan", "state"], name="changes_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "kind", "subject", "field"],
                condition=models.Q(state="waiting", subject__isnull=False),
                name="one_waiting_change_per_cell",
            )
        ]

    def __str__(self) -> str:
        return self.label


class Moment(models.TextChoices):
    """Why a version was kept."""

    SUBMITTED = "submitted", _("提交审批")
    LOCKED = "locked", _("定稿")
    CHANGED = "changed", _("定稿后变更")
    CLOSED = "closed", _("关账")


class PlanVersion(models.Model):
    """The plan as it stood at a moment, in words of that day (`content` has a schema number)."""

    plan = models.ForeignKey(MonthPlan, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()  # 1, 2, 3 in the month
    moment = models.CharField(max_length=10, choices=Moment.choices)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)
    words = models.CharField(max_length=300, blank=True)  # why
    content = models.JSONField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_version_per_number")
        ]

    def __str__(self) -> str:
        return f"v{self.number}"
