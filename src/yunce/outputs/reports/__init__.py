"""Plan and summary as files: the folder `catalogue/` is the list of reports."""

from __future__ import annotations
