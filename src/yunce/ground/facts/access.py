"""The one fact store of this process, opened on first use."""

from __future__ import annotations

import threading
from pathlib import Path

from django.conf import settings

from yunce.engines.metrics import FactStore, open_store

_lock = threading.Lock()
_opened: dict[str, FactStore] = {}


def fact_store() -> FactStore:
    """The store named by YUNCE_FACTS_URL; StoreBusyError when another process holds it."""
    url: str = settings.YUNCE_FACTS_URL
    with _lock:
        if url not in _opened:
            _make_folder(url)
            _opened[url] = open_store(url)
        return _opened[url]


def close_store() -> None:
    """Let go of the store, so that another process may open it."""
    with _lock:
        while _opened:
            _opened.popitem()[1].close()


def _make_folder(url: str) -> None:
    scheme, _, path = url.partition(":///")
    if scheme == "duckdb" and path != ":memory:":
        Path(path.partition("?")[0]).parent.mkdir(parents=True, exist_ok=True)
