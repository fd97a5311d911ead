"""Keeping a team's own metric: a new one, or the next version of one there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.engines.metrics import problems_of
from yunce.ground.facts.models import TeamMetric
from yunce.ground.facts.queries import catalogue_of, closed_months, team_metrics, versions_of
from yunce.ground.facts.queries.broken import roots_broken
from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.models import Team
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month

KEPT = ("code", "name", "dimension", "unit", "direction", "meaning")  # by a retired metric


@transaction.atomic
def save_metric(
    *, access: Access, values: Mapping[str, Any], replaced: TeamMetric | None = None
) -> TeamMetric:
    """Keep a new metric, or the next version of ``replaced``; ValidationError by field."""
    access.require(Capability.PLAN)
    version = replaced.version + 1 if replaced else 1
    code = replaced.code if replaced else values["code"]
    metric = TeamMetric(
        **{**values, "code": code},
        team=access.team,
        version=version,
        created_by=access.user,
    )
    _refuse_unsound(access.team, metric, replaced)
    try:
        with transaction.atomic():
            metric.save()
    except IntegrityError as error:
        raise ValidationError(_("别人刚保存了这个指标的新版本。请刷新页面再改。")) from error
    write_journal(
        verb="facts.save_metric",
        subject=metric,
        actor=access.user,
        team_id=access.team.pk,
        changes={"formula": (replaced.formula if replaced else "", metric.formula)},
    )
    return metric


@transaction.atomic
def retire_metric(*, access: Access, metric: TeamMetric) -> TeamMetric:
    """From today on the team has no such metric; earlier periods are still counted by it.

    A last version without a formula says so. Its goals are looked at where goals are known.
    """
    access.require(Capability.PLAN)
    newest = versions_of(access.team, metric.code).select_for_update(of=("self",)).first()
    if newest is None or not newest.formula:
        raise ValidationError(_("「%s」已经停用了。") % metric.name)
    if users := _naming(access.team, metric.code):
        raise ValidationError(
            _("「%(users)s」的公式还用着它。请先改那些公式。") % {"users": "、".join(users)}
        )
    last = TeamMetric.objects.create(
        **{name: getattr(newest, name) for name in KEPT},
        team=access.team,
        formula="",
        version=newest.version + 1,
        effective=max(timezone.localdate(), newest.effective),
        created_by=access.user,
    )
    write_journal(
        verb="facts.retire_metric",
        subject=last,
        actor=access.user,
        team_id=access.team.pk,
        changes={"formula": (newest.formula, "")},
    )
    return last


def _naming(team: Team, code: str) -> list[str]:
    """The team's other metrics whose formula needs this one."""
    living = (metric for metric in team_metrics(team) if metric.formula and metric.code != code)
    return [metric.name for metric in living if code in metric.parts]


def _refuse_unsound(team: Team, metric: TeamMetric, replaced: TeamMetric | None) -> None:
    metric.clean_fields(exclude=["created_by"])
    known = catalogue_of(team)
    problems = problems_of(
        metric.proposal,
        known,
        replaces=replaced is not None,
        broken=roots_broken(team, known),
    )
    if replaced is None and versions_of(team, metric.code).exists():
        problems.setdefault("code", [_("团队已有代码为「%s」的指标。") % metric.code])
    if reason := _too_early(team, metric, replaced):
        problems["effective"] = [reason]
    if problems:
        raise ValidationError(problems)


def _too_early(team: Team, metric: TeamMetric, replaced: TeamMetric | None) -> str:
    """A later version must not change what an earlier one, or a closed month, already says."""
    if replaced is None:
        return ""
    if metric.effective < replaced.effective:
        words = {"day": f"{replaced.effective:%Y-%m-%d}"}
        return _("新版本不能早于上一版（%(day)s 起用）。") % words
    if closed := [month for month in closed_months(team) if Month.of(metric.effective) <= month]:
        words = {"month": str(max(closed))}
        return _("%(month)s 已关账，它的数不能变。新版本请从之后的月份起用。") % words
    return ""
