"""What every write on a month asks first: the right, the record as it is now, fit values."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from yunce.engines.metrics import Catalogue, Metric
from yunce.ground.journal.actions import Changes
from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability
from yunce.kit.text import tidy
from yunce.loop.goals.models import Goal, MonthPlan, PlanState

LABEL_LENGTH = 40


class EditConflictError(Exception):
    """Somebody else changed the field after this person saw it; nothing was written."""

    def __init__(self, *, field: str, current: Any, wanted: Any) -> None:
        super().__init__(_("这一格刚被别人改过，没有保存你的修改。"))
        self.field = field
        self.current = current
        self.wanted = wanted


@dataclass(frozen=True)
class Targets:
    """A goal's two targets in the metric's base unit (rates as fractions)."""

    must: Decimal
    stretch: Decimal | None = None


# The locked plan an agreed change is being written to, in this thread's transaction.
_changing: ContextVar[int | None] = ContextVar("_changing", default=None)


@contextmanager
def changing(plan: MonthPlan) -> Iterator[None]:
    """Inside, a locked plan takes writes: a change with a reason was agreed."""
    token = _changing.set(plan.pk)
    try:
        yield
    finally:
        _changing.reset(token)


def _is_changing(plan: MonthPlan) -> bool:
    return plan.state == PlanState.LOCKED and _changing.get() == plan.pk


def may_change(access: Access, plan: MonthPlan, capability: Capability = Capability.PLAN) -> None:
    """Refuse a change the person has no right to, or one to a plan that stands."""
    require(access, capability)
    refuse_strange(access, plan)
    if plan.is_closed:
        raise ValidationError(
            _("%(month)s 已关账，计划和复盘都不能再改。请先重新开账。") % {"month": plan.month}
        )
    if capability is not Capability.PLAN or _is_changing(plan):
        return
    if plan.state == PlanState.SUBMITTED:
        raise ValidationError(_("计划正在等审批。请先撤回提交再修改。"))
    if plan.state == PlanState.LOCKED:
        raise ValidationError(_("计划已定稿。要改请提出变更，写明原因。"))


def lock_plan(
    *, access: Access, plan: MonthPlan, capability: Capability = Capability.PLAN
) -> MonthPlan:
    """The plan as it is now, held until the transaction ends, and fit to be changed."""
    require(access, capability)
    current = MonthPlan.objects.select_for_update().select_related("team").get(pk=plan.pk)
    may_change(access, current, capability)
    return current


def lock_goal(access: Access, goal: Goal) -> Goal:
    plan = lock_plan(access=access, plan=goal.plan)
    current = (
        Goal.objects.select_for_update(of=("self",))
        .select_related("owner__user")
        .filter(pk=goal.pk)
        .first()
    )
    if current is None:
        raise ValidationError(_("这个目标刚被别人删除了。请刷新页面。"))
    current.plan = plan
    return current


def refuse_unseen(field: str, *, current: Any, seen: Any, wanted: Any) -> None:
    """Saving what is already there is no conflict, whoever wrote it."""
    if current not in (seen, wanted):
        raise EditConflictError(field=field, current=current, wanted=wanted)


def never_a_month(metric: Metric, known: Catalogue) -> str:
    words = {"name": metric.name}
    if known.is_per_account(metric.code):
        return (
            _(
                "「%(name)s」是一个账号的指数，团队没有这样一个数，不能作月度目标。请选能合计的指标。"
            )
            % words
        )
    return (
        _("「%(name)s」按人去重，每天的数不能加成一个月的数，不能作月度目标。请选按次数计的指标。")
        % words
    )


def refuse_second(plan: MonthPlan, metric: str) -> None:
    if plan.goals.filter(metric=metric).exists():
        name = plan.catalogue.metric(metric).name
        raise ValidationError({"metric": _("这个月已经有「%(name)s」的目标。") % {"name": name}})


def refuse_outsider(access: Access, owner: Member | None) -> None:
    if owner is not None and owner.team_id != access.team.pk:
        raise ValidationError({"owner": _("负责人要从本团队成员里选。")})


def refuse_strange(access: Access, plan: MonthPlan) -> None:
    if plan.team_id != access.team.pk:
        raise PermissionDenied


def checked_label(label: str) -> str:
    wanted = tidy(label)
    if len(wanted) > LABEL_LENGTH:
        raise ValidationError(
            {"label": _("显示名称最多 %(most)s 个字。请写短一些。") % {"most": LABEL_LENGTH}}
        )
    return wanted


def next_position(plan: MonthPlan) -> int:
    last = plan.goals.aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1


def note(
    access: Access, verb: str, subject: MonthPlan | Goal, changes: Changes | None = None
) -> None:
    write_journal(
        verb=verb, subject=subject, actor=access.user, team_id=access.team.pk, changes=changes
    )


def require(access: Access, capability: Capability) -> None:
    if not access.may(capability):
        raise PermissionDenied
