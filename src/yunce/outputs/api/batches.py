"""The ledger's lines: who brought which file in and when, the raw file, and the way back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.errors import HttpError

from yunce.ground.facts.models import Batch, BatchState
from yunce.ground.facts.queries import ledger_of
from yunce.ground.imports.actions import ImportRefusedError, undo
from yunce.ground.imports.queries import batch_in
from yunce.ground.imports.queries.handing_out import raw_file
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.outputs.api.numbers import limit_of, offset_of
from yunce.outputs.api.request import SignedInRequest

router = Router(tags=["imports"])  # `imports` adds bringing in, at an address of these
BATCH = "/teams/{slug}/imports/{int:batch_id}"
GONE = 410


class BatchOut(Schema):
    id: int
    kind: str  # file · grid (typed by hand) · demo
    file_name: str
    has_file: bool  # the raw file was kept
    platform: str
    export: str
    account_id: int | None  # null: several accounts at once
    account: str
    captured_on: date | None  # the day a cumulative export was taken
    state: str  # committed · undoing · undone
    created_at: datetime
    created_by: str
    undone_at: datetime | None
    undone_by: str
    first_day: date | None
    last_day: date | None
    added: int
    updated: int
    unchanged: int
    conflicts: int
    ignored: int
    errors: int

    @staticmethod
    def resolve_has_file(batch: Batch) -> bool:
        return bool(batch.file_sha256)

    @staticmethod
    def resolve_account(batch: Batch) -> str:
        return batch.account.name if batch.account else ""

    @staticmethod
    def resolve_created_by(batch: Batch) -> str:
        return batch.importer

    @staticmethod
    def resolve_undone_by(batch: Batch) -> str:
        return batch.undone_by.name if batch.undone_by else ""


@router.get("/teams/{slug}/imports", response=list[BatchOut], operation_id="list_imports")
def list_imports(request: SignedInRequest, slug: str, limit: int = 100, offset: int = 0) -> object:
    """What was brought in, newest first, undone imports too."""
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    first = offset_of(offset)
    return ledger_of(team)[first : first + limit_of(limit)]


@router.get(BATCH, response=BatchOut, operation_id="get_import")
def get_import(request: SignedInRequest, slug: str, batch_id: int) -> object:
    """One import (every row and every restatement names its number as `batch`)."""
    return batch_in(access_for(request.auth, slug, Capability.SEE_ALL).team, batch_id)


@router.get(f"{BATCH}/file", response={200: None}, operation_id="get_import_file")
def get_file(request: SignedInRequest, slug: str, batch_id: int) -> HttpResponse:
    """The very file it was read from, for who may bring files in. 410: it is not kept any more."""
    batch = batch_in(access_for(request.auth, slug, Capability.RECORD).team, batch_id)
    try:
        return raw_file(batch).response()
    except FileNotFoundError as error:
        raise HttpError(GONE, _("「%(name)s」的原始文件已经不在了。") % {"name": batch}) from error


@router.post(f"{BATCH}/undo", response=BatchOut, operation_id="undo_import")
def post_undo(request: SignedInRequest, slug: str, batch_id: int) -> object:
    """Take an import back exactly: what it added goes, what it changed returns."""
    access = access_for(request.auth, slug, Capability.RECORD)
    batch = batch_in(access.team, batch_id)
    if batch.state != BatchState.COMMITTED:
        raise ImportRefusedError(_("这次导入已经撤销过了。"))
    return undo(access=access, batch=batch)


def each_once(batches: Iterable[Batch | None]) -> list[Batch]:
    """By their numbers."""
    found = {batch.pk: batch for batch in batches if batch is not None}
    return [found[number] for number in sorted(found)]
