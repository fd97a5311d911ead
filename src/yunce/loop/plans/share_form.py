"""The form of a share link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yunce.loop.plans.models import SharedColumn
from yunce.web.forms import PaperForm

DAYS = (7, 14, 30, 60, 90)
USUAL_DAYS = 30
# What another department needs to work along; targets are shown on purpose only.
USUAL_COLUMNS = (
    SharedColumn.DIMENSION,
    SharedColumn.TITLE,
    SharedColumn.OWNERS,
    SharedColumn.NODES,
    SharedColumn.STANDARD,
)


class ShareForm(PaperForm):
    """Whom a month's plan is shown to, which columns of it, and how long."""

    recipient = forms.CharField(
        label=gettext_lazy("给谁看"),
        max_length=40,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("例如：设计部")}),
        error_messages={"required": gettext_lazy("写上给谁看，例如「设计部」，以后好认。")},
    )
    days = forms.TypedChoiceField(label=gettext_lazy("有效期"), coerce=int, initial=USUAL_DAYS)
    columns = forms.MultipleChoiceField(
        label=gettext_lazy("给对方看哪几列"),
        choices=SharedColumn.choices,
        initial=[column.value for column in USUAL_COLUMNS],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={"required": gettext_lazy("至少选一列给对方看。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = self.fields["days"]
        assert isinstance(days, forms.TypedChoiceField)  # noqa: S101  narrows the field
        days.choices = [(number, _("%s 天") % number) for number in DAYS]
