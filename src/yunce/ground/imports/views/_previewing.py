"""One file: looked at, told about, brought in or put aside."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yunce.engines.metrics import MetricsError
from yunce.engines.platforms import UnreadableFileError
from yunce.ground.channels.actions import add_account as add_team_account
from yunce.ground.facts.actions import MonthClosedError, Recorded
from yunce.ground.imports import actions
from yunce.ground.imports.forms import DescribeForm, NewAccountForm
from yunce.ground.imports.models import Upload
from yunce.ground.imports.queries import Preview, upload_in
from yunce.ground.imports.queries import preview as preview_of
from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, slug: str, upload: int) -> HttpResponse:
    """What would happen; a POST says whose the file is and when it was taken."""
    tells = request.method == "POST"
    access = team_for(request, slug, Capability.RECORD if tells else Capability.SEE_ALL)
    found = upload_in(access.team, upload)
    if found.batch:
        return render(request, "imports/result.html", {"access": access, "upload": found})
    return _described(request, access, found) if tells else _page(request, access, found)


def _described(request: HttpRequest, access: Access, upload: Upload) -> HttpResponse:
    looked = preview_of(upload, timezone.localdate())
    form = _describe_form(upload, looked, request.POST)
    if not form.is_valid():
        return _page(request, access, upload, form=form)
    try:
        actions.describe(access=access, upload=upload, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, access, upload, form=form)
    return redirect("imports:preview", access.team.slug, upload.pk)


@require_POST
def commit(request: HttpRequest, slug: str, upload: int) -> HttpResponse:
    access = team_for(request, slug, Capability.RECORD)
    found = upload_in(access.team, upload)
    try:
        done = actions.commit(access=access, upload=found, today=timezone.localdate())
    except actions.AlreadyImportedError as error:
        messages.info(request, str(error))
    except (actions.ImportRefusedError, MonthClosedError, MetricsError) as error:
        return _page(request, access, found, refused=str(error))
    else:
        _tell(request, access, found, done)
    return redirect("imports:preview", slug, upload)


def _tell(request: HttpRequest, access: Access, upload: Upload, done: Recorded) -> None:
    counts = done.comparison
    words = {"added": counts.added, "updated": len(counts.changed), "same": counts.unchanged}
    if done.batch is None:
        messages.info(request, _("没有变化：%(same)d 个数都已经在了。") % words)
        return
    undo_url = reverse("imports:undo", args=[access.team.slug, done.batch.pk])
    sentence = _("已导入：新增 %(added)d 个数，更新 %(updated)d 个，不变 %(same)d 个。")
    messages.success(request, sentence % words, extra_tags=undo_url)


@require_POST
def discard(request: HttpRequest, slug: str, upload: int) -> HttpResponse:
    access = team_for(request, slug, Capability.RECORD)
    found = upload_in(access.team, upload)
    actions.discard(access=access, upload=found)
    messages.success(request, _("已移出等待列表：%(name)s") % {"name": found.name})
    return redirect("imports:list", slug)


@require_POST
def add_account(request: HttpRequest, slug: str, upload: int) -> HttpResponse:
    """The missing account, made where it is missed."""
    access = team_for(request, slug, Capability.PLAN)
    found = upload_in(access.team, upload)
    looked = preview_of(found, timezone.localdate())
    form = NewAccountForm(request.POST)
    if not form.is_valid():
        return _page(request, access, found, new_account=form)
    try:
        account = add_team_account(
            access=access, platform=looked.reading.platform, name=form.cleaned_data["name"]
        )
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, access, found, new_account=form)
    actions.describe(access=access, upload=found, account=account, captured_on=found.captured_on)
    return redirect("imports:preview", slug, upload)


def _describe_form(upload: Upload, looked: Preview, data: Any = None) -> DescribeForm:
    chosen = looked.account.pk if looked.account else ""
    return DescribeForm(
        data,
        accounts=looked.accounts,
        today=timezone.localdate(),
        initial={"account": chosen, "captured_on": upload.captured_on},
    )


def _page(
    request: HttpRequest,
    access: Access,
    upload: Upload,
    *,
    form: DescribeForm | None = None,
    new_account: NewAccountForm | None = None,
    refused: str = "",
) -> HttpResponse:
    words: dict[str, Any] = {"access": access, "upload": upload, "refused": refused}
    try:
        looked = preview_of(upload, timezone.localdate())
    except UnreadableFileError as error:
        return render(request, "imports/unreadable.html", words | {"sentence": str(error)})
    words |= {
        "preview": looked,
        "form": form or _describe_form(upload, looked),
        "new_account": new_account or NewAccountForm(),
    }
    status = 422 if (form or new_account) else 409 if refused else 200
    return render(request, "imports/preview.html", words, status=status)
