"""Every write of this app: receive a file, say what it is, bring it in, take it back."""

from __future__ import annotations

from yunce.ground.imports.actions._committing import (
    AlreadyImportedError,
    ChangedMeanwhileError,
    ImportRefusedError,
    Pressed,
    commit,
    commit_in_background,
    press,
    press_all,
    undo,
)
from yunce.ground.imports.actions._files import ImportResult, import_all, import_file
from yunce.ground.imports.actions._grid import GridSaved, save_grid
from yunce.ground.imports.actions._inbox import note_taken_in
from yunce.ground.imports.actions._looking import look, look_again, read_in_background, resume
from yunce.ground.imports.actions._mappings import (
    recognise_again,
    remove_mapping,
    rename_mapping,
    take_mapping,
    teach,
)
from yunce.ground.imports.actions._post_grid import PostGridSaved, save_post_grid
from yunce.ground.imports.actions._receiving import Received, receive, receive_all
from yunce.ground.imports.actions._uploads import (
    choose_sheets,
    describe,
    discard,
    remove_abandoned,
    settle,
)
from yunce.ground.imports.keeping import keep_file
from yunce.ground.imports.sharing import MappingFileError

__all__ = [
    "AlreadyImportedError",
    "ChangedMeanwhileError",
    "GridSaved",
    "ImportRefusedError",
    "ImportResult",
    "MappingFileError",
    "PostGridSaved",
    "Pressed",
    "Received",
    "choose_sheets",
    "commit",
    "commit_in_background",
    "describe",
    "discard",
    "import_all",
    "import_file",
    "keep_file",
    "look",
    "look_again",
    "note_taken_in",
    "press",
    "press_all",
    "read_in_background",
    "receive",
    "receive_all",
    "recognise_again",
    "remove_abandoned",
    "remove_mapping",
    "rename_mapping",
    "resume",
    "save_grid",
    "save_post_grid",
    "settle",
    "take_mapping",
    "teach",
    "undo",
]
