"""What stands beside a task: its checklist, contributions, comments, files and work days."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from yunce.ground.teams.models import Member
from yunce.loop.goals.models import Goal
from yunce.loop.plans.models.task import Task


class CheckItem(models.Model):
    """One point of the 完成标准 that people tick off."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="checks")
    text = models.CharField(_("检查项"), max_length=200)
    position = models.PositiveIntegerField(default=0)
    done_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text


class Contribution(models.Model):
    """How much a task is expected to bring to a goal, in the metric's base unit.

    Rates are fractions like the goal's own targets: 0.03 is three points.
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="contributions")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="contributions")
    amount = models.DecimalField(_("预计贡献"), max_digits=20, decimal_places=6)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["task", "goal"], name="one_contribution_per_goal"),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="contribution_is_above_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} → {self.goal}"


class Comment(models.Model):
    """What somebody says of a task; whoever is called with @ is mentioned."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="comments")
    author = models.ForeignKey(Member, models.CASCADE, related_name="+")
    text = models.TextField(_("评论"))
    mentions = models.ManyToManyField(Member, blank=True, related_name="mentioned_in")
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)  # undo brings it back

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.text[:40]


class Attachment(models.Model):
    """A file of a task, kept by its content."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="attachments")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(_("文件名"), max_length=200)
    size = models.PositiveBigIntegerField()  # bytes
    by = models.ForeignKey(Member, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True)  # undo brings it back

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.name


class DayWork(models.Model):
    """One person's work on a task on one day: its place on the time axis, how long it took."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="days")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    day = models.DateField()
    starts_at = models.TimeField(null=True)  # its place on the axis; null: after what is placed
    running_since = models.DateTimeField(null=True)  # null: nobody's clock is running
    minutes = models.PositiveIntegerField(default=0)  # worked, without the running stretch
    done_at = models.DateTimeField(null=True)  # this day's share is done

    class Meta:
        ordering = ["day", "starts_at", "id"]
        indexes = [models.Index(fields=["day"], name="day_work_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "member", "day"], name="one_day_work_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.day}"
