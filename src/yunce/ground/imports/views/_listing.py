"""Where files are dropped, which of them wait, and what came of earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from yunce.engines.platforms import MAX_BYTES, UnreadableFileError, platforms
from yunce.ground.facts.actions import MonthClosedError
from yunce.ground.facts.models import Batch
from yunce.ground.facts.queries import ledger_of
from yunce.ground.facts.queries.checking import closing_windows, still_missing
from yunce.ground.imports import actions
from yunce.ground.imports.models import Upload
from yunce.ground.imports.queries import batch_in, waiting_uploads
from yunce.ground.imports.queries.handing_out import raw_file
from yunce.ground.imports.rules import shown_name
from yunce.ground.imports.standing import standings
from yunce.ground.imports.uploading import MEGABYTE, too_large
from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.text import tidy

PAGE = 50
WAITING = 200  # files on the waiting list; the rest come up as these go


@require_safe
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, team_for(request, slug, Capability.SEE_ALL))


@require_safe
def waiting(request: HttpRequest, slug: str) -> HttpResponse:
    """The waiting list alone; it asks for itself while the jobs thread is at a file."""
    access = team_for(request, slug, Capability.SEE_ALL)
    words = {"access": access, "is_part": True, "past": ledger_of(access.team).count()}
    return render(request, "imports/_waiting.html", {**words, **_waiting(access)})


@require_POST
def drop(request: HttpRequest, slug: str) -> HttpResponse:
    """Any number of files, zips too; each that can be read waits to be looked at.

    The drop zone's script sends each file by itself and reads the answer as JSON.
    """
    access = team_for(request, slug, Capability.RECORD)
    files = request.FILES.getlist("files")
    uploads, refused = _receive(access, files, tidy(request.POST.get("folder", ""))[:255])
    refused = [*too_large(request), *refused]
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse(_told(access, uploads, refused))
    if not files and not refused:
        return _page(request, access, [_("没有选择文件。请选一个或几个表格文件再上传。")])
    if refused:
        return _page(request, access, refused)
    if len(uploads) == 1:
        return redirect("imports:preview", slug, uploads[0].pk)
    messages.success(request, _("收到 %(count)d 个文件。") % {"count": len(uploads)})
    return redirect("imports:list", slug)


def _receive(
    access: Access, files: Sequence[UploadedFile[bytes]], folder: str
) -> tuple[list[Upload], list[str]]:
    uploads: list[Upload] = []
    refused: list[str] = []
    for file in files:
        try:
            received = actions.receive_all(
                access=access, file=_lying(file), name=file.name or "", archive=folder
            )
        except UnreadableFileError as error:
            refused.append(str(error))
        else:
            uploads += received.uploads
            refused += received.refused
    return uploads, refused


def _lying(file: UploadedFile[bytes]) -> Path | bytes:
    """Where the upload handler put it; nothing is read into memory that need not be."""
    if isinstance(file, TemporaryUploadedFile):
        return Path(file.temporary_file_path())
    content: bytes = file.read()
    return content


def _told(access: Access, uploads: Sequence[Upload], refused: Sequence[str]) -> dict[str, Any]:
    addresses = [reverse("imports:preview", args=[access.team.slug, each.pk]) for each in uploads]
    said = _("收到 %(count)d 个文件") % {"count": len(uploads)} if len(uploads) > 1 else ""
    return {"uploads": addresses, "said": said, "refused": list(refused)}


@require_POST
def undo(request: HttpRequest, slug: str, batch: int) -> HttpResponse:
    access = team_for(request, slug, Capability.RECORD)
    found = batch_in(access.team, batch)
    try:
        actions.undo(access=access, batch=found)
    except MonthClosedError as error:
        messages.error(request, str(error))
    else:
        words = {"name": shown_name(found.file_name) if found.file_name else _("手工填数")}
        messages.success(request, _("已撤销「%(name)s」，数据恢复到导入之前。") % words)
    address = reverse("imports:list", args=[slug])
    by_htmx = request.headers.get("HX-Request") == "true"
    return HttpResponseClientRedirect(address) if by_htmx else redirect(address)


@require_safe
def file(request: HttpRequest, slug: str, batch: int) -> HttpResponse:
    """The very file a batch was read from, to take away."""
    access = team_for(request, slug, Capability.RECORD)
    found = batch_in(access.team, batch)
    try:
        return raw_file(found).response()
    except FileNotFoundError:
        messages.error(request, _("「%(name)s」的原始文件已经不在了。") % {"name": found})
        return redirect("imports:list", slug)


def _waiting(access: Access) -> dict[str, Any]:
    rows = standings(waiting_uploads(access.team)[:WAITING])
    return {
        "standings": rows,
        "ready_count": sum(row.may_go_in for row in rows),
        "is_busy": any(row.upload.is_busy for row in rows),
    }


def _page(request: HttpRequest, access: Access, refused: Sequence[str] = ()) -> HttpResponse:
    ledger = ledger_of(access.team)
    today = timezone.localdate()
    words = {
        "access": access,
        "missing": still_missing(access.team, today),
        "closing": closing_windows(access.team, today),
        "batches": Paginator(ledger, PAGE).get_page(_page_number(ledger, request)),
        "refused": refused,
        "past": ledger.count(),
        "readable": [platform for platform in platforms().values() if platform.exports],
        "limit": MAX_BYTES,
        "limit_mb": MAX_BYTES // MEGABYTE,
        **_waiting(access),
    }
    return render(request, "imports/list.html", words, status=422 if refused else 200)


def _page_number(ledger: QuerySet[Batch], request: HttpRequest) -> str | int | None:
    """The page asked for; of ``?batch=`` the one it stands on."""
    batch = request.GET.get("batch", "")
    if not batch.isdecimal() or "page" in request.GET:
        return request.GET.get("page")
    return ledger.filter(pk__gt=int(batch[:18])).count() // PAGE + 1
