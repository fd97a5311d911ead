"""Teams, their people, and who may do what."""

from __future__ import annotations
