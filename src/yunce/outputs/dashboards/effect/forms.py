"""Which deed is asked about, or which days; of which accounts, by which metric."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from yunce.engines.metrics import Metric
from yunce.ground.channels.models import Account
from yunce.loop.reviews.queries.deeds import Deed
from yunce.web.forms import PaperForm

WRONG = {"invalid_choice": _("没有这个选择，下面按平常的来。")}


class EffectForm(PaperForm):
    """GET fields. What is not said comes from the deed."""

    metric = forms.ChoiceField(label=_("看哪个指标"), required=False, error_messages=WRONG)
    start = forms.DateField(label=_("从"), required=False)
    end = forms.DateField(label=_("到"), required=False)
    accounts = forms.MultipleChoiceField(
        label=_("参加的账号"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages=WRONG,
    )

    def __init__(
        self, said: QueryDict, *, metrics: Sequence[Metric], accounts: Sequence[Account]
    ) -> None:
        super().__init__(said)
        self.fields["metric"].choices = [(each.code, each.name) for each in metrics]  # type: ignore[attr-defined]
        self.fields["accounts"].choices = [(str(each.pk), str(each)) for each in accounts]  # type: ignore[attr-defined]
        self._fit_dates()

    def _fit_dates(self) -> None:
        for name in ("start", "end"):
            widget = forms.DateInput(
                attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"
            )
            self.fields[name].widget = widget
            self.fields[name].error_messages["invalid"] = _("看不懂这个日期，请写成 2025-05-01。")

    def add_prefix(self, field_name: str) -> str:
        return {"start": "from", "end": "to", "accounts": "account"}.get(field_name, field_name)


def days_said(said: QueryDict, deed: Deed | None) -> tuple[date, date] | None:
    """The days of the address, else the deed's; None when neither says both."""
    start, end = _day(said.get("from", "")), _day(said.get("to", ""))
    if deed is not None:
        return start or deed.start, end or deed.end
    return (start, end) if start and end else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def usual_for_errors(form: EffectForm, data: QueryDict, metric: str) -> None:
    """What is shown is what was done: a metric there is not gives way to the usual one."""
    if "metric" in form.errors:
        data["metric"] = metric


def completed(said: QueryDict, **usual: Any) -> QueryDict:
    """The address with what it leaves open filled in, so that the form shows what was done."""
    data = said.copy()
    for name, value in usual.items():
        key = {"start": "from", "end": "to"}.get(name, name)
        if not data.get(key):
            data.setlist(key, value) if isinstance(value, list) else data.__setitem__(key, value)
    return data
