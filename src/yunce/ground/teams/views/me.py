"""A person's own page: name, password, API tokens."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from yunce.ground.teams import actions
from yunce.ground.teams.forms import NameForm, PasswordForm, TokenForm
from yunce.ground.teams.models import User
from yunce.ground.teams.queries import api_tokens_of, signed_in_user, teams_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """The page; a POST changes the name."""
    user = signed_in_user(request)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": user.name})
    if not form.is_valid():
        return _page(request, user, name_form=form)
    actions.change_name(user=user, name=form.cleaned_data["name"])
    messages.success(request, _("姓名已改为「%(name)s」。") % {"name": user.name})
    return redirect("teams:me")


@sensitive_post_parameters("old", "new")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """A page of its own: who came by a link is asked here for a password, and may skip it."""
    user = signed_in_user(request)
    form = PasswordForm(request.POST if request.method == "POST" else None, user=user)
    if not form.is_valid():
        words = {"form": form, "first": not user.has_usable_password()}
        return render(request, "teams/password.html", words, status=422 if form.errors else 200)
    actions.change_password(user=user, password=form.cleaned_data["new"])
    update_session_auth_hash(request, user)  # this session stays, all others end
    messages.success(request, _("密码已设好。其他设备上的登录都已退出。"))
    return redirect("/")


@never_cache
@require_POST
def create_token(request: HttpRequest) -> HttpResponse:
    """No redirect: the plain token is on this one answer and nowhere else."""
    user = signed_in_user(request)
    form = TokenForm(request.POST, auto_id="token_%s")
    if not form.is_valid():
        return _page(request, user, token_form=form)
    token, plain = actions.create_api_token(user, form.cleaned_data["name"])
    return _page(request, user, new_token=token, plain=plain)


@require_POST
def revoke_token(request: HttpRequest, token_id: int) -> HttpResponse:
    user = signed_in_user(request)
    token = get_object_or_404(api_tokens_of(user), pk=token_id)
    actions.revoke_api_token(by=user, token=token)
    messages.success(request, _("令牌「%(name)s」已停用，立刻失效。") % {"name": token.name})
    return redirect("teams:me")


def _page(request: HttpRequest, user: User, **words: Any) -> HttpResponse:
    page: dict[str, Any] = {
        "name_form": NameForm(initial={"name": user.name}),
        "token_form": TokenForm(auto_id="token_%s"),
        "tokens": api_tokens_of(user),
        "teams": teams_of(user),
        **words,
    }
    wrong = page["name_form"].errors or page["token_form"].errors
    return render(request, "teams/me.html", page, status=422 if wrong else 200)
