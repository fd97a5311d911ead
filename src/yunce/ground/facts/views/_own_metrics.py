"""Metrics a team makes of others: a form, and what it would give on real data."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yunce.ground.facts.actions import save_metric
from yunce.ground.facts.forms import TeamMetricForm, unit_typed
from yunce.ground.facts.models import TeamMetric
from yunce.ground.facts.queries import versions_of
from yunce.ground.facts.queries.defining import catalogue_list
from yunce.ground.facts.queries.proposing import look
from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability

CHANGEABLE = ("name", "formula", "unit", "direction", "dimension", "meaning")


@require_http_methods(["GET", "HEAD", "POST"])
def new_metric(request: HttpRequest, slug: str) -> HttpResponse:
    access = team_for(request, slug, Capability.PLAN)
    form = TeamMetricForm(
        request.POST if request.method == "POST" else None,
        is_new=True,
        initial={"effective": timezone.localdate(), "unit": "percent"},
    )
    return _answered(request, access, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change_metric(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The next version of a team's own metric."""
    access = team_for(request, slug, Capability.PLAN)
    newest = versions_of(access.team, code).first()
    if newest is None:
        raise Http404
    known = {name: getattr(newest, name) for name in CHANGEABLE}
    form = TeamMetricForm(
        request.POST if request.method == "POST" else None,
        is_new=False,
        initial=known | {"effective": timezone.localdate()},
    )
    return _answered(request, access, form, newest)


@require_safe
def preview_metric(request: HttpRequest, slug: str) -> HttpResponse:
    """What is typed so far, counted on the team's last 30 days."""
    access = team_for(request, slug, Capability.PLAN)
    text = request.GET.get("formula", "").strip()
    seen = look(
        access.team,
        text=text,
        unit=unit_typed(request.GET.get("unit", "")),
        code=request.GET.get("changes", "")[:60],
    )
    words = {"access": access, "seen": seen, "is_empty": not text}
    return render(request, "facts/_preview.html", words)


def _answered(
    request: HttpRequest, access: Access, form: TeamMetricForm, newest: TeamMetric | None
) -> HttpResponse:
    if form.is_valid():
        try:
            saved = save_metric(access=access, values=form.cleaned_data, replaced=newest)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            words = {"name": saved.name, "version": saved.version}
            messages.success(request, _("已保存「%(name)s」第 %(version)d 版。") % words)
            return redirect("facts:metric", access.team.slug, saved.code)
    return _page(request, access, form, newest)


def _page(
    request: HttpRequest, access: Access, form: TeamMetricForm, newest: TeamMetric | None
) -> HttpResponse:
    text = str(form["formula"].value() or "")
    unit = unit_typed(str(form["unit"].value() or ""))
    code = newest.code if newest else ""
    words = {
        "access": access,
        "form": form,
        "newest": newest,
        "seen": look(access.team, text=text, unit=unit, code=code) if text else None,
        "is_empty": not text,
        "groups": catalogue_list(access.team, "").groups,
    }
    return render(request, "facts/own_metric.html", words, status=422 if form.errors else 200)
