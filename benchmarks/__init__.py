"""What `make bench` runs: one module per group, `measure() -> {name: number}`."""

from __future__ import annotations
