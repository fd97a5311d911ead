"""Bringing files in with one call; `uploads` looks first."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from ninja import File, Form, Schema, Status
from ninja.files import UploadedFile

from yunce.ground.channels.queries import account_in
from yunce.ground.imports.actions import ImportResult, import_all
from yunce.ground.imports.rules import READ_LIMIT
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.outputs.api.answers import import_answer, problem_sentence
from yunce.outputs.api.batches import router
from yunce.outputs.api.request import SignedInRequest


class ImportIn(Schema):
    account_id: int | None = None
    captured_on: date | None = None
    dry_run: bool = False
    skip_errors: bool = False


class ImportedFile(Schema):
    name: str
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


class ImportOut(ImportedFile):
    """A file; of a zip the sums, and each file in it."""

    files: list[ImportedFile] = []


@router.post(
    "/teams/{slug}/imports", response={200: ImportOut, 422: ImportOut}, operation_id="import_file"
)
def post_import(
    request: SignedInRequest, slug: str, file: File[UploadedFile], options: Form[ImportIn]
) -> object:
    """Bring a file in, or every file of a zip. 422: nothing was written (`problems` says why)."""
    access = access_for(request.auth, slug, Capability.RECORD)
    results = import_all(
        access=access,
        content=file.read(READ_LIMIT),
        name=file.name or "",
        account=account_in(access.team, options.account_id) if options.account_id else None,
        captured_on=options.captured_on,
        dry_run=options.dry_run,
        skip_errors=options.skip_errors,
        today=timezone.localdate(),
    )
    told = [_told(name, result) for name, result in results]
    is_refused = all(_is_refused(result, options) for _name, result in results)
    answer = told[0] if len(told) == 1 else _summed(file.name or "", told)
    return Status(422 if is_refused else 200, answer)


def _told(name: str, result: ImportResult) -> dict[str, Any]:
    problems = [problem_sentence(problem) for problem in result.problems]
    return {"name": name, **import_answer(result), "problems": problems}


def _is_refused(result: ImportResult, options: ImportIn) -> bool:
    return bool(result.errors or result.conflicts) and not (result.batch or options.dry_run)


def _summed(name: str, told: list[dict[str, Any]]) -> dict[str, Any]:
    """A zip is no batch: each file in it is."""
    counts = ("added", "updated", "unchanged", "conflicts", "ignored", "errors")
    sums = {count: sum(one[count] for one in told) for count in counts}
    problems = [f"{one['name']}：{problem}" for one in told for problem in one["problems"]]
    return {
        "name": name,
        "batch": None,
        "platform": "",
        "account": "",
        **sums,
        "problems": problems,
        "files": told,
    }
