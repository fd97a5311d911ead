"""Cleaning up after a crash; another process that is writing is left alone."""

from __future__ import annotations

from typing import Any

from yunce.ground.facts.actions import recover


def work(params: dict[str, Any]) -> dict[str, int]:
    return {"mended": recover()}
