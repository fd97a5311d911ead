"""Damaged, hostile and random files against the readers: see CONTRIBUTING, «Fuzzing»."""

from __future__ import annotations
