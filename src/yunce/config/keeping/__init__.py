"""Backups: one file with everything a data folder holds, and the way back."""

from __future__ import annotations
