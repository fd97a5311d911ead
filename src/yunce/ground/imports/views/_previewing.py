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
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from yunce.engines.metrics import MetricsError
from yunce.engines.platforms import UnreadableFileError
from yunce.ground.channels.actions import add_account as add_team_account
from yunce.ground.channels.models import Account
from yunce.ground.channels.queries import accounts_of
from yunce.ground.facts.actions import MonthClosedError, Recorded
from yunce.ground.imports import actions
from yunce.ground.imports.choosing import sheet_choices
from yunce.ground.imports.forms import DescribeForm, NewAccountForm
from yunce.ground.imports.models import Upload, UploadState
from yunce.ground.imports.outcome import outcome_of
from yunce.ground.imports.queries import Look, batch_in, peeked, upload_in
from yunce.ground.imports.showing import raw_top
from yunce.ground.imports.standing import standings
from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, slug: str, upload: int) -> HttpResponse:
    """What would happen; a POST says whose the file is, when it was taken, what its sheets are."""
    tells = request.method == "POST"
    access = team_for(request, slug, Capability.RECORD if tells else Capability.SEE_ALL)
    found = upload_in(access.team, upload)
    if found.batch_id:
        words = {"access": access, "upload": found, "outcome": outcome_of(access.team, [found])}
        return render(request, "imports/result.html", words)
    return _described(request, access, found) if tells else _page(request, access, found)


def _described(request: HttpRequest, access: Access, upload: Upload) -> HttpResponse:
    look, today = _look(upload), timezone.localdate()
    if look is None:
        return redirect("imports:preview", access.team.slug, upload.pk)
    form = _describe_form(access, upload, look, request.POST)
    if not form.is_valid():
        return _page(request, access, upload, form=form)
    try:
        actions.describe(access=access, upload=upload, **form.cleaned_data)
        chosen = _chosen_sheets(look, request.POST)
        if chosen != {sheet.key: sheet.choice for sheet in look.sheets}:
            actions.choose_sheets(access=access, upload=upload, sheets=chosen)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, access, upload, form=form)
    actions.look_again(upload, today=today)
    return redirect("imports:preview", access.team.slug, upload.pk)


def _chosen_sheets(look: Look, posted: Any) -> dict[str, str]:
    return {
        sheet.key: posted.get(f"sheet-{number}", sheet.choice)
        for number, sheet in enumerate(look.sheets)
    }


@require_POST
def settle(request: HttpRequest, slug: str, upload: int) -> HttpResponse:
    """Which of several values counts."""
    access = team_for(request, slug, Capability.RECORD)
    found = upload_in(access.team, upload)
    decisions = {
        name.removeprefix("dispute-"): str(value)
        for name, value in request.POST.items()
        if name.startswith("dispute-")
    }
    try:
        actions.settle(access=access, upload=found, decisions=decisions)
    except ValidationError as error:
        return _page(request, access, found, refused=" ".join(error.messages))
    actions.look_again(found, today=timezone.localdate())
    return redirect("imports:preview", slug, upload)


@require_POST
def forget(request: HttpRequest, slug: str, upload: int) -> HttpResponse:
    """Back to what we would take the file for by ourselves."""
    access = team_for(request, slug, Capability.RECORD)
    found = upload_in(access.team, upload)
    try:
        actions.recognise_again(access=access, upload=found)
    except ValidationError as error:
        return _page(request, access, found, refused=" ".join(error.messages))
    actions.look_again(found, today=timezone.localdate())
    return redirect("imports:preview", slug, upload)


@require_POST
def commit(request: HttpRequest, slug: str, upload: int) -> HttpResponse:
    access = team_for(request, slug, Capability.RECORD)
    found = upload_in(access.team, upload)
    seen, today = request.POST.get("seen", ""), timezone.localdate()
    try:
        done = actions.press(access=access, upload=found, today=today, seen=seen)
    except actions.AlreadyImportedError as error:
        messages.info(request, str(error))
    except (
        actions.ImportRefusedError,
        MonthClosedError,
        MetricsError,
        UnreadableFileError,
    ) as error:
        return _page(request, access, found, refused=str(error))
    else:
        if done:
            _tell(request, access, done)
    return redirect("imports:preview", slug, upload)


def _tell(request: HttpRequest, access: Access, done: Recorded) -> None:
    counts = done.comparison
    words = {"added": counts.added, "updated": len(counts.changed), "same": counts.unchanged}
    if done.batch is None:
        messages.info(request, _("没有变化：%(same)d 个数都已经在了。") % words)
        return
    undo_url = reverse("imports:undo", args=[access.team.slug, done.batch.pk])
    sentence = _("已导入：新增 %(added)d 个数，更新 %(updated)d 个，不变 %(same)d 个。")
    messages.success(request, sentence % words, extra_tags=undo_url)


@require_safe
def stage(request: HttpRequest, slug: str, upload: int) -> HttpResponse:
    """How far the jobs thread is; when it is through, the page is asked for anew."""
    access = team_for(request, slug, Capability.SEE_ALL)
    found = upload_in(access.team, upload)
    if not found.is_busy:
        return HttpResponseClientRedirect(reverse("imports:preview", args=[slug, upload]))
    words = {"access": access, "upload": found, "standing": standings([found])[0]}
    return render(request, "imports/_stage.html", words)


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
    look, form = _look(found), NewAccountForm(request.POST)
    if look is None:
        return redirect("imports:preview", slug, upload)
    if not form.is_valid():
        return _page(request, access, found, new_account=form)
    try:
        account = add_team_account(
            access=access, platform=look.platform_key, name=form.cleaned_data["name"]
        )
        actions.describe(
            access=access, upload=found, account=account, captured_on=found.captured_on
        )
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, access, found, new_account=form)
    actions.look_again(found, today=timezone.localdate())
    return redirect("imports:preview", slug, upload)


def _look(upload: Upload) -> Look | None:
    try:
        return actions.look(upload, today=timezone.localdate())
    except UnreadableFileError:
        return None


def _describe_form(access: Access, upload: Upload, look: Look, data: Any = None) -> DescribeForm:
    accounts: list[Account] = [a for a in accounts_of(access.team) if a.pk in look.candidates]
    return DescribeForm(
        data,
        accounts=accounts,
        today=timezone.localdate(),
        initial={"account": look.account_number or "", "captured_on": upload.captured_on},
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
    if upload.stage == UploadState.FAILED:
        return render(request, "imports/unreadable.html", words | {"sentence": upload.sentence})
    try:
        look = actions.look(upload, today=timezone.localdate())
        if look is None:
            words |= {"standing": standings([upload])[0], "top": raw_top(peeked(upload))}
            return render(request, "imports/busy.html", words)
    except UnreadableFileError as error:
        return render(request, "imports/unreadable.html", words | {"sentence": str(error)})
    words |= {
        "look": look,
        "choices": sheet_choices(look),
        "repeated": batch_in(access.team, look.repeated) if look.repeated else None,
        "form": form or _describe_form(access, upload, look),
        "new_account": new_account or NewAccountForm(),
    }
    status = 422 if (form or new_account) else 409 if refused else 200
    return render(request, "imports/preview.html", words, status=status)
