"""The month's summary: numbers by the program, words by people, improvements for next month."""

from __future__ import annotations
