"""Closings from before they remembered anything learn what they were closed with."""

from __future__ import annotations

from datetime import date
from importlib import import_module

from django.apps import apps
from django.utils import timezone

from yunce.ground.facts.models import MonthClosing, TeamMetric
from yunce.ground.facts.tests.conftest import State
from yunce.ground.teams.models import Team

migration = import_module("yunce.ground.facts.migrations.0006_closings_that_remember")


def test_an_old_closing_learns_its_batch_and_versions(team: Team, state: State) -> None:
    before = state("likes", {1: 10})
    closing = MonthClosing.objects.create(team=team, month=date(2025, 5, 1))
    MonthClosing.objects.update(closed_at=timezone.now())
    state("likes", {2: 20})
    for version, day in ((1, date(2025, 4, 1)), (2, date(2025, 6, 1))):
        TeamMetric.objects.create(team=team, code="own", version=version, effective=day)
    migration.remember(apps, None)
    closing.refresh_from_db()
    assert (closing.batch, closing.definitions) == (before.pk, {"own": 1})
