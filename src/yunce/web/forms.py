"""The look every form shares; a field is drawn by components/_field.html."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.widgets import CheckboxInput, Select


class PaperForm(forms.Form):
    """A form whose inputs carry the classes of the style sheet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", _class_of(field.widget))


def _class_of(widget: forms.Widget) -> str:
    if isinstance(widget, CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(widget, Select) else "form-control"
