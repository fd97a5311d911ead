"""A team's accounts on platforms."""

from __future__ import annotations
