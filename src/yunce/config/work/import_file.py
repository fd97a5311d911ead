"""Bringing in one file, or each file of a zip. The path is read where the work is done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import timezone

from yunce.config.work._acting import program_access
from yunce.config.work._asking import account_of, day_of, team_of
from yunce.ground.imports.actions import import_all
from yunce.ground.imports.rules import READ_LIMIT
from yunce.outputs.api.answers import import_answer, problem_sentence


def work(params: dict[str, Any]) -> dict[str, Any]:
    """For each file its `name`, the command's `answer`, and `problems` in sentences."""
    team = team_of(params)
    path = Path(params["path"])
    with path.open("rb") as file:
        content = file.read(READ_LIMIT)
    results = import_all(
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
        "files": [
            {
                "name": name,
                "answer": import_answer(result),
                "problems": [problem_sentence(problem) for problem in result.problems],
            }
            for name, result in results
        ]
    }
