"""The plan: its table and pasted blocks over HTTP, and the schedule of a month."""

from __future__ import annotations

from benchmarks import _plan_page, _plan_schedule


def measure() -> dict[str, float]:
    return {**_plan_page.measure(), **_plan_schedule.measure()}
