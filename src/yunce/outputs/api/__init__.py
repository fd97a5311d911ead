"""The REST interface under /api/v1."""

from __future__ import annotations
