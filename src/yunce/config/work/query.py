"""Metric values for a period, split as asked."""

from __future__ import annotations

from datetime import date
from typing import Any

from yunce.config.work._asking import day_of, team_of
from yunce.engines.metrics import AnswerRow, catalogue
from yunce.ground.channels.models import Account
from yunce.ground.facts.queries import answer


def work(params: dict[str, Any]) -> dict[str, Any]:
    team = team_of(params)
    by = tuple(params.get("by") or ())
    answered = answer(
        team,
        params["metrics"],
        start=day_of(params, "from"),
        end=day_of(params, "to"),
        by=by,
    )
    names = dict(Account.objects.filter(team=team).values_list("pk", "name"))
    return {
        "team": team.slug,
        "from": answered.query.start.isoformat(),
        "to": answered.query.end.isoformat(),
        "by": list(by),
        "days": answered.days,
        "as_of": answered.as_of.isoformat() if answered.as_of else None,
        "rows": [_row(row, by, names) for row in answered.rows],
    }


def _row(row: AnswerRow, by: tuple[str, ...], accounts: dict[int, str]) -> dict[str, Any]:
    metric = catalogue().metric(row.metric)
    group = {
        name: _plain(value, accounts if name == "account" else {})
        for name, value in zip(by, row.group, strict=True)
    }
    return {
        "metric": metric.code,
        "name": metric.name,
        "unit": metric.unit.value,
        **group,
        "value": row.value,
        "covered_days": row.covered_days,
        "reason": row.reason,
    }


def _plain(value: str | int | date, names: dict[int, str]) -> str | int:
    if isinstance(value, date):
        return value.isoformat()
    return names.get(value, value) if isinstance(value, int) else value
