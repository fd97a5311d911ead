"""Finding the reports of this folder."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from yunce.outputs.reports.catalogue._report import Report

_FOLDER = __name__.rpartition(".")[0]


@cache
def reports() -> Mapping[str, Report]:
    """All reports by key."""
    path = import_module(_FOLDER).__path__
    names = sorted(m.name for m in iter_modules(path) if not m.name.startswith("_"))
    found: list[Report] = [import_module(f"{_FOLDER}.{name}").REPORT for name in names]
    return MappingProxyType({report.key: report for report in found})
