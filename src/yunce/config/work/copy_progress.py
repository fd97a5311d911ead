"""How far the running copy is."""

from __future__ import annotations

from typing import Any

from yunce.config.work.copy_facts import progress


def work(params: dict[str, Any]) -> dict[str, int]:
    return {"months": progress.months, "done": progress.done}
