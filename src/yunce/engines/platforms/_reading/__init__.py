"""Files → raw tables: what a file is gets decided by its content, never by its name."""

from __future__ import annotations
