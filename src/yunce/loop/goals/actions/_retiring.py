"""Retiring a team's own metric: a write, refused while a month not yet closed aims at it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yunce.ground.facts import actions
from yunce.ground.facts.models import TeamMetric
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability
from yunce.loop.goals.queries.affected import months_needing


def retire_metric(*, access: Access, metric: TeamMetric) -> TeamMetric:
    """ValidationError names the months whose goals still need it."""
    access.require(Capability.PLAN)
    if months := months_needing(access.team, metric.code):
        raise ValidationError(
            _("%(months)s 的目标还用着「%(name)s」。请先删掉这些目标，或等月份关账。")
            % {"months": "、".join(map(str, months)), "name": metric.name}
        )
    return actions.retire_metric(access=access, metric=metric)
