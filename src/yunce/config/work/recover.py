"""Cleaning up after a crash, where this process is the only one that writes facts."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from yunce.ground.facts.actions import recover
from yunce.ground.facts.models import Batch, BatchState


def work(params: dict[str, Any]) -> dict[str, int]:
    """In a shared store an unfinished batch may be another process's, still being written."""
    return {"mended": recover() if settings.ENVIRONMENT.has_local_facts else 0}


def is_needed() -> bool:
    unfinished = (BatchState.WRITING, BatchState.UNDOING)
    return Batch.objects.filter(state__in=unfinished).exists()
