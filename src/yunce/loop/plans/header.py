"""The plan page's head: how far the plan is, who it waits for, and what this person may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yunce.ground.teams.queries import Access
from yunce.loop.goals.models import ChangeState, MonthPlan, PlanState
from yunce.loop.goals.queries.life import approvers_of, waits_for


@dataclass(frozen=True)
class Header:
    """What stands beside the page's title."""

    version: int  # of the newest kept version; 0: none yet
    sentence: str
    due: str  # 距提交截止 4/29 18:00 还有 1 天
    is_late: bool
    others: tuple[str, ...]  # who else may approve
    may_approve: bool  # the plan waits for this person
    waiting: int  # changes that wait for somebody
    seen: str  # when what is shown was submitted, to be sent along with an approval

    @property
    def is_alone(self) -> bool:
        return not self.others


def header_of(access: Access, plan: MonthPlan, *, now: datetime) -> Header:
    others = tuple(str(member) for member in approvers_of(plan.team, beside=access.member))
    newest = plan.versions.values_list("number", flat=True).first()
    is_draft = plan.state == PlanState.DRAFT
    return Header(
        version=newest or 0,
        sentence=_sentence(plan, others, waits=waits_for(access, plan)),
        due=due_words(plan.due_at, now) if plan.due_at and is_draft else "",
        is_late=is_draft and plan.due_at is not None and plan.due_at < now,
        others=others,
        may_approve=waits_for(access, plan),
        waiting=plan.changes.filter(state=ChangeState.WAITING).count(),
        seen=plan.submitted_at.isoformat() if plan.submitted_at else "",
    )


def due_words(due_at: datetime, now: datetime) -> str:
    """How long until the plan is to be submitted.

    Days are counted by the calendar: late in the evening before, it is one day.
    """
    due, today = timezone.localtime(due_at), timezone.localtime(now).date()
    when = f"{due.month}/{due.day} {due:%H:%M}"
    if due_at < now:
        return _("提交截止 %s 已过") % when
    days = (due.date() - today).days
    if days == 0:
        return _("今天 %s 提交截止") % f"{due:%H:%M}"
    left = ngettext("还有 %(days)s 天", "还有 %(days)s 天", days) % {"days": days}
    return _("距提交截止 %(when)s %(left)s") % {"when": when, "left": left}


def _sentence(plan: MonthPlan, others: tuple[str, ...], *, waits: bool) -> str:
    if plan.state == PlanState.DRAFT:
        return _("定稿前可以随时修改，每一格改完自动保存。")
    if plan.state == PlanState.SUBMITTED:
        return _submitted(plan, others, waits=waits)
    if plan.state == PlanState.LOCKED:
        return _("改目标和任务要写原因，由别人同意后生效；任务状态和数据照常更新。")
    return _("计划、数据和复盘都不能再改。")


def _submitted(plan: MonthPlan, others: tuple[str, ...], *, waits: bool) -> str:
    who, at = str(plan.submitted_by or _("已离开的成员")), plan.submitted_at
    day = timezone.localtime(at) if at else None
    told = {"who": who, "at": f"{day.month}/{day.day} {day:%H:%M}" if day else ""}
    start = _("%(who)s %(at)s 提交") % told
    if waits:
        return _("%s，等你审批。") % start
    return _("%(start)s，等 %(names)s 审批。") % {"start": start, "names": "、".join(others[:3])}
