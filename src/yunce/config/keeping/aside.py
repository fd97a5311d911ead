"""What a store holds is kept as a file before something else takes its place."""

from __future__ import annotations

from pathlib import Path

from yunce.engines.metrics import FactStore


def keep_aside(store: FactStore, before: Path) -> None:
    """Once: a file of that name is from an earlier try, when the store still held all of it."""
    if before.exists() or not store.teams():
        return
    before.parent.mkdir(exist_ok=True)
    unfinished = before.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    store.save_copy(unfinished)
    unfinished.chmod(0o600)
    unfinished.replace(before)
