"""Pages of bringing numbers in."""

from __future__ import annotations

from yunce.ground.imports.views._grid import grid
from yunce.ground.imports.views._listing import drop, file, listing, undo
from yunce.ground.imports.views._mapping import mapping
from yunce.ground.imports.views._previewing import add_account, commit, discard, preview

__all__ = [
    "add_account",
    "commit",
    "discard",
    "drop",
    "file",
    "grid",
    "listing",
    "mapping",
    "preview",
    "undo",
]
