"""What a crash left is mended; what a deleted team left is removed."""

from __future__ import annotations

from yunce.ground.facts.access import fact_store
from yunce.ground.facts.actions._recording import forget
from yunce.ground.facts.actions._undoing import finish_undo
from yunce.ground.facts.models import Batch, BatchState
from yunce.ground.facts.queries import numbers_without_line
from yunce.ground.facts.remembering import mend_posts
from yunce.ground.facts.turns import is_local, turn
from yunce.ground.teams.models import Team


def recover() -> int:
    """Clean up after a crash; runs at start. Returns how many batches were mended.

    Another process that is writing right now is alive: what is unfinished then is its own.
    """
    with turn(wait=False) as is_mine:
        if not is_mine:
            return 0
        begun = list(Batch.objects.filter(state=BatchState.WRITING).select_related("team"))
        for batch in begun:
            fact_store().erase(batch.pk)
            forget(batch)
        undoing = list(Batch.objects.filter(state=BatchState.UNDOING).select_related("team"))
        for batch in undoing:
            finish_undo(batch)
        unknown = numbers_without_line() if is_local() else set()
        for number in unknown:
            fact_store().erase(number)
        mend_posts()
        return len(begun) + len(undoing) + len(unknown)


def forget_team(*, team: Team) -> int:
    """Remove every fact of a team that is being deleted. Returns how many facts went."""
    with turn():
        return fact_store().forget_team(team.pk)
