"""The steps of a month's life, each with the version of what stood then."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from yunce.ground.teams.queries import Access
from yunce.loop.goals import actions as goals
from yunce.loop.goals.models import Moment, MonthPlan, PlanVersion
from yunce.loop.goals.queries.life import approvers_of
from yunce.loop.plans.queries.versions import picture_of

WORDS_LENGTH = 300


@transaction.atomic
def submit(*, access: Access, plan: MonthPlan) -> MonthPlan:
    """提交审批."""
    plan = goals.submit(access=access, plan=plan)
    keep_version(access, plan, Moment.SUBMITTED)
    return plan


@transaction.atomic
def approve(*, access: Access, plan: MonthPlan, seen: datetime | None = None) -> MonthPlan:
    """批准 what somebody else submitted; the plan stands."""
    plan = goals.approve(access=access, plan=plan, seen=seen)
    submitter = str(plan.submitted_by or "")
    keep_version(access, plan, Moment.LOCKED, _("批准了 %s 的提交") % submitter)
    return plan


@transaction.atomic
def finalise(*, access: Access, plan: MonthPlan) -> MonthPlan:
    """直接定稿, where nobody else could approve."""
    plan = goals.finalise(access=access, plan=plan)
    keep_version(access, plan, Moment.LOCKED, alone_words(access))
    return plan


@transaction.atomic
def close(*, access: Access, plan: MonthPlan) -> MonthPlan:
    """关账."""
    plan = goals.close(access=access, plan=plan)
    keep_version(access, plan, Moment.CLOSED)
    return plan


def alone_words(access: Access) -> str:
    """Why nobody else approved; empty where somebody could."""
    if approvers_of(access.team, beside=access.member):
        return ""
    if access.team.members.filter(left_at=None).count() == 1:
        return _("只有你一个人，直接定稿")
    return _("没有别人可以审批，直接定稿")


def keep_version(
    access: Access, plan: MonthPlan, moment: Moment, words: str = ""
) -> PlanVersion | None:
    """Keep what stands now; nothing where the newest version says the same already."""
    newest = plan.versions.first()
    content = picture_of(plan)
    if newest and newest.moment == moment and newest.content == content:
        return None
    return PlanVersion.objects.create(
        plan=plan,
        number=newest.number + 1 if newest else 1,
        moment=moment,
        by=access.member,
        by_name=access.user.name,
        words=words[:WORDS_LENGTH],
        content=content,
    )
