"""The plan: its table, pasted blocks and Word files over HTTP, and the schedule of a month."""

from __future__ import annotations

from benchmarks import _plan_docx, _plan_page, _plan_schedule


def measure() -> dict[str, float]:
    return {**_plan_page.measure(), **_plan_docx.measure(), **_plan_schedule.measure()}
