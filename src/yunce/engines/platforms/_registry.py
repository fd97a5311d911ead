"""The platforms there are: every module of this folder not starting with an underscore."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from yunce.engines.platforms._base import Export, Platform

_FOLDER = __name__.rpartition(".")[0]


@cache
def _registered() -> dict[str, Platform]:
    path = import_module(_FOLDER).__path__
    names = [m.name for m in iter_modules(path) if not m.ispkg and not m.name.startswith("_")]
    found = {name: import_module(f"{_FOLDER}.{name}").PLATFORM for name in names}
    # Platforms we can read come first: lists of choices follow this order.
    return dict(sorted(found.items(), key=lambda item: (not item[1].exports, item[0])))


def platforms() -> dict[str, Platform]:
    """All platforms by key; those with exports first."""
    return dict(_registered())


def export_of(platform: str, export: str) -> Export:
    """KeyError when there is no such platform or export."""
    exports = MappingProxyType({e.key: e for e in _registered()[platform].exports})
    return exports[export]
