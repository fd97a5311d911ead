"""Every write of this app: receive a file, say what it is, bring it in, take it back."""

from __future__ import annotations

from yunce.ground.imports.actions._committing import (
    AlreadyImportedError,
    ImportRefusedError,
    commit,
    undo,
)
from yunce.ground.imports.actions._files import ImportResult, import_file
from yunce.ground.imports.actions._grid import GridSaved, save_grid
from yunce.ground.imports.actions._inbox import note_taken_in
from yunce.ground.imports.actions._uploads import (
    describe,
    discard,
    receive,
    remove_abandoned,
    teach,
)

__all__ = [
    "AlreadyImportedError",
    "GridSaved",
    "ImportRefusedError",
    "ImportResult",
    "commit",
    "describe",
    "discard",
    "import_file",
    "note_taken_in",
    "receive",
    "remove_abandoned",
    "save_grid",
    "teach",
    "undo",
]
