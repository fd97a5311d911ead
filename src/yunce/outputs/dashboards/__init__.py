"""Pages that look across stages: 本月."""

from __future__ import annotations
