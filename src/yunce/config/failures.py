"""How a command fails: with a sentence for people and an exit code for programs."""

from __future__ import annotations

EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_PARTLY = 3


class WorkError(Exception):
    """A command could not do its work; `str(error)` says what is wrong and what to do."""

    exit_code = EXIT_FAILED


class WrongUsageError(WorkError):
    """The command was called wrongly (no such team, no day, no such format)."""

    exit_code = EXIT_USAGE
