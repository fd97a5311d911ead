"""Files whose reading or writing a crash interrupted are queued again."""

from __future__ import annotations

from typing import Any

from yunce.ground.imports.actions import resume


def work(params: dict[str, Any]) -> dict[str, int]:
    return {"resumed": resume()}
