"""Taking a batch back."""

from __future__ import annotations

from typing import Any

from yunce.config.failures import WorkError
from yunce.config.work._acting import program_access
from yunce.config.work._asking import team_of
from yunce.ground.facts.models import BatchState
from yunce.ground.facts.queries import ledger_of
from yunce.ground.imports.actions import undo
from yunce.kit.wording import gettext as _


def work(params: dict[str, Any]) -> dict[str, Any]:
    team = team_of(params)
    batch = ledger_of(team).filter(pk=params["batch"]).first()
    values = {"batch": params["batch"], "team": team.slug}
    if batch is None:
        raise WorkError(_("团队 %(team)s 没有第 %(batch)s 号导入。") % values)
    if batch.state != BatchState.COMMITTED:
        raise WorkError(_("第 %(batch)s 号导入已经撤销过了。") % values)
    done = undo(access=program_access(team), batch=batch)
    return {"batch": done.pk, "file": done.file_name, "state": done.state}
