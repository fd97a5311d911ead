"""Why a metric moved between two periods, as rows that add up to the change."""

from __future__ import annotations

from typing import Any

from yunce.config.work._asking import day_of, team_of
from yunce.engines.explain import Row
from yunce.engines.metrics import PLAN
from yunce.ground.channels.queries import all_accounts_of
from yunce.ground.facts.queries.why import Why, why
from yunce.ground.teams.models import Team
from yunce.loop.goals.queries import planned_values


def work(params: dict[str, Any]) -> dict[str, Any]:
    team = team_of(params)
    start, end = day_of(params, "from"), day_of(params, "to")
    compare = params.get("compare") or "previous"
    found = why(
        team,
        params["metric"],
        start=start,
        end=end,
        by=tuple(params.get("by") or ("platform",)),
        compare=compare,
        planned=planned_values(team, start, end) if compare == PLAN else None,
    )
    return told(team, found)


def told(team: Team, found: Why) -> dict[str, Any]:
    explanation = found.explanation
    names = {str(number): name for number, name in all_accounts_of(team).values_list("pk", "name")}
    rows = [_row(row, explanation.dims, names, explanation.movement) for row in explanation.rows]
    return {
        "team": team.slug,
        "metric": found.metric.code,
        "name": found.metric.name,
        "unit": found.metric.unit.value,
        "from": found.start.isoformat(),
        "to": found.end.isoformat(),
        "compare": found.compare,
        "before_from": found.before_start.isoformat(),
        "before_to": found.before_end.isoformat(),
        "before": explanation.before,
        "after": explanation.after,
        "delta": explanation.delta,
        "of_numerator": explanation.of_numerator,
        "status": explanation.status.value,
        "reason": explanation.reason,
        "note": explanation.note,
        "by": list(explanation.dims),
        "unknown": [_named(part, explanation.dims, names) for part in found.unknown],
        "rows": sorted(rows, key=lambda row: -abs(row["value"])),
    }


def _row(row: Row, dims: tuple[str, ...], names: dict[str, str], movement: float) -> dict[str, Any]:
    return {
        "segment": _named(row.segment, dims, names),
        "kind": row.kind.value,
        "value": row.value,
        "share": abs(row.value) / movement if movement else 0.0,
        "in_noise": row.is_noise,
    }


def _named(segment: tuple[str, ...], dims: tuple[str, ...], names: dict[str, str]) -> list[str]:
    """Accounts by name; [] of what belongs to no part."""
    if not segment:
        return []
    return [
        names.get(word, word) if dim == "account" else word
        for dim, word in zip(dims, segment, strict=True)
    ]
