"""Taking a batch back, exactly."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.ground.facts.access import fact_store
from yunce.ground.facts.actions._recording import MonthClosedError
from yunce.ground.facts.closing import closings_of
from yunce.ground.facts.models import Batch, BatchState, Post
from yunce.ground.facts.remembering import remember
from yunce.ground.facts.rules import CHUNK
from yunce.ground.facts.same_posts import hand_over
from yunce.ground.facts.turns import turn
from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.models import User
from yunce.kit.months import Month


def undo(*, batch: Batch, by: User | None) -> Batch:
    """Take a batch back exactly: what it added goes, what it changed returns.

    Undoing it a second time does nothing. Raises MonthClosedError when a closed month counts it.
    """
    with turn():
        claimed = _claim_undo(batch, by)
        batch.refresh_from_db()
        if claimed:
            finish_undo(batch)
        return batch


@transaction.atomic
def _claim_undo(batch: Batch, by: User | None) -> bool:
    """In one transaction with the look at the closings: no month closes in between."""
    if batch.state == BatchState.COMMITTED:
        _refuse_counted(batch)
    claimed = Batch.objects.filter(pk=batch.pk, state=BatchState.COMMITTED).update(
        state=BatchState.UNDOING, undone_by=by
    )
    return bool(claimed)


def _refuse_counted(batch: Batch) -> None:
    """A batch newer than the closing may go: the closed numbers do not rest on it."""
    closings = list(closings_of(batch.team).filter(batch__gte=batch.pk))
    if not closings:
        return
    reached = {Month.of(day) for day in fact_store().days(batch.pk)}
    parts = [
        _("%(month)s（%(who)s %(day)s 关账）")
        % {
            "month": closing.of_month,
            "who": closing.closer,
            "day": f"{timezone.localtime(closing.closed_at):%Y/%-m/%-d}",
        }
        for closing in reversed(closings)
        if closing.of_month in reached
    ]
    if parts:
        sentence = _("%(months)s 计入了这一批数，不能撤销。请先重新开账，撤销后再关账。")
        raise MonthClosedError(sentence % {"months": "、".join(parts)})


def finish_undo(batch: Batch) -> None:
    fact_store().erase(batch.pk)
    with transaction.atomic():
        batch.state = BatchState.UNDONE
        batch.undone_at = timezone.now()
        batch.save(update_fields=["state", "undone_at"])
        # A post that outlived the undo of its first batch goes with the last batch that saw it.
        dropped = _drop_posts_without_facts(batch.team_id)
        write_journal(
            verb="facts.undo", subject=batch, actor=batch.undone_by, team_id=batch.team_id
        )
    remember(batch.team_id, dropped)


def _drop_posts_without_facts(team_id: int) -> list[int]:
    """All but those a person described: brought in again, they are still described."""
    undone = set(
        Post.objects.filter(
            first_batch__team=team_id, first_batch__state=BatchState.UNDONE, described_at=None
        ).values_list("pk", flat=True)
    )
    if not undone:
        return []
    dropped = sorted(undone - fact_store().posts(team=team_id, among=undone))
    heirs = hand_over(dropped)
    for start in range(0, len(dropped), CHUNK):
        Post.objects.filter(pk__in=dropped[start : start + CHUNK]).delete()
    return [*dropped, *heirs]
