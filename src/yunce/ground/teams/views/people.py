"""A team's people: who is in, who is invited, who may do what."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yunce.ground.teams import actions
from yunce.ground.teams.forms import MemberForm
from yunce.ground.teams.models import Invitation
from yunce.ground.teams.queries import Access, members_of, open_invitations, team_for
from yunce.ground.teams.rules import Capability


@require_safe
def people(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, team_for(request, slug, Capability.SEE_ALL))


@never_cache
@require_POST
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """No redirect: the link is on this one answer and nowhere else."""
    access = team_for(request, slug, Capability.MANAGE)
    form = MemberForm(request.POST)
    if not form.is_valid():
        return _page(request, access, form=form)
    invitation, token = actions.invite(access=access, **form.cleaned_data)
    link = request.build_absolute_uri(reverse("teams:join", args=[token]))
    return _page(request, access, new_invitation=invitation, link=link)


@require_POST
def revoke_invitation(request: HttpRequest, slug: str, invitation_id: int) -> HttpResponse:
    access = team_for(request, slug, Capability.MANAGE)
    invitation = get_object_or_404(Invitation, team=access.team, pk=invitation_id)
    actions.revoke_invitation(access=access, invitation=invitation)
    messages.success(request, _("邀请已撤销，那个链接打不开了。"))
    return redirect("teams:people", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, slug: str, member_id: int) -> HttpResponse:
    """One member's role and position."""
    access = team_for(request, slug, Capability.MANAGE)
    member = get_object_or_404(members_of(access.team), pk=member_id)
    known = {"role": member.role, "position": member.position}
    form = MemberForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        try:
            actions.change_member(access=access, member=member, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("已保存 %(name)s 的角色。") % {"name": member.user.name})
            return redirect(after_change(access, member.user_id, form.cleaned_data["role"]))
    words = {"access": access, "member": member, "form": form}
    return render(request, "teams/member.html", words, status=422 if form.errors else 200)


def after_change(access: Access, user_id: int, role: str) -> str:
    """Who has made a guest of themselves may not see the list any more."""
    if user_id == access.user.pk and role == "guest":
        return "/"
    return reverse("teams:people", args=[access.team.slug])


@require_POST
def remove_member(request: HttpRequest, slug: str, member_id: int) -> HttpResponse:
    access = team_for(request, slug, Capability.MANAGE)
    member = get_object_or_404(members_of(access.team), pk=member_id)
    try:
        actions.remove_member(access=access, member=member)
    except ValidationError as error:
        return _page(request, access, problem=" ".join(error.messages))
    name = member.user.name
    messages.success(request, _("%(name)s 已移出团队，过去的任务和记录都保留。") % {"name": name})
    if member.user_id == access.user.pk:
        return redirect("/")
    return redirect("teams:people", slug)


def _page(request: HttpRequest, access: Access, **words: Any) -> HttpResponse:
    page = {
        "access": access,
        "members": [*members_of(access.team)],
        "invitations": open_invitations(access.team) if access.may_manage else (),
        "form": MemberForm(),
        **words,
    }
    wrong = page["form"].errors or page.get("problem")
    return render(request, "teams/people.html", page, status=422 if wrong else 200)
