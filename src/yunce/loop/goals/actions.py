"""What people do with a month and its goals. Every write goes through here."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.engines.metrics import Catalogue, Metric, UnknownMetricError
from yunce.ground.facts.actions import close_month, reopen_month
from yunce.ground.journal.actions import Changes
from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.kit.text import tidy
from yunce.loop.goals.models import Goal, MonthPlan, PlanState
from yunce.loop.goals.rules import may_be_goal, state_problem, target_problem

DIRECTION_LENGTH = 500  # letters; three core directions fit easily
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


def open_month(*, access: Access, month: Month) -> MonthPlan:
    """The month's plan, made on first use."""
    _require(access, Capability.PLAN)
    plan, created = MonthPlan.objects.get_or_create(team=access.team, month_start=month.first)
    if created:
        _note(access, "goals.open_month", plan)
    return plan


@transaction.atomic
def set_direction(*, access: Access, plan: MonthPlan, direction: str, seen: str) -> MonthPlan:
    """Change the month's direction; `seen` is what the person saw before typing."""
    current = lock_plan(access=access, plan=plan)
    wanted = direction.strip()
    if len(wanted) > DIRECTION_LENGTH:
        raise ValidationError(
            _("核心方向最多 %(most)s 个字，现在有 %(length)s 个。请写短一些。")
            % {"most": DIRECTION_LENGTH, "length": len(wanted)}
        )
    _refuse_unseen("direction", current=current.direction, seen=seen, wanted=wanted)
    if current.direction == wanted:
        return current
    changes = {"direction": (current.direction, wanted)}
    current.direction = wanted
    current.save(update_fields=["direction", "updated_at"])
    _note(access, "goals.set_direction", current, changes)
    return current


@transaction.atomic
def add_goal(
    *,
    access: Access,
    plan: MonthPlan,
    metric: str,
    targets: Targets,
    label: str = "",
    owner: Member | None = None,
) -> Goal:
    """Add a goal on a catalogue metric; ValidationError says what is wrong with the targets."""
    plan = lock_plan(access=access, plan=plan)
    try:
        spec = plan.catalogue.metric(metric)
    except UnknownMetricError as error:
        raise ValidationError({"metric": str(error)}) from error
    if not may_be_goal(spec, plan.catalogue):
        raise ValidationError({"metric": _never_a_month(spec, plan.catalogue)})
    if problem := target_problem(targets.must, targets.stretch, spec.direction):
        raise ValidationError({"stretch": problem})
    _refuse_second(plan, metric)
    _refuse_outsider(access, owner)
    goal = Goal.objects.create(
        plan=plan,
        dimension=spec.dimension.value,
        metric=metric,
        label=_checked_label(label),
        must=targets.must,
        stretch=targets.stretch,
        owner=owner,
        position=_next_position(plan),
    )
    _note(access, "goals.add_goal", goal)
    return goal


@transaction.atomic
def set_targets(*, access: Access, goal: Goal, targets: Targets, seen: Targets) -> Goal:
    """Change a goal's targets unless somebody else changed them since `seen`."""
    current = _lock_goal(access, goal)
    if problem := target_problem(targets.must, targets.stretch, current.spec.direction):
        raise ValidationError({"stretch": problem})
    held = Targets(current.must, current.stretch)
    _refuse_unseen("targets", current=held, seen=seen, wanted=targets)
    if held == targets:
        return current
    current.must, current.stretch = targets.must, targets.stretch
    current.save(update_fields=["must", "stretch"])
    changes = {"must": (held.must, targets.must), "stretch": (held.stretch, targets.stretch)}
    _note(access, "goals.set_targets", current, changes)
    return current


@transaction.atomic
def set_label(*, access: Access, goal: Goal, label: str, seen: str) -> Goal:
    """Give the goal the team's own word; empty brings the metric's name back."""
    current = _lock_goal(access, goal)
    wanted = _checked_label(label)
    _refuse_unseen("label", current=current.label, seen=seen, wanted=wanted)
    if current.label == wanted:
        return current
    changes = {"label": (current.label, wanted)}
    current.label = wanted
    current.save(update_fields=["label"])
    _note(access, "goals.set_label", current, changes)
    return current


@transaction.atomic
def set_owner(*, access: Access, goal: Goal, owner: Member | None, seen: Member | None) -> Goal:
    """Hand the goal to somebody, or to nobody."""
    current = _lock_goal(access, goal)
    _refuse_outsider(access, owner)
    _refuse_unseen("owner", current=current.owner, seen=seen, wanted=owner)
    if current.owner == owner:
        return current
    changes = {"owner": (current.owner, owner)}
    current.owner = owner
    current.save(update_fields=["owner"])
    _note(access, "goals.set_owner", current, changes)
    return current


@transaction.atomic
def remove_goal(*, access: Access, goal: Goal) -> Goal:
    """Take a goal out of the month; its tasks stay in their dimension, `restore_goal` undoes it."""
    current = _lock_goal(access, goal)
    current.deleted_at = timezone.now()
    current.save(update_fields=["deleted_at"])
    _note(access, "goals.remove_goal", current)
    return current


@transaction.atomic
def restore_goal(*, access: Access, goal: Goal) -> Goal:
    """Bring a removed goal back with everything it had; one that is there stays as it is."""
    plan = lock_plan(access=access, plan=goal.plan)
    current = Goal.everything.select_for_update().get(pk=goal.pk)
    if current.deleted_at is None:
        return current
    _refuse_second(plan, current.metric)
    current.deleted_at = None
    current.save(update_fields=["deleted_at"])
    _note(access, "goals.restore_goal", current)
    return current


@transaction.atomic
def reorder_goals(*, access: Access, plan: MonthPlan, numbers: list[int]) -> None:
    """Put the month's goals in this order; every goal must be named once."""
    plan = lock_plan(access=access, plan=plan)
    goals = {goal.pk: goal for goal in plan.goals.all()}
    if sorted(numbers) != sorted(goals):
        raise ValidationError(_("目标的数量变了，顺序没有保存。请刷新页面再试。"))
    for position, number in enumerate(numbers):
        goals[number].position = position
    Goal.objects.bulk_update(goals.values(), ["position"])
    _note(access, "goals.reorder_goals", plan)


def finalise(*, access: Access, plan: MonthPlan) -> MonthPlan:
    """定稿: the plan stands; its cells can no longer be edited until it is taken back."""
    return _move(access, plan, to=PlanState.LOCKED)


def take_back(*, access: Access, plan: MonthPlan) -> MonthPlan:
    """撤回定稿: back to draft. A closed month must be opened again first."""
    return _move(access, plan, to=PlanState.DRAFT)


@transaction.atomic
def close(*, access: Access, plan: MonthPlan) -> MonthPlan:
    """关账: numbers, plan and words of the month stay as they are."""
    plan = _move(access, plan, to=PlanState.CLOSED)
    close_month(team=plan.team, month=plan.month, by=access.user)
    return plan


@transaction.atomic
def reopen(*, access: Access, plan: MonthPlan) -> MonthPlan:
    """重新开账: numbers and words may change again; the plan stays finalised."""
    if plan.state != PlanState.CLOSED:
        raise ValidationError(_("这个月还没有关账，不用重新开账。"))
    plan = _move(access, plan, to=PlanState.LOCKED, reopening=True)
    reopen_month(team=plan.team, month=plan.month, by=access.user)
    return plan


@transaction.atomic
def _move(access: Access, plan: MonthPlan, *, to: PlanState, reopening: bool = False) -> MonthPlan:
    """Bring the plan into a state; already there, nothing is written."""
    _require(access, Capability.PLAN)
    _refuse_strange(access, plan)
    current = MonthPlan.objects.select_for_update().select_related("team").get(pk=plan.pk)
    was = current.state
    if was != to:
        if problem := state_problem(was, to, reopening=reopening):
            raise ValidationError(problem)
        current.state = to
        current.save(update_fields=["state", "updated_at"])
        _note(access, "goals.set_state", current, {"state": (was, to.value)})
    plan.state = current.state  # the caller's copy tells the truth too
    return current


def may_change(access: Access, plan: MonthPlan, capability: Capability = Capability.PLAN) -> None:
    """Refuse a change the person has no right to, or one to a plan that stands."""
    _require(access, capability)
    _refuse_strange(access, plan)
    if plan.is_closed:
        raise ValidationError(
            _("%(month)s 已关账，计划和复盘都不能再改。请先重新开账。") % {"month": plan.month}
        )
    if plan.state == PlanState.LOCKED and capability is Capability.PLAN:
        raise ValidationError(_("计划已定稿。请先撤回定稿再修改。"))


def lock_plan(
    *, access: Access, plan: MonthPlan, capability: Capability = Capability.PLAN
) -> MonthPlan:
    """The plan as it is now, held until the transaction ends, and fit to be changed."""
    _require(access, capability)
    current = MonthPlan.objects.select_for_update().select_related("team").get(pk=plan.pk)
    may_change(access, current, capability)
    return current


def _lock_goal(access: Access, goal: Goal) -> Goal:
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


def _refuse_unseen(field: str, *, current: Any, seen: Any, wanted: Any) -> None:
    """Saving what is already there is no conflict, whoever wrote it."""
    if current not in (seen, wanted):
        raise EditConflictError(field=field, current=current, wanted=wanted)


def _never_a_month(metric: Metric, known: Catalogue) -> str:
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


def _refuse_second(plan: MonthPlan, metric: str) -> None:
    if plan.goals.filter(metric=metric).exists():
        name = plan.catalogue.metric(metric).name
        raise ValidationError({"metric": _("这个月已经有「%(name)s」的目标。") % {"name": name}})


def _refuse_outsider(access: Access, owner: Member | None) -> None:
    if owner is not None and owner.team_id != access.team.pk:
        raise ValidationError({"owner": _("负责人要从本团队成员里选。")})


def _refuse_strange(access: Access, plan: MonthPlan) -> None:
    if plan.team_id != access.team.pk:
        raise PermissionDenied


def _checked_label(label: str) -> str:
    wanted = tidy(label)
    if len(wanted) > LABEL_LENGTH:
        raise ValidationError(
            {"label": _("显示名称最多 %(most)s 个字。请写短一些。") % {"most": LABEL_LENGTH}}
        )
    return wanted


def _next_position(plan: MonthPlan) -> int:
    last = plan.goals.aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1


def _note(
    access: Access, verb: str, subject: MonthPlan | Goal, changes: Changes | None = None
) -> None:
    write_journal(
        verb=verb, subject=subject, actor=access.user, team_id=access.team.pk, changes=changes
    )


def _require(access: Access, capability: Capability) -> None:
    if not access.may(capability):
        raise PermissionDenied
