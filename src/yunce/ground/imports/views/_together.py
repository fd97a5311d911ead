"""Several waiting files at once: brought in or put aside with one press; what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yunce.ground.facts.actions import MonthClosedError
from yunce.ground.imports import actions
from yunce.ground.imports.models import Upload
from yunce.ground.imports.outcome import outcome_of
from yunce.ground.imports.queries import batch_in, uploads_in, waiting_uploads
from yunce.ground.imports.rules import shown_name
from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability

MOST = 500  # files in one press


@require_POST
def together(request: HttpRequest, slug: str) -> HttpResponse:
    """Every chosen file by itself: one batch each, all of it or nothing."""
    access = team_for(request, slug, Capability.RECORD)
    chosen = list(waiting_uploads(access.team).filter(pk__in=_numbers(request.POST)))
    if not chosen:
        messages.error(request, _("没有选中文件。请先勾选，再按按钮。"))
        return redirect("imports:list", slug)
    if request.POST.get("intent") == "discard":
        return _put_aside(request, access, chosen)
    clear = [upload for upload in chosen if upload.may_go_in]
    if not clear:
        messages.error(request, _("选中的文件都还要先看一下，没有导入。请逐个点开。"))
        return redirect("imports:list", slug)
    pressed = actions.press_all(access=access, uploads=clear, today=timezone.localdate())
    for upload, why in pressed.refused:
        messages.error(request, _("「%(name)s」没有导入：%(why)s") % {"name": upload, "why": why})
    return redirect(_address(access, clear))


def _put_aside(request: HttpRequest, access: Access, chosen: Sequence[Upload]) -> HttpResponse:
    for upload in chosen:
        actions.discard(access=access, upload=upload)
    messages.success(request, _("移出了 %(count)d 个文件。") % {"count": len(chosen)})
    return redirect("imports:list", access.team.slug)


@require_safe
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """What one press brought in, where to see it, and the way back."""
    access = team_for(request, slug, Capability.SEE_ALL)
    uploads = list(uploads_in(access.team, _numbers(request.GET)))
    if not uploads:
        return redirect("imports:list", slug)
    outcome = outcome_of(access.team, uploads)
    words = {"access": access, "outcome": outcome, "address": _address(access, uploads)}
    part = request.headers.get("HX-Request") == "true"
    return render(request, "imports/_results.html" if part else "imports/results.html", words)


@require_POST
def undo_together(request: HttpRequest, slug: str) -> HttpResponse:
    """Every batch of one press is taken back, the newest first."""
    access = team_for(request, slug, Capability.RECORD)
    batches = [batch_in(access.team, number) for number in _numbers(request.POST)]
    undone = 0
    for batch in sorted(batches, key=lambda each: -each.pk):
        try:
            actions.undo(access=access, batch=batch)
        except MonthClosedError as error:
            name = shown_name(batch.file_name)
            messages.error(request, _("「%(name)s」：%(why)s") % {"name": name, "why": error})
        else:
            undone += 1
    messages.success(request, _("已撤销 %(count)d 批，数据恢复到导入之前。") % {"count": undone})
    return redirect("imports:list", slug)


def _numbers(data: object) -> list[int]:
    """The numbers chosen, in a form or in the address."""
    chosen: list[str] = data.getlist("chosen")  # type: ignore[attr-defined]
    return [int(number[:18]) for number in chosen[:MOST] if number.isdecimal()]


def _address(access: Access, uploads: Sequence[Upload]) -> str:
    chosen = urlencode([("chosen", upload.pk) for upload in uploads])
    return f"{reverse('imports:results', args=[access.team.slug])}?{chosen}"
