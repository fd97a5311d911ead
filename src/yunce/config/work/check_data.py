"""The fixed-time check of every team: whose data is missing for yesterday."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from yunce.ground.facts.actions import check_data
from yunce.ground.teams.models import Team


def work(params: dict[str, Any]) -> dict[str, int]:
    today = timezone.localdate()
    checks = [check_data(team=team, today=today) for team in Team.objects.order_by("pk")]
    return {"missing": sum(check.gaps.count() for check in checks)}
