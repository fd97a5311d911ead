"""The calendar's page and what is posted to it."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yunce.ground.calendars import actions
from yunce.ground.calendars.forms import DayForm, LeaveForm, WorkingTimeForm
from yunce.ground.calendars.queries import leave_in, month_calendar, own_day_in, own_days_of
from yunce.ground.teams.queries import Access, members_of, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month


@require_safe
def calendar(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    """The month, day by day."""
    return _page(request, team_for(request, slug, Capability.SEE_PLAN), month)


@require_POST
def add_day(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    access = team_for(request, slug, Capability.PLAN)
    form = DayForm(request.POST)
    return _saved(request, access, month, form=form, save=actions.add_day, of="days")


@require_POST
def add_leave(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    access = team_for(request, slug, Capability.RECORD)
    form = LeaveForm(request.POST, access=access)
    return _saved(request, access, month, form=form, save=actions.add_leave, of="leave")


@require_POST
def remove_day(request: HttpRequest, slug: str, month: Month, day_id: int) -> HttpResponse:
    access = team_for(request, slug, Capability.PLAN)
    day = own_day_in(access.team, day_id)
    actions.remove_day(access=access, day=day)
    messages.success(request, _("已删除「%(name)s」。") % {"name": day.name})
    return redirect("calendars:month", slug, month)


@require_POST
def remove_leave(request: HttpRequest, slug: str, month: Month, leave_id: int) -> HttpResponse:
    access = team_for(request, slug, Capability.RECORD)
    leave = leave_in(access.team, leave_id)
    actions.remove_leave(access=access, leave=leave)
    messages.success(request, _("已取消 %(name)s 的请假。") % {"name": leave.member.user.name})
    return redirect("calendars:month", slug, month)


@require_POST
def working_time(request: HttpRequest, slug: str, month: Month, member_id: int) -> HttpResponse:
    access = team_for(request, slug, Capability.PLAN)
    member = get_object_or_404(members_of(access.team), pk=member_id)
    form = WorkingTimeForm(request.POST)
    if not form.is_valid():
        said = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return _page(request, access, month, wrong={member.pk: said})
    hours, share = form.cleaned_data["hours"], form.cleaned_data["percent"]
    try:
        actions.set_working_time(access=access, member=member, hours=hours, share=share)
    except ValidationError as error:
        return _page(request, access, month, wrong={member.pk: " ".join(error.messages)})
    messages.success(request, _("已保存 %(name)s 的工时。") % {"name": member.user.name})
    return redirect("calendars:month", slug, month)


def _saved(
    request: HttpRequest,
    access: Access,
    month: Month,
    *,
    form: forms.Form,
    save: Callable[..., object],
    of: str,
) -> HttpResponse:
    """Write a form; what is wrong with it is said beside its fields, with what was typed."""
    if not form.is_valid():
        return _page(request, access, month, wrong_form={of: form})
    try:
        save(access=access, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, access, month, wrong_form={of: form})
    messages.success(request, _("已记入日历。"))
    return redirect("calendars:month", access.team.slug, month)


def _page(
    request: HttpRequest,
    access: Access,
    month: Month,
    *,
    wrong_form: dict[str, forms.Form] | None = None,
    wrong: dict[int, str] | None = None,
) -> HttpResponse:
    span = {"first": month.first, "last": month.first}
    forms_now = {
        "days": DayForm(initial=span),
        "leave": LeaveForm(access=access, initial=span),
        **(wrong_form or {}),
    }
    words = {
        "access": access,
        "month": month,
        "page": month_calendar(access.team, month),
        "own_days": own_days_of(access.team).filter(last__gte=month.first),
        "day_form": forms_now["days"],
        "leave_form": forms_now["leave"],
        "wrong": wrong or {},
    }
    status = 422 if wrong_form or wrong else 200
    return render(request, "calendars/month.html", words, status=status)
