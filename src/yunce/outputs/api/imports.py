"""Bringing files in, seeing what was brought in, taking it back."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from yunce.ground.channels.queries import account_in
from yunce.ground.facts.models import Batch, BatchState
from yunce.ground.facts.queries import ledger_of
from yunce.ground.imports.actions import ImportRefusedError, import_file, undo
from yunce.ground.imports.queries import batch_in
from yunce.ground.imports.rules import READ_LIMIT
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.outputs.api.answers import import_answer, problem_sentence
from yunce.outputs.api.request import SignedInRequest

router = Router(tags=["imports"])


class ImportIn(Schema):
    account_id: int | None = None
    captured_on: date | None = None
    dry_run: bool = False
    skip_errors: bool = False


class ImportOut(Schema):
    batch: int | None
    platform: str
    account: str
    added: int
    updated: int
    unchanged: int
    conflicts: int
    ignored: int
    errors: int
    problems: list[str]


class BatchOut(Schema):
    id: int
    file_name: str
    platform: str
    account: str
    state: str
    created_at: datetime
    first_day: date | None
    last_day: date | None
    added: int
    updated: int
    unchanged: int
    conflicts: int
    ignored: int
    errors: int

    @staticmethod
    def resolve_account(batch: Batch) -> str:
        return batch.account.name if batch.account else ""


@router.post(
    "/teams/{slug}/imports", response={200: ImportOut, 422: ImportOut}, operation_id="import_file"
)
def post_import(
    request: SignedInRequest, slug: str, file: File[UploadedFile], options: Form[ImportIn]
) -> object:
    """Bring one file in. 422: it has errors and nothing was written (`problems` says why)."""
    access = access_for(request.auth, slug, Capability.RECORD)
    result = import_file(
        access=access,
        content=file.read(READ_LIMIT),
        name=file.name or "",
        account=account_in(access.team, options.account_id) if options.account_id else None,
        captured_on=options.captured_on,
        dry_run=options.dry_run,
        skip_errors=options.skip_errors,
        today=timezone.localdate(),
    )
    refused = bool(result.errors or result.conflicts) and not (result.batch or options.dry_run)
    problems = [problem_sentence(problem) for problem in result.problems]
    answer = {**import_answer(result), "problems": problems}
    return Status(422 if refused else 200, answer)


@router.get("/teams/{slug}/imports", response=list[BatchOut], operation_id="list_imports")
def list_imports(request: SignedInRequest, slug: str, limit: int = 100) -> object:
    """What was brought in, newest first, undone imports too."""
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    return ledger_of(team)[: max(1, min(limit, 1000))]


@router.get("/teams/{slug}/imports/{int:batch_id}", response=BatchOut, operation_id="get_import")
def get_import(request: SignedInRequest, slug: str, batch_id: int) -> object:
    """One import (every row and every restatement names its number as `batch`)."""
    return batch_in(access_for(request.auth, slug, Capability.SEE_ALL).team, batch_id)


@router.post(
    "/teams/{slug}/imports/{int:batch_id}/undo", response=BatchOut, operation_id="undo_import"
)
def post_undo(request: SignedInRequest, slug: str, batch_id: int) -> object:
    """Take an import back exactly: what it added goes, what it changed returns."""
    access = access_for(request.auth, slug, Capability.RECORD)
    batch = batch_in(access.team, batch_id)
    if batch.state != BatchState.COMMITTED:
        raise ImportRefusedError(_("这次导入已经撤销过了。"))
    return undo(access=access, batch=batch)
