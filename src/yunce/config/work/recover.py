"""Cleaning up after a crash; another process that is writing is left alone."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from yunce.config.keeping.loading import load_restored
from yunce.ground.facts.actions import recover


def work(params: dict[str, Any]) -> dict[str, int]:
    """First what a restored backup still has to bring into a server's store."""
    return {"loaded": load_restored(settings.ENVIRONMENT), "mended": recover()}
