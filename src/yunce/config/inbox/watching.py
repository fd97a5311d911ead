"""The clock's look at the watched folder: what lies still is queued to be taken in."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from yunce.config.inbox.looking import Watch, arrivals, settled
from yunce.config.inbox.taking import left_behind


@dataclass
class InboxWatch:
    """Remembers between two looks; a look costs a listing."""

    root: Path | None  # None: no folder is watched
    settle: float  # seconds
    queue: Callable[[list[list[str]]], object]  # given each file's folders and name
    clock: Callable[[], float] = time.monotonic
    _watch: Watch = field(default_factory=Watch)
    _is_first: bool = True

    def look(self) -> int:
        """How many files were queued; at first also what a process that died left behind."""
        if self.root is None:
            return 0
        found = arrivals(self.root)
        ready, self._watch = settled(self._watch, found, now=self.clock(), settle=self.settle)
        abandoned = self._is_first and bool(left_behind(self.root))
        self._is_first = False
        if ready or abandoned:
            self.queue([arrival.to_json() for arrival in ready])
        return len(ready)
