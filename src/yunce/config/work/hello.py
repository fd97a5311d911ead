"""Says that the server is this one; commands ask before they trust an announcement."""

from __future__ import annotations

from typing import Any

from yunce import __version__


def work(params: dict[str, Any]) -> dict[str, Any]:
    return {"version": __version__}
