"""Bringing numbers in: detect → preview → load → undo."""

from __future__ import annotations
