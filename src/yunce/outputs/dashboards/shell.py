"""What the page frame shows around every page: team, month, the state of the loop."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from yunce.outputs.dashboards.frame import frame_of


def shell(request: HttpRequest) -> dict[str, Any]:
    """Worked out only when a page reads it: fragments and signed-out pages cost nothing."""
    access = getattr(request, "access", None)
    return {"access": access, "shell": SimpleLazyObject(partial(frame_of, request))}
