"""What the page frame shows around every page: team, month, the state of the loop."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"access": getattr(request, "access", None)}
