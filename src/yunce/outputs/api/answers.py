"""What the API and the command line answer alike: imports and metric values."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from yunce.engines.metrics import Answer, AnswerRow, catalogue
from yunce.engines.platforms import Problem
from yunce.ground.channels.queries import all_accounts_of
from yunce.ground.imports.actions import ImportResult
from yunce.ground.teams.models import Team


def import_answer(result: ImportResult) -> dict[str, Any]:
    return {
        "batch": result.batch,
        "platform": result.platform,
        "account": result.account,
        "added": result.added,
        "updated": result.updated,
        "unchanged": result.unchanged,
        "conflicts": result.conflicts,
        "ignored": result.ignored,
        "errors": result.errors,
    }


def problem_sentence(problem: Problem) -> str:
    """Where, which value, what is wrong, and what to do."""
    places = [
        problem.sheet,
        _("第 %(row)s 行") % {"row": problem.row} if problem.row else "",
        _("「%(column)s」列") % {"column": problem.column} if problem.column else "",
        _("值「%(value)s」") % {"value": problem.value} if problem.value else "",
    ]
    where = " ".join(place for place in places if place)
    what = f"{where}：{problem.message}" if where else problem.message
    return f"{what.rstrip('。')}。{problem.hint}"


def metric_answer(team: Team, answered: Answer) -> dict[str, Any]:
    """Values with their days; accounts by name."""
    names = dict(all_accounts_of(team).values_list("pk", "name"))
    query = answered.query
    return {
        "team": team.slug,
        "from": query.start.isoformat(),
        "to": query.end.isoformat(),
        "by": list(query.by),
        "days": answered.days,
        "as_of": answered.as_of.isoformat() if answered.as_of else None,
        "rows": [_metric_row(row, query.by, names) for row in answered.rows],
    }


def _metric_row(row: AnswerRow, by: tuple[str, ...], names: dict[int, str]) -> dict[str, Any]:
    metric = catalogue().metric(row.metric)
    group = {
        name: _plain(value, names if name == "account" else {})
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
