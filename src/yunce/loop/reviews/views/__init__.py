"""The review's page, its word cells, its improvements."""

from __future__ import annotations
