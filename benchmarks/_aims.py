"""What is aimed at on two cores; shown beside the numbers, never a test."""

from __future__ import annotations

AIMS = {
    "ready_s": 3.0,
    "idle_rss_mb": 200.0,
    "month_page_p95_ms": 150.0,
}
