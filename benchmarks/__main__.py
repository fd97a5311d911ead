"""Measure, print a table, and merge the numbers into results.json (name → number)."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import benchmarks
from benchmarks._aims import AIMS, AT_LEAST

RESULTS = Path(__file__).with_name("results.json")
WIDTH = 28


def main(wanted: list[str]) -> int:
    groups = [module.name for module in iter_modules(benchmarks.__path__) if module.name[0] != "_"]
    if unknown := set(wanted) - set(groups):
        print(f"no such group: {', '.join(sorted(unknown))}; there is: {', '.join(groups)}")
        return 2
    measured: dict[str, float] = {}
    for group in wanted or groups:
        measured |= import_module(f"benchmarks.{group}").measure()
    _print(measured)
    _merge(measured)
    return 0


def _print(measured: dict[str, float]) -> None:
    print(f"{'name':<{WIDTH}}{'measured':>12}{'aim':>12}")
    for name, number in measured.items():
        print(f"{name:<{WIDTH}}{number:>12,.2f}{_aim(name):>12}")


def _aim(name: str) -> str:
    if name in AT_LEAST:
        return f"≥ {AT_LEAST[name]:g}"
    return f"≤ {AIMS[name]:g}" if name in AIMS else ""


def _merge(measured: dict[str, float]) -> None:
    """Numbers of groups that were not run stay as they were."""
    known = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    merged = {**known, **{name: round(number, 3) for name, number in measured.items()}}
    RESULTS.write_text(json.dumps(merged, indent=2, sort_keys=True) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
