"""Looking whether yesterday's data is here, and keeping what was found for whoever tells it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from yunce.ground.facts.models import DataCheck, DataGap
from yunce.ground.facts.queries.checking import missing_on
from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.models import Team


@transaction.atomic
def check_data(*, team: Team, today: date) -> DataCheck:
    """The program's own doing. Checking a day again replaces what was found before.

    Platforms tell a day's numbers the day after (T+1), so yesterday is what can be missing.
    """
    day = today - timedelta(days=1)
    found = missing_on(team, day)
    check, _created = DataCheck.objects.get_or_create(team=team, day=day)
    before = check.gaps.count()
    check.gaps.all().delete()
    DataGap.objects.bulk_create(
        DataGap(check_made=check, account=each.account, since=each.since) for each in found
    )
    if found or before:
        write_journal(
            verb="facts.check_data",
            subject=check,
            team_id=team.pk,
            changes={"missing": (before, len(found))},
        )
    return check
