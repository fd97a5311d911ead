"""Changes to a locked plan: proposed with a reason, agreed to by somebody else, applied."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as made_by

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability
from yunce.kit.text import tidy
from yunce.loop.goals.actions._checked import changing, refuse_strange, require
from yunce.loop.goals.models import (
    ChangeState,
    ChangeVerb,
    MonthPlan,
    PlanChange,
    PlanState,
    SubjectKind,
)
from yunce.loop.goals.queries.life import approvers_of
from yunce.loop.goals.rules.life import reason_problem

TEXT_LENGTH, LABEL_LENGTH = 600, 200
Apply = Callable[[PlanChange], object]
Settle = Callable[[Access, PlanChange], PlanChange]
_settling: list[Settle] = []


@dataclass(frozen=True)
class Wish:
    """A change as somebody wants it."""

    verb: ChangeVerb
    kind: SubjectKind
    subject: int | None  # None: what is to be added has no number yet
    label: str  # 新增粉丝 · 具体指标
    field: str = ""
    was: Mapping[str, str] = made_by(default_factory=dict)  # as seen; input name → text
    wanted: Mapping[str, str] = made_by(default_factory=dict)
    was_text: str = ""
    wanted_text: str = ""


@transaction.atomic
def propose_change(*, access: Access, plan: MonthPlan, wish: Wish, reason: str) -> PlanChange:
    """Put a change to the others; what cannot be applied was refused by `rehearse` before."""
    plan = _locked(access, plan)
    if problem := reason_problem(reason):
        raise ValidationError({"reason": problem})
    _refuse_second(plan, wish)
    change = PlanChange.objects.create(
        plan=plan,
        verb=wish.verb,
        kind=wish.kind,
        subject=wish.subject,
        label=wish.label[:LABEL_LENGTH],
        field=wish.field,
        was=dict(wish.was),
        wanted=dict(wish.wanted),
        was_text=wish.was_text[:TEXT_LENGTH],
        wanted_text=wish.wanted_text[:TEXT_LENGTH],
        reason=tidy(reason),
        proposed_by=access.member,
    )
    _note(access, "goals.propose_change", change)
    return change


@transaction.atomic
def agree_to_change(*, access: Access, change: PlanChange, apply: Apply) -> PlanChange:
    """Agree to what somebody else proposed, and write it."""
    current = _waiting(access, change)
    others = approvers_of(access.team, beside=access.member)
    if current.proposed_by_id == access.member.pk and others:
        names = "、".join(str(member) for member in others[:3])
        raise ValidationError(_("自己提的变更不能自己同意。请 %s 审批。") % names)
    with changing(current.plan):
        apply(current)
    return _decided(access, current, ChangeState.APPLIED)


@transaction.atomic
def refuse_change(*, access: Access, change: PlanChange, answer: str) -> PlanChange:
    """Say no, in words."""
    current = _waiting(access, change)
    if problem := reason_problem(answer):
        raise ValidationError({"answer": problem})
    return _decided(access, current, ChangeState.REFUSED, answer=tidy(answer))


@transaction.atomic
def withdraw_change(*, access: Access, change: PlanChange) -> PlanChange:
    """Take one's own proposal back."""
    current = _waiting(access, change)
    if current.proposed_by_id != access.member.pk:
        raise ValidationError(_("只有提出的人能撤回这条变更。不同意请写明原因。"))
    return _decided(access, current, ChangeState.WITHDRAWN)


def settle_with(settle: Settle) -> None:
    """How an agreed change is written: said at start by the floor that knows tasks and versions."""
    _settling[:] = [settle]


def settled(access: Access, change: PlanChange) -> PlanChange:
    """Written at once where nobody else could agree; else it waits."""
    if approvers_of(access.team, beside=access.member):
        return change
    return _settling[0](access, change)


def rehearse(*, plan: MonthPlan, apply: Callable[[], str]) -> str:
    """Apply a change and leave no trace; gives what it would read, or raises why not."""
    with transaction.atomic():
        mark = transaction.savepoint()
        try:
            with changing(plan):
                return apply()
        finally:
            transaction.savepoint_rollback(mark)


def _locked(access: Access, plan: MonthPlan) -> MonthPlan:
    require(access, Capability.PLAN)
    refuse_strange(access, plan)
    current = MonthPlan.objects.select_for_update().select_related("team").get(pk=plan.pk)
    if current.is_closed:
        raise ValidationError(
            _("%(month)s 已关账，计划和复盘都不能再改。请先重新开账。") % {"month": current.month}
        )
    if current.state != PlanState.LOCKED:
        raise ValidationError(_("计划没有定稿，可以直接修改，不用提变更。"))
    return current


def _waiting(access: Access, change: PlanChange) -> PlanChange:
    plan = _locked(access, change.plan)
    current = PlanChange.objects.select_for_update().select_related("proposed_by__user")
    found = current.get(pk=change.pk)
    if found.state != ChangeState.WAITING:
        said = {"state": found.get_state_display(), "who": str(found.decided_by or "")}
        raise ValidationError(_("这条变更已经处理过：%(who)s %(state)s。") % said)
    found.plan = plan
    return found


def _decided(
    access: Access, change: PlanChange, state: ChangeState, *, answer: str = ""
) -> PlanChange:
    change.state, change.answer = state, answer
    change.decided_by, change.decided_at = access.member, timezone.now()
    change.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    verb = {
        ChangeState.APPLIED: "goals.agree_to_change",
        ChangeState.REFUSED: "goals.refuse_change",
    }.get(state, "goals.withdraw_change")
    _note(access, verb, change)
    return change


def _refuse_second(plan: MonthPlan, wish: Wish) -> None:
    same = plan.changes.filter(state=ChangeState.WAITING, kind=wish.kind, subject=wish.subject)
    first = same.filter(field=wish.field).first() if wish.subject is not None else None
    if first is not None:
        said = {"who": str(first.proposed_by or ""), "wanted": first.wanted_text}
        raise ValidationError(
            _("%(who)s 已提出把它改成「%(wanted)s」，正等审批。请先处理那一条。") % said
        )


def _note(access: Access, verb: str, change: PlanChange) -> None:
    write_journal(
        verb=verb,
        subject=change,
        actor=access.user,
        team_id=access.team.pk,
        changes={
            "wanted": (change.was_text, change.wanted_text),
            "reason": ("", change.reason),
            "answer": ("", change.answer),
        },
    )
