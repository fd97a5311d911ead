"""What is decided of a waiting file: which of two values counts, what its sheets are."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema

from yunce.ground.imports import actions
from yunce.ground.imports.models import Upload
from yunce.ground.imports.queries import Look, changes_of, problems_of, upload_in
from yunce.ground.imports.rules import NEITHER
from yunce.ground.teams.queries import Access, access_for
from yunce.ground.teams.rules import Capability
from yunce.outputs.api.answers import problem_sentence
from yunce.outputs.api.request import SignedInRequest
from yunce.outputs.api.upload_answers import ChangeOut, PreviewOut, change_answer, previewed

router = Router(tags=["uploads"])
UPLOAD = "/teams/{slug}/uploads/{int:upload}"


class OptionOut(Schema):
    choice: str
    value: float
    sheet: str
    row: int | None


class DisputeOut(Schema):
    """One place the file tells twice. Nothing is brought in until it is decided."""

    key: str
    owner: str
    metric: str
    day: date
    options: list[OptionOut]
    decided: str  # a choice, none (no value counts), or empty


class SheetOut(Schema):
    key: str
    choice: str  # empty: recognised by itself; skip; or platform:export
    label: str  # what it is taken for
    reason: str
    rows: int


class ChoicesOut(Schema):
    sheets: list[SheetOut]
    disputes: list[DisputeOut]


class DecisionsIn(Schema):
    decisions: dict[str, str]  # key → choice, none, or empty to decide again


class SheetsIn(Schema):
    sheets: dict[str, str]  # key → choice


@router.get(f"{UPLOAD}/choices", response=ChoicesOut, operation_id="list_upload_choices")
def list_choices(request: SignedInRequest, slug: str, upload: int) -> object:
    """What may be decided of a file; nothing of one that is in already or is still being read."""
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    look = _look(upload_in(team, upload))
    if look is None:
        return {"sheets": [], "disputes": []}
    return {"sheets": list(look.sheets), "disputes": [_dispute(each) for each in look.disputes]}


@router.get(f"{UPLOAD}/problems", response=list[str], operation_id="list_upload_problems")
def list_problems(request: SignedInRequest, slug: str, upload: int) -> object:
    """Everything wrong with a file: sheet, row, column, value, and what to do."""
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    found = _open(upload_in(team, upload))
    return [problem_sentence(each) for each in problems_of(found, timezone.localdate())]


@router.get(f"{UPLOAD}/changes", response=list[ChangeOut], operation_id="list_upload_changes")
def list_changes(request: SignedInRequest, slug: str, upload: int) -> object:
    """Every value committing would replace."""
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    found = _open(upload_in(team, upload))
    return [change_answer(cell) for cell in changes_of(found, timezone.localdate())]


@router.post(f"{UPLOAD}/settle", response=PreviewOut, operation_id="settle_upload")
def post_settle(request: SignedInRequest, slug: str, upload: int, said: DecisionsIn) -> object:
    """Decide which of several values counts."""
    access = access_for(request.auth, slug, Capability.RECORD)
    found = upload_in(access.team, upload)
    _refuse_unknown(found, said.decisions)
    actions.settle(access=access, upload=found, decisions=said.decisions)
    return _again(found)


@router.post(f"{UPLOAD}/sheets", response=PreviewOut, operation_id="choose_upload_sheets")
def post_sheets(request: SignedInRequest, slug: str, upload: int, said: SheetsIn) -> object:
    """Say what single sheets are; those not named are recognised by themselves."""
    access = access_for(request.auth, slug, Capability.RECORD)
    found = upload_in(access.team, upload)
    actions.choose_sheets(access=access, upload=found, sheets=said.sheets)
    return _again(found)


@router.post(f"{UPLOAD}/forget", response=PreviewOut, operation_id="forget_upload_choices")
def post_forget(request: SignedInRequest, slug: str, upload: int) -> object:
    """Back to what the file is taken for by itself; what the team taught stays."""
    access: Access = access_for(request.auth, slug, Capability.RECORD)
    found = upload_in(access.team, upload)
    actions.recognise_again(access=access, upload=found)
    return _again(found)


def _again(upload: Upload) -> dict[str, Any]:
    actions.look_again(upload, today=timezone.localdate())
    return previewed(upload)


def _look(upload: Upload) -> Look | None:
    return None if upload.batch_id else actions.look(upload, today=timezone.localdate())


def _open(upload: Upload) -> Upload:
    """Of a file that is in or on its way there is nothing to list."""
    if upload.batch_id or upload.is_busy:
        raise ValidationError(_("「%(name)s」已经导入，或者正在读。") % {"name": upload.name})
    return upload


def _refuse_unknown(upload: Upload, decisions: dict[str, str]) -> None:
    """A choice nobody offered would settle nothing and say so to nobody."""
    look = _look(upload)
    offered = {
        dispute.key: {"", NEITHER, *(place for place, _fact, _text in dispute.choices)}
        for dispute in (look.disputes if look else ())
    }
    for key, choice in decisions.items():
        if choice not in offered.get(key, ()):
            words = {"key": key, "choice": choice}
            sentence = _("没有「%(key)s」这处冲突，或它没有「%(choice)s」这个选项。") % words
            raise ValidationError({f"decisions.{key}": sentence})


def _dispute(dispute: Any) -> dict[str, Any]:
    first = dispute.options[0]
    return {
        "key": dispute.key,
        "owner": dispute.owner,
        "metric": first.metric,
        "day": first.day,
        "decided": dispute.decided,
        "options": [
            {"choice": place, "value": fact.value, "sheet": fact.sheet, "row": fact.row}
            for place, fact, _text in dispute.choices
        ],
    }
