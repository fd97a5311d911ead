"""Small plain pieces everyone may use: months, numbers, text. Standard library only."""

from __future__ import annotations
