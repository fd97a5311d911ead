"""Taking away what was dropped long ago and never brought in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from yunce.ground.imports.actions import remove_abandoned

ABANDONED_AFTER = timedelta(days=30)


def work(params: dict[str, Any]) -> dict[str, int]:
    return {"removed": remove_abandoned(before=timezone.now() - ABANDONED_AFTER)}
