"""Metric facts: the ledger of batches, posts seen, months closed; the store behind its port."""

from __future__ import annotations
