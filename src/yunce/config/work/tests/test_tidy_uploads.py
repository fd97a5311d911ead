"""Dropped and forgotten files."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from yunce.config.work import perform
from yunce.ground.imports.models import Upload
from yunce.ground.teams.models import Team


def _dropped(team: Team, days_ago: int) -> Upload:
    upload = Upload.objects.create(
        team=team, sha256="0" * 64, name="a.csv", size=1, captured_on=date(2025, 5, 1)
    )
    Upload.objects.filter(pk=upload.pk).update(created_at=timezone.now() - timedelta(days=days_ago))
    return upload


def test_only_what_waits_longer_than_a_month_goes(team: Team) -> None:
    _dropped(team, 31)
    recent = _dropped(team, 29)
    assert perform("tidy_uploads", {}) == {"removed": 1}
    assert list(Upload.objects.all()) == [recent]
