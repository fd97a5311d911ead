"""Who did what, when: the lowest app, so that every other may write in it."""

from __future__ import annotations
