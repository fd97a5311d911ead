"""What `make bench` runs; one file per group."""

from __future__ import annotations
