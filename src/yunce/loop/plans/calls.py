"""Who called whom with @: what one person has not answered yet."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from yunce.ground.teams.models import Member
from yunce.loop.plans.models import Comment

LAST = timedelta(days=14)  # an older call is history
MOST = 10


def calls_for(member: Member, day: date) -> list[Comment]:
    """Comments of the fortnight up to this day that call the member, the newest first.

    Saying something on the task afterwards answers them.
    """
    until = timezone.make_aware(datetime.combine(day, time.max))
    answers = Comment.objects.filter(
        task=OuterRef("task"), author=member, deleted_at=None, created_at__gt=OuterRef("created_at")
    )
    called = Comment.objects.filter(
        mentions=member,
        deleted_at=None,
        task__deleted_at=None,
        task__parent__deleted_at=None,
        created_at__gt=until - LAST,
        created_at__lte=until,
    ).exclude(author=member)
    found = called.exclude(Exists(answers)).select_related("author__user", "task__plan")
    return list(found.order_by("-created_at", "-pk")[:MOST])
