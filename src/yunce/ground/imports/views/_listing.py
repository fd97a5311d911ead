"""Where files are dropped, and what came of earlier ones."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from yunce.engines.platforms import UnreadableFileError, platforms
from yunce.ground.facts.actions import MonthClosedError
from yunce.ground.facts.models import Batch
from yunce.ground.facts.queries import ledger_of
from yunce.ground.facts.queries.checking import closing_windows, still_missing
from yunce.ground.imports import actions
from yunce.ground.imports.keeping import read_kept
from yunce.ground.imports.models import Upload
from yunce.ground.imports.queries import batch_in, waiting_uploads
from yunce.ground.imports.rules import READ_LIMIT, shown_name
from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability

PAGE = 50


@require_safe
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, team_for(request, slug, Capability.SEE_ALL))


@require_POST
def drop(request: HttpRequest, slug: str) -> HttpResponse:
    """Any number of files; each that can be read waits to be looked at."""
    access = team_for(request, slug, Capability.RECORD)
    files = request.FILES.getlist("files")
    if not files:
        return _page(request, access, [_("没有选择文件。请选一个或几个表格文件再上传。")])
    received, refused = _receive(access, files)
    if refused:
        return _page(request, access, refused)
    if len(received) == 1:
        return redirect("imports:preview", slug, received[0].pk)
    messages.success(request, _("收到 %(count)d 个文件，请逐个确认。") % {"count": len(received)})
    return redirect("imports:list", slug)


def _receive(
    access: Access, files: Sequence[UploadedFile[bytes]]
) -> tuple[list[Upload], list[str]]:
    received: list[Upload] = []
    refused: list[str] = []
    for file in files:
        try:
            content, name = file.read(READ_LIMIT), file.name or ""
            received.append(actions.receive(access=access, file=content, name=name))
        except UnreadableFileError as error:
            refused.append(str(error))
    return received, refused


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
    """The very file a batch was read from, to take away; never shown by the browser."""
    access = team_for(request, slug, Capability.RECORD)
    found = batch_in(access.team, batch)
    if not found.file_sha256:
        raise Http404
    try:
        content = read_kept(found.file_sha256)
    except FileNotFoundError:
        messages.error(request, _("「%(name)s」的原始文件已经不在了。") % {"name": found})
        return redirect("imports:list", slug)
    name = shown_name(found.file_name)
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


def _page(request: HttpRequest, access: Access, refused: Sequence[str] = ()) -> HttpResponse:
    ledger = ledger_of(access.team)
    batches = Paginator(ledger, PAGE).get_page(_page_number(ledger, request))
    today = timezone.localdate()
    words = {
        "access": access,
        "missing": still_missing(access.team, today),
        "closing": closing_windows(access.team, today),
        "batches": batches,
        "uploads": list(waiting_uploads(access.team)[:PAGE]),
        "refused": refused,
        "readable": [platform for platform in platforms().values() if platform.exports],
    }
    return render(request, "imports/list.html", words, status=422 if refused else 200)


def _page_number(ledger: QuerySet[Batch], request: HttpRequest) -> str | int | None:
    """The page asked for; of ``?batch=`` the one it stands on."""
    batch = request.GET.get("batch", "")
    if not batch.isdecimal() or "page" in request.GET:
        return request.GET.get("page")
    return ledger.filter(pk__gt=int(batch[:18])).count() // PAGE + 1
