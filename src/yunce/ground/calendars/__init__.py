"""A team's own days, who is away, and how many hours people work."""

from __future__ import annotations
