"""Metric values for a period, split, narrowed and compared as asked."""

from __future__ import annotations

from typing import Any

from yunce.config.work._asking import day_of, team_of
from yunce.outputs.api.metric_answers import asked


def work(params: dict[str, Any]) -> dict[str, Any]:
    team = team_of(params)
    return asked(
        team,
        params["metrics"],
        start=day_of(params, "from"),
        end=day_of(params, "to"),
        by=tuple(params.get("by") or ()),
        where=params.get("where") or (),
        compare=params.get("compare") or "",
    )
