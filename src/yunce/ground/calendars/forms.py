"""Typing in days, leave and hours."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yunce.ground.calendars.models import Effect
from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import Access, members_of
from yunce.web.forms import PaperForm


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("日期请写成 2025-05-01。")},
    )


class DayForm(PaperForm):
    """A day of the team's own."""

    name = forms.CharField(label=_("名称"), max_length=20)
    first = _day(_("从"))
    last = _day(_("到"))
    effect = forms.ChoiceField(label=_("这几天"), choices=Effect.choices)


class LeaveForm(PaperForm):
    """Who is away, and when; people who do not plan may only choose themselves."""

    member = forms.ModelChoiceField(label=_("谁"), queryset=Member.objects.none(), empty_label=None)
    first = _day(_("从"))
    last = _day(_("到"))
    is_half = forms.BooleanField(label=_("每天只请半天"), required=False)
    note = forms.CharField(label=_("说明"), max_length=40, required=False)

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = members_of(access.team)
        field = self.fields["member"]
        field.queryset = people if access.may_plan else people.filter(pk=access.member.pk)  # type: ignore[attr-defined]
        field.initial = access.member


class WorkingTimeForm(PaperForm):
    """Hours a day, and how many per cent of them the plan may use."""

    hours = forms.DecimalField(label=_("每天工时"), max_digits=4, decimal_places=2)
    percent = forms.DecimalField(label=_("可投入（%）"), max_digits=5, decimal_places=2)

    def clean_percent(self) -> Decimal:
        percent: Decimal = self.cleaned_data["percent"]
        if not 0 <= percent <= 100:
            raise ValidationError(_("可投入比例应在 0% 到 100% 之间。"))
        return percent / 100
