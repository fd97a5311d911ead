"""The month, its direction and its goals in four dimensions."""

from __future__ import annotations
