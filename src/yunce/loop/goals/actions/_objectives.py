"""Objectives: adding, changing, archiving, and aligning a month's goal to one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.ground.facts.queries import catalogue_of
from yunce.ground.journal.actions import Changes
from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability
from yunce.kit.text import tidy
from yunce.loop.goals.actions._checked import note, require
from yunce.loop.goals.models import Goal, Horizon, Objective, PeriodKind

TITLE_LENGTH = 80
FIELDS = ("title", "horizon", "period", "starts_on", "metric", "target", "parent")


@dataclass(frozen=True)
class ObjectiveWords:
    """An objective as somebody wants it."""

    title: str
    horizon: str = Horizon.SHORT
    period: str = PeriodKind.QUARTER
    starts_on: date | None = None  # the period's first day; None: open
    metric: str = ""  # empty: words only
    target: Decimal | None = None
    parent: Objective | None = None


@transaction.atomic
def add_objective(*, access: Access, words: ObjectiveWords) -> Objective:
    require(access, Capability.PLAN)
    checked = _checked(access, words, own=None)
    objective = Objective(team=access.team, position=access.team.objectives.count())
    _put(objective, checked)
    objective.save()
    _note(access, "goals.add_objective", objective)
    return objective


@transaction.atomic
def change_objective(*, access: Access, objective: Objective, words: ObjectiveWords) -> Objective:
    """Change it; nothing is written where nothing differs."""
    current = _lock(access, objective)
    checked = _checked(access, words, own=current)
    before = {name: getattr(current, name) for name in FIELDS}
    _put(current, checked)
    changes = {
        name: (before[name], getattr(current, name))
        for name in FIELDS
        if before[name] != getattr(current, name)
    }
    if changes:
        current.save(update_fields=list(changes))
        _note(access, "goals.change_objective", current, changes)
    return current


@transaction.atomic
def archive_objective(*, access: Access, objective: Objective) -> Objective:
    """Put it away; months keep what they aligned to. `restore_objective` undoes it."""
    current = _lock(access, objective)
    if current.archived_at is None:
        current.archived_at = timezone.now()
        current.save(update_fields=["archived_at"])
        _note(access, "goals.archive_objective", current)
    return current


@transaction.atomic
def restore_objective(*, access: Access, objective: Objective) -> Objective:
    current = _lock(access, objective)
    if current.archived_at is not None:
        current.archived_at = None
        current.save(update_fields=["archived_at"])
        _note(access, "goals.restore_objective", current)
    return current


@transaction.atomic
def align_goal(*, access: Access, goal: Goal, objective: Objective | None) -> Goal:
    """Say which objective a month's goal serves; it changes no number, so a lock allows it."""
    require(access, Capability.PLAN)
    current = Goal.objects.select_for_update(of=("self",)).select_related("plan").get(pk=goal.pk)
    if current.plan.team_id != access.team.pk:
        raise PermissionDenied
    if current.plan.is_closed:
        raise ValidationError(_("这个月已关账，目标不能再改。请先重新开账。"))
    if objective is not None and objective.team_id != access.team.pk:
        raise PermissionDenied
    if current.objective_id == (objective.pk if objective else None):
        return current
    changes = {"objective": (str(current.objective or ""), str(objective or ""))}
    current.objective = objective
    current.save(update_fields=["objective"])
    note(access, "goals.align_goal", current, changes)
    return current


def _lock(access: Access, objective: Objective) -> Objective:
    require(access, Capability.PLAN)
    current = Objective.objects.select_for_update(of=("self",)).get(pk=objective.pk)
    if current.team_id != access.team.pk:
        raise PermissionDenied
    return current


def _put(objective: Objective, words: ObjectiveWords) -> None:
    for name in FIELDS:
        setattr(objective, name, getattr(words, name))


def _checked(access: Access, words: ObjectiveWords, *, own: Objective | None) -> ObjectiveWords:
    title = tidy(words.title)
    if not title or len(title) > TITLE_LENGTH:
        raise ValidationError({"title": _("长期目标用 1 到 %s 个字写清楚。") % TITLE_LENGTH})
    if words.horizon not in Horizon.values or words.period not in PeriodKind.values:
        raise ValidationError({"period": _("请从列表里选远近和时期。")})
    if words.metric and words.metric not in catalogue_of(access.team):
        raise ValidationError({"metric": _("没有这个指标。请从列表里选。")})
    if words.target is not None and words.target < 0:
        raise ValidationError({"target": _("目标值不能是负数。")})
    if words.target is not None and not words.metric:
        raise ValidationError({"metric": _("写了目标值，要选是哪个指标的。")})
    if words.parent is not None:
        _refuse_circle(access, words.parent, own)
    starts_on = _first_day(words.period, words.starts_on)
    return ObjectiveWords(
        title, words.horizon, words.period, starts_on, words.metric, words.target, words.parent
    )


def _first_day(period: str, day: date | None) -> date | None:
    if period == PeriodKind.OPEN:
        return None
    if day is None:
        raise ValidationError({"starts_on": _("季度和年度目标要写从哪天开始，或选不限期。")})
    month = 1 if period == PeriodKind.YEAR else (day.month - 1) // 3 * 3 + 1
    return date(day.year, month, 1)


def _refuse_circle(access: Access, parent: Objective, own: Objective | None) -> None:
    if parent.team_id != access.team.pk:
        raise PermissionDenied
    above = dict(access.team.objectives.values_list("pk", "parent_id"))
    number: int | None = parent.pk
    while number is not None:
        if own is not None and number == own.pk:
            raise ValidationError({"parent": _("不能放到自己或自己的下级下面。请换一个上级。")})
        number = above.get(number)


def _note(access: Access, verb: str, objective: Objective, changes: Changes | None = None) -> None:
    write_journal(
        verb=verb, subject=objective, actor=access.user, team_id=access.team.pk, changes=changes
    )
