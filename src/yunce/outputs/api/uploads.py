"""Files dropped and not brought in yet: looked at first, then committed or put aside."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Body, File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from yunce.engines.platforms import UnreadableFileError
from yunce.ground.channels.queries import account_in
from yunce.ground.imports import actions
from yunce.ground.imports.queries import upload_in, waiting_uploads
from yunce.ground.imports.rules import READ_LIMIT
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.outputs.api.numbers import limit_of
from yunce.outputs.api.request import SignedInRequest
from yunce.outputs.api.upload_answers import (
    PreviewOut,
    UploadOut,
    previewed,
    upload_answer,
)

router = Router(tags=["uploads"])


class ReceivedOut(Schema):
    uploads: list[UploadOut]
    refused: list[str]


class DescribeIn(Schema):
    account_id: int | None = None
    captured_on: date | None = None


class CommitIn(Schema):
    seen: str = ""


@router.post(
    "/teams/{slug}/uploads",
    response={200: ReceivedOut, 422: ReceivedOut},
    operation_id="receive_upload",
)
def post_upload(
    request: SignedInRequest, slug: str, file: File[UploadedFile], folder: Form[str] = ""
) -> object:
    """Keep a file, or every file of a zip, to be looked at. 422: none of it is a table."""
    access = access_for(request.auth, slug, Capability.RECORD)
    try:
        received = actions.receive_all(
            access=access, file=file.read(READ_LIMIT), name=file.name or "", archive=folder[:255]
        )
    except UnreadableFileError as error:
        return Status(422, {"uploads": [], "refused": [str(error)]})
    told = {
        "uploads": [upload_answer(upload) for upload in received.uploads],
        "refused": list(received.refused),
    }
    return Status(200 if received.uploads else 422, told)


@router.get("/teams/{slug}/uploads", response=list[UploadOut], operation_id="list_uploads")
def list_uploads(request: SignedInRequest, slug: str, limit: int = 100) -> object:
    """Files that wait, newest first."""
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    return [upload_answer(upload) for upload in waiting_uploads(team)[: limit_of(limit)]]


@router.get(
    "/teams/{slug}/uploads/{int:upload}", response=PreviewOut, operation_id="preview_upload"
)
def get_upload(request: SignedInRequest, slug: str, upload: int) -> object:
    """What committing would do now: counts, problems, and the first values that would change."""
    access = access_for(request.auth, slug, Capability.SEE_ALL)
    return previewed(upload_in(access.team, upload))


@router.patch(
    "/teams/{slug}/uploads/{int:upload}", response=PreviewOut, operation_id="describe_upload"
)
def patch_upload(
    request: SignedInRequest, slug: str, upload: int, said: Body[DescribeIn]
) -> object:
    """Whose the file is, and the day it was taken; what is not given stays."""
    access = access_for(request.auth, slug, Capability.RECORD)
    found = upload_in(access.team, upload)
    account = account_in(access.team, said.account_id) if said.account_id else found.account
    day = said.captured_on or found.captured_on
    actions.describe(access=access, upload=found, account=account, captured_on=day)
    actions.look_again(found, today=timezone.localdate())
    return previewed(found)


@router.post(
    "/teams/{slug}/uploads/{int:upload}/commit", response=UploadOut, operation_id="commit_upload"
)
def post_commit(
    request: SignedInRequest, slug: str, upload: int, pressed: Body[CommitIn]
) -> object:
    """Write what the preview showed, in one batch; a large file in the background."""
    access = access_for(request.auth, slug, Capability.RECORD)
    found = upload_in(access.team, upload)
    if found.batch_id:
        raise actions.AlreadyImportedError(_("这个文件已经导入，没有重复写入。"))
    actions.press(access=access, upload=found, today=timezone.localdate(), seen=pressed.seen)
    return upload_answer(upload_in(access.team, upload))


@router.delete(
    "/teams/{slug}/uploads/{int:upload}", response={204: None}, operation_id="discard_upload"
)
def delete_upload(request: SignedInRequest, slug: str, upload: int) -> object:
    """Take a waiting file off the list."""
    access = access_for(request.auth, slug, Capability.RECORD)
    actions.discard(access=access, upload=upload_in(access.team, upload))
    return Status(204, None)
