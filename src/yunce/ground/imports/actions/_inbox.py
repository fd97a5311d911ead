"""What the program brought in by itself from the watched folder leaves a line of its own."""

from __future__ import annotations

from yunce.ground.facts.models import Batch
from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.models import Team


def note_taken_in(*, team: Team | None, name: str, batch: int | None, reason: str = "") -> None:
    """``reason``: why it was not brought in. A file of no known team has no journal to stand in."""
    if team is None:
        return
    if reason:
        write_journal(
            verb="imports.refuse_inbox_file",
            subject=team,
            team_id=team.pk,
            label=name,
            changes={"reason": ("", reason)},
        )
        return
    subject = Batch.objects.filter(pk=batch, team=team).first() if batch else None
    write_journal(verb="imports.take_in", subject=subject or team, team_id=team.pk, label=name)
