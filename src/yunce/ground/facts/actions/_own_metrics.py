"""Keeping a team's own metric: a new one, or the next version of one there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yunce.engines.metrics import problems_of
from yunce.ground.facts.models import TeamMetric
from yunce.ground.facts.queries import catalogue_of, closed_months, versions_of
from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.models import Team
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month


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


def _refuse_unsound(team: Team, metric: TeamMetric, replaced: TeamMetric | None) -> None:
    known = catalogue_of(team)
    problems = problems_of(metric.proposal, known, replaces=replaced is not None)
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
