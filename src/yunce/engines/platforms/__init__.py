"""Files from platform back ends → recognised, parsed, located values.

``unpack`` → ``read_tables`` → ``recognise`` → ``parse``; for unknown layouts
``suggest_mapping`` → (a person decides) → ``parse_mapped``. Adding a platform = one module in this
folder and its samples.
"""

from __future__ import annotations

from yunce.engines.platforms._base import Column, Export, Platform, Scale
from yunce.engines.platforms._choosing import missing_headers, recognise_as
from yunce.engines.platforms._mapped import parse_mapped
from yunce.engines.platforms._mapping import ColumnMapping, ColumnUse, MappedRole
from yunce.engines.platforms._parsed import Parsed, ParsedFact, ParsedPost, Problem
from yunce.engines.platforms._parsing import parse
from yunce.engines.platforms._reading.archive import ContainedFile, unpack
from yunce.engines.platforms._reading.errors import (
    CorruptFileError,
    EmptyFileError,
    LockedArchiveError,
    LockedWorkbookError,
    NotATableError,
    TooLargeFileError,
    UnreadableFileError,
)
from yunce.engines.platforms._reading.files import peek_tables, read_tables
from yunce.engines.platforms._reading.limits import MAX_BYTES
from yunce.engines.platforms._recognition import Recognition, recognise
from yunce.engines.platforms._registry import export_of, platforms
from yunce.engines.platforms._suggesting import suggest_mapping
from yunce.engines.platforms._tables import Cell, Table

__all__ = [
    "MAX_BYTES",
    "Cell",
    "Column",
    "ColumnMapping",
    "ColumnUse",
    "ContainedFile",
    "CorruptFileError",
    "EmptyFileError",
    "Export",
    "LockedArchiveError",
    "LockedWorkbookError",
    "MappedRole",
    "NotATableError",
    "Parsed",
    "ParsedFact",
    "ParsedPost",
    "Platform",
    "Problem",
    "Recognition",
    "Scale",
    "Table",
    "TooLargeFileError",
    "UnreadableFileError",
    "export_of",
    "missing_headers",
    "parse",
    "parse_mapped",
    "peek_tables",
    "platforms",
    "read_tables",
    "recognise",
    "recognise_as",
    "suggest_mapping",
    "unpack",
]
