"""The data folder that others begin with."""

from __future__ import annotations

from tests.process.conftest import demo_data

__all__ = ["demo_data"]
