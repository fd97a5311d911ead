"""有没有用: what a campaign or an improvement did, against what was to be expected without it."""

from __future__ import annotations
