"""Where a command's work is done: by the running server, which owns the facts, or right here."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from yunce.config.cli._telling import tell_note
from yunce.config.environment import read_environment
from yunce.config.process.announcing import find_server
from yunce.kit.wording import gettext as _


def perform(work: str, params: dict[str, Any], *, may_create: bool = False) -> Any:
    """The result of `yunce.config.work.<work>`, whoever does it."""
    return Performer(may_create=may_create).perform(work, params)


class Performer:
    """Decides once, so that a command of many steps says once who does them."""

    def __init__(self, *, may_create: bool = False) -> None:
        self._server = find_server(read_environment())
        if self._server:
            tell_note(_("服务正在运行，由它来执行。"))
            return
        _start_here(may_create=may_create)

    def perform(self, work: str, params: dict[str, Any]) -> Any:
        if self._server:
            return self._server.perform(work, params)
        # Imported only now: Django and the fact store are too heavy for `--help`.
        return import_module("yunce.config.work").perform(work, params)


def _start_here(*, may_create: bool) -> None:
    starting = import_module("yunce.config.process.starting")
    starting.start_for_command(may_create=may_create)
