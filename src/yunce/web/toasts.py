"""The toast that says what was done and offers to undo it."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest
from django.template.loader import render_to_string


def toast(
    request: HttpRequest,
    message: str,
    *,
    undo_url: str = "",
    undo_fields: Mapping[str, object] | None = None,
) -> str:
    """HTML to append after a fragment: htmx puts it into #toasts (out of band).

    ``undo_fields`` are posted to ``undo_url`` as hidden inputs when the person presses 撤销 or Z.
    """
    return render_to_string(
        "components/_toast.html",
        {"message": message, "undo_url": undo_url, "undo_fields": dict(undo_fields or {})},
        request=request,
    )
