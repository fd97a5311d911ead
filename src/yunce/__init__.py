"""Yunce (运策): the month of a new-media operations team, from goals to the next month's goals."""

from __future__ import annotations

__version__ = "0.1.0"
