"""A file's long lists, to page and to keep: what is wrong with it, what it would change."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yunce.engines.documents import CONTENT_TYPES, Outline, write_xlsx
from yunce.engines.platforms import UnreadableFileError
from yunce.ground.imports.listing import changes_outline, problems_outline
from yunce.ground.imports.looks import PAGE
from yunce.ground.imports.models import Upload
from yunce.ground.imports.queries import changes_of, problems_of, upload_in
from yunce.ground.teams.queries import team_for
from yunce.ground.teams.rules import Capability
from yunce.web.attachments import Attachment


@require_safe
def problems(request: HttpRequest, slug: str, upload: int) -> HttpResponse:
    """One page of them; with ``?as=xlsx`` all of them as a workbook."""
    access = team_for(request, slug, Capability.SEE_ALL)
    found = upload_in(access.team, upload)
    if not _is_open(found):
        return redirect("imports:preview", slug, upload)
    try:
        everything = problems_of(found, timezone.localdate())
    except UnreadableFileError:
        return redirect("imports:preview", slug, upload)
    if request.GET.get("as") == "xlsx":
        return _workbook(problems_outline(found, everything, made=timezone.localtime()))
    page = Paginator(everything, PAGE).get_page(request.GET.get("page"))
    words = {"access": access, "upload": found, "page": page, "problems": page.object_list}
    return render(request, "imports/problems.html", words)


@require_safe
def changes(request: HttpRequest, slug: str, upload: int) -> HttpResponse:
    """One page of them; with ``?as=xlsx`` all of them as a workbook."""
    access = team_for(request, slug, Capability.SEE_ALL)
    found = upload_in(access.team, upload)
    if not _is_open(found):
        return redirect("imports:preview", slug, upload)
    try:
        everything = changes_of(found, timezone.localdate())
    except UnreadableFileError:
        return redirect("imports:preview", slug, upload)
    if request.GET.get("as") == "xlsx":
        return _workbook(changes_outline(found, everything, made=timezone.localtime()))
    page = Paginator(everything, PAGE).get_page(request.GET.get("page"))
    words = {"access": access, "upload": found, "page": page, "changes": page.object_list}
    return render(request, "imports/changes.html", words)


def _is_open(upload: Upload) -> bool:
    """Of a file that is in or on its way there is nothing to list; its page says what is."""
    return upload.batch_id is None and not upload.is_busy


def _workbook(outline: Outline) -> HttpResponse:
    name = _("%(title)s.xlsx") % {"title": outline.title}
    return Attachment(name, write_xlsx(outline), CONTENT_TYPES["xlsx"]).response()
