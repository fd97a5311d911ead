"""What the team taught of tables nobody knows: named, shared, forgotten."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yunce.ground.imports import actions
from yunce.ground.imports.queries import mapping_in
from yunce.ground.imports.queries.taught import MAX_FILE, layout_file, taught
from yunce.ground.imports.sharing import MappingFileError
from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability


@require_safe
def mappings(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, team_for(request, slug, Capability.SEE_ALL))


@require_POST
def rename_mapping(request: HttpRequest, slug: str, saved: int) -> HttpResponse:
    access = team_for(request, slug, Capability.RECORD)
    found = mapping_in(access.team, saved)
    try:
        actions.rename_mapping(access=access, saved=found, name=request.POST.get("name", ""))
    except ValidationError as error:
        return _page(request, access, error.messages)
    messages.success(request, _("已改名为「%(name)s」。") % {"name": found.name})
    return redirect("imports:mappings", slug)


@require_POST
def remove_mapping(request: HttpRequest, slug: str, saved: int) -> HttpResponse:
    access = team_for(request, slug, Capability.RECORD)
    found = mapping_in(access.team, saved)
    name = str(found)
    actions.remove_mapping(access=access, saved=found)
    messages.success(request, _("已删除「%(name)s」，导入过的数不变。") % {"name": name})
    return redirect("imports:mappings", slug)


@require_safe
def share_mapping(request: HttpRequest, slug: str, saved: int) -> HttpResponse:
    """The layout as a file, for another team or another Yunce."""
    access = team_for(request, slug, Capability.RECORD)
    found = mapping_in(access.team, saved)
    try:
        return layout_file(access.team, found).response()
    except MappingFileError as error:
        return _page(request, access, error.sentences)


@require_POST
def take_mapping(request: HttpRequest, slug: str) -> HttpResponse:
    access = team_for(request, slug, Capability.RECORD)
    file = request.FILES.get("file")
    if file is None:
        return _page(request, access, [_("没有选择文件。请选别人分享的 .json 文件。")])
    try:
        saved = actions.take_mapping(access=access, content=file.read(MAX_FILE + 1))
    except MappingFileError as error:
        return _page(request, access, error.sentences)
    sentence = _("已存下「%(name)s」，同样表头的文件会自动认出。")
    messages.success(request, sentence % {"name": saved})
    return redirect("imports:mappings", slug)


def _page(request: HttpRequest, access: Access, refused: Sequence[str] = ()) -> HttpResponse:
    words = {
        "access": access,
        "rows": taught(access.team),
        "refused": refused,
    }
    return render(request, "imports/mappings.html", words, status=422 if refused else 200)
