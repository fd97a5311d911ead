"""Pages of bringing numbers in."""

from __future__ import annotations

from yunce.ground.imports.views._grid import grid
from yunce.ground.imports.views._listing import drop, file, listing, undo, waiting
from yunce.ground.imports.views._lists import changes, problems
from yunce.ground.imports.views._mapping import mapping
from yunce.ground.imports.views._mappings import (
    mappings,
    remove_mapping,
    rename_mapping,
    share_mapping,
    take_mapping,
)
from yunce.ground.imports.views._post_grid import post_grid
from yunce.ground.imports.views._previewing import (
    add_account,
    commit,
    discard,
    forget,
    preview,
    settle,
    stage,
)
from yunce.ground.imports.views._together import results, together, undo_together

__all__ = [
    "add_account",
    "changes",
    "commit",
    "discard",
    "drop",
    "file",
    "forget",
    "grid",
    "listing",
    "mapping",
    "mappings",
    "post_grid",
    "preview",
    "problems",
    "remove_mapping",
    "rename_mapping",
    "results",
    "settle",
    "share_mapping",
    "stage",
    "take_mapping",
    "together",
    "undo",
    "undo_together",
    "waiting",
]
