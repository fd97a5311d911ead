"""Bringing in one file. The path is read where the work is done: on this machine either way."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import Any

from django.utils import timezone

from yunce.config.work._acting import program_access
from yunce.config.work._asking import account_of, day_of, team_of
from yunce.engines.platforms import Problem
from yunce.ground.imports.actions import ImportResult, import_file
from yunce.ground.imports.rules import READ_LIMIT


def work(params: dict[str, Any]) -> dict[str, Any]:
    """The answer of the command, and `problems`: what was wrong, in sentences."""
    team = team_of(params)
    path = Path(params["path"])
    with path.open("rb") as file:
        content = file.read(READ_LIMIT)
    result = import_file(
        access=program_access(team),
        content=content,
        name=path.name,
        account=account_of(params, team),
        captured_on=day_of(params, "captured_on") if params.get("captured_on") else None,
        dry_run=bool(params.get("dry_run")),
        skip_errors=bool(params.get("skip_errors")),
        today=timezone.localdate(),
    )
    return {
        "answer": answer_of(result),
        "problems": [sentence_of(problem) for problem in result.problems],
    }


def answer_of(result: ImportResult) -> dict[str, Any]:
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


def sentence_of(problem: Problem) -> str:
    """Where, what, which value, and what to do."""
    places = [
        problem.sheet,
        _("第 %(row)s 行") % {"row": problem.row} if problem.row else "",
        _("「%(column)s」列") % {"column": problem.column} if problem.column else "",
        _("值「%(value)s」") % {"value": problem.value} if problem.value else "",
    ]
    where = " ".join(place for place in places if place)
    what = f"{where}：{problem.message}" if where else problem.message
    return f"{what.rstrip('。')}。{problem.hint}"
