"""One writer at a time: comparing, writing and undoing must see one state of the store."""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

LOCK = "facts.lock"  # in the data folder

_in_this_process = threading.RLock()
_held: list[object] = []  # one entry for every turn within a turn


def is_local() -> bool:
    """A DuckDB file: no second process can open it. A server's store takes any number."""
    url: str = settings.YUNCE_FACTS_URL
    return url.startswith("duckdb:")


@contextmanager
def turn(*, wait: bool = True) -> Iterator[bool]:
    """Write alone. Without ``wait`` it gives False, at once, while another process writes.

    The ledger is a file of this machine, so a lock on a file beside it reaches everybody. The
    system lets go of it when a process dies, however that happens.
    """
    with _in_this_process:
        if is_local() or _held:
            yield from _counted()
            return
        Path(settings.YUNCE_DATA).mkdir(parents=True, exist_ok=True)
        with (Path(settings.YUNCE_DATA) / LOCK).open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            yield from _counted()


def _counted() -> Iterator[bool]:
    _held.append(object())
    try:
        yield True
    finally:
        _held.pop()
