"""Metric values for a period, split, narrowed and compared as asked."""

from __future__ import annotations

from typing import Any

from yunce.config.work._asking import day_of, team_of
from yunce.ground.facts.queries import answer
from yunce.outputs.api.metric_answers import conditions, metric_answer


def work(params: dict[str, Any]) -> dict[str, Any]:
    team = team_of(params)
    answered = answer(
        team,
        params["metrics"],
        start=day_of(params, "from"),
        end=day_of(params, "to"),
        by=tuple(params.get("by") or ()),
        where=conditions(team, params.get("where") or ()),
        compare=params.get("compare") or "",
    )
    return metric_answer(team, answered)
