"""Tasks and the plan table everybody knows."""

from __future__ import annotations
