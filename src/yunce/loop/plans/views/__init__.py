"""The plan page, its cells and lines, and the month's tasks."""

from __future__ import annotations
