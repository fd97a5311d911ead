"""In and out: by password, or once by link."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from yunce.ground.teams.actions import SpentLinkError, use_sign_in_link
from yunce.ground.teams.forms import SignInForm
from yunce.ground.teams.models import User
from yunce.ground.teams.queries import has_team, may_create_team, sign_in_link_for
from yunce.ground.teams.rules import SecretState

BACKEND = "django.contrib.auth.backends.ModelBackend"  # whose session it is, however they came in
REST = timedelta(minutes=15)  # as AXES_COOLOFF_TIME says
GONE = 410


@sensitive_post_parameters("password")
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if isinstance(request.user, User):
        return redirect(after_sign_in(request, request.user, wanted))
    form = SignInForm(request, data=request.POST if request.method == "POST" else None)
    if form.is_valid():
        user = form.get_user()
        login(request, user)
        return redirect(after_sign_in(request, user, wanted))
    words = {"form": form, "next": wanted}
    return render(request, "teams/sign_in.html", words, status=422 if form.errors else 200)


def after_sign_in(request: HttpRequest, user: User, wanted: str = "") -> str:
    """Where the person wanted to go, if it is here; without a team: to make one."""
    here = {request.get_host()}
    if wanted and url_has_allowed_host_and_scheme(wanted, here, require_https=request.is_secure()):
        return wanted
    if not has_team(user) and may_create_team(user):
        return resolve_url("teams:create")
    return "/"


def locked_out(request: HttpRequest, response: Any, credentials: Any) -> HttpResponse:
    """What django-axes shows after too many wrong passwords (AXES_LOCKOUT_CALLABLE)."""
    # Every further try starts the rest anew, so this is counted from now; up to the full minute.
    again = timezone.localtime() + REST + timedelta(minutes=1)
    return render(request, "teams/locked_out.html", {"again": again}, status=429)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, _("已退出。"))
    return redirect("teams:sign-in")


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """GET only looks: mail and chat scanners open links too. The button spends it."""
    found, state = sign_in_link_for(token)
    if found is None or state is not SecretState.OPEN:
        return _spent(request, state)
    if request.method != "POST":
        return render(request, "teams/link.html", {"person": found.user})
    try:
        user = use_sign_in_link(token=token)
    except SpentLinkError as error:
        return _spent(request, error.state)
    login(request, user, backend=BACKEND)
    if user.has_usable_password():
        return redirect(after_sign_in(request, user))
    return redirect("teams:password")


def _spent(request: HttpRequest, state: SecretState) -> HttpResponse:
    status = 404 if state is SecretState.UNKNOWN else GONE
    return render(request, "teams/link_spent.html", {"state": state}, status=status)
