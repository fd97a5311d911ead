"""Settings, URLs, the process: knows everyone, nobody knows it."""

from __future__ import annotations
