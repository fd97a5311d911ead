"""Coming into a team: by an invitation link, or by making a team."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yunce.ground.teams import actions
from yunce.ground.teams.forms import JoinForm, TeamForm, taken_slugs
from yunce.ground.teams.models import Invitation, User
from yunce.ground.teams.queries import invitation_for, may_create_team, signed_in_user, teams_of
from yunce.ground.teams.rules import SecretState, slug_from
from yunce.ground.teams.views.signing_in import BACKEND, GONE


@sensitive_post_parameters("password")
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    invitation, state = invitation_for(token)
    if invitation is None or state is not SecretState.OPEN:
        return _spent(request, state)
    try:
        if isinstance(request.user, User):
            return _join_as(request, token, invitation, request.user)
        return _join_anew(request, token, invitation)
    except actions.SpentLinkError as error:
        return _spent(request, error.state)


def _join_as(request: HttpRequest, token: str, invitation: Invitation, user: User) -> HttpResponse:
    words = {"invitation": invitation, "in_already": invitation.team in teams_of(user)}
    if request.method != "POST" or words["in_already"]:
        return render(request, "teams/join_signed_in.html", words)
    actions.join_team(token=token, user=user)
    messages.success(request, _("你已加入「%(team)s」。") % {"team": invitation.team})
    return redirect("/")


def _join_anew(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    form = JoinForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            member = actions.join_as_new_person(token=token, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            login(request, member.user, backend=BACKEND)
            messages.success(request, _("欢迎加入「%(team)s」。") % {"team": invitation.team})
            return redirect("/")
    words = {"form": form, "invitation": invitation}
    return render(request, "teams/join.html", words, status=422 if form.errors else 200)


def _spent(request: HttpRequest, state: SecretState) -> HttpResponse:
    status = 404 if state is SecretState.UNKNOWN else GONE
    return render(request, "teams/invitation_spent.html", {"state": state}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    user = signed_in_user(request)
    if not may_create_team(user):
        raise PermissionDenied(_("你还不在任何团队里。请向团队的管理员要一个邀请链接。"))
    suggested = {"slug": slug_from("", taken_slugs())}
    form = TeamForm(request.POST if request.method == "POST" else None, initial=suggested)
    if form.is_valid():
        try:
            actions.create_team(by=user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("channels:accounts", form.cleaned_data["slug"])
    words = {"form": form, "first": not teams_of(user).exists()}
    return render(request, "teams/create.html", words, status=422 if form.errors else 200)
