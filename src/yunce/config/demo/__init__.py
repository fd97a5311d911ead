"""The demo month: May 2025 of a content-commerce team, its plan, tasks, numbers and words.

The facts are made by a fixed rule and add up exactly to the results of DOMAIN §4.
"""

from __future__ import annotations

from yunce.config.demo.loading import DEMO_MONTH, DEMO_SLUG, load_demo

__all__ = ["DEMO_MONTH", "DEMO_SLUG", "load_demo"]
