"""The ledger: what was brought in, and which numbers it counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import connection
from django.db.models import QuerySet

from yunce.ground.facts.access import fact_store
from yunce.ground.facts.models import Batch, BatchState
from yunce.ground.teams.models import Team


def batches_of(team: Team) -> QuerySet[Batch]:
    """What was brought in and is still there, newest first."""
    return Batch.objects.filter(team=team, state=BatchState.COMMITTED).select_related(
        "account", "created_by"
    )


def batch_of_file(team: Team, sha256: str, account_id: int | None) -> Batch | None:
    """The living batch this very file made for this account, if there is one."""
    same = batches_of(team).filter(file_sha256=sha256)
    if account_id is None:
        return same.filter(account__isnull=True).first()
    return same.filter(account_id=account_id).first()


def batches_by_number(team: Team, numbers: Iterable[int]) -> dict[int, Batch]:
    """Batches of the team with who brought them in."""
    found = Batch.objects.filter(team=team, pk__in=set(numbers))
    return {batch.pk: batch for batch in found.select_related("created_by", "account")}


def ledger_of(team: Team) -> QuerySet[Batch]:
    """What was ever brought in, undone batches too, newest first."""
    return Batch.objects.filter(
        team=team, state__in=(BatchState.COMMITTED, BatchState.UNDOING, BatchState.UNDONE)
    ).select_related("account", "created_by", "undone_by")


def numbers_without_line() -> set[int]:
    """Batches the store has facts of and the ledger does not call committed.

    In a file of our own those are left-overs. In a server's store they may as well be another
    folder's facts under a wrong address, so there they are told, not erased.
    """
    committed = Batch.objects.filter(state=BatchState.COMMITTED).values_list("pk", flat=True)
    return fact_store().batches() - set(committed)


def numbers_not_taken_back(numbers: Collection[int]) -> set[int]:
    """Of these batches those the ledger counts, and those it never gave a number to.

    Batches that were undone are left out, and those whose line went with its team.
    """
    committed = Batch.objects.filter(state=BatchState.COMMITTED).values_list("pk", flat=True)
    newest = _newest_number()
    return set(numbers) & set(committed) | {number for number in numbers if number > newest}


def _newest_number() -> int:
    """The highest one ever given: SQLite never gives a number twice, nor forgets the last."""
    with connection.cursor() as cursor:
        table = Batch._meta.db_table
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
    return int(found[0]) if found else 0
