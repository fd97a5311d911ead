"""Copying the facts into another store; how far it is can be asked meanwhile."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from yunce.config.failures import WorkError
from yunce.config.keeping.copying import copy_to, shown
from yunce.config.work._asking import team_of
from yunce.engines.metrics import MonthCopy
from yunce.ground.teams.models import Team
from yunce.kit.wording import gettext as _


@dataclass
class Progress:
    """Of the copy that is running in this process, or of the last one."""

    months: int = 0
    done: int = 0

    def begin(self, months: int) -> None:
        self.months, self.done = months, 0

    def hear(self, copied: MonthCopy) -> None:
        self.done += 1


progress = Progress()
_one_at_a_time = threading.Lock()


def work(params: dict[str, Any]) -> dict[str, Any]:
    team = team_of(params) if params.get("team") else None
    if not _one_at_a_time.acquire(blocking=False):
        raise WorkError(_("已经有一次复制在进行，请等它结束。"))
    try:
        progress.begin(0)
        copied = copy_to(
            params["to"],
            team=team,
            force=bool(params.get("force")),
            begin=progress.begin,
            progress=progress.hear,
        )
    finally:
        _one_at_a_time.release()
    slugs = dict(Team.objects.values_list("pk", "slug"))
    return {
        "to": shown(params["to"]),
        "rows": copied.report.rows,
        "kept": str(copied.kept) if copied.kept else None,
        "months": [
            {
                "team": slugs.get(copy.team, f"#{copy.team}"),
                "month": str(copy.month),
                "rows": copy.rows,
                "was_there": copy.was_there,
            }
            for copy in copied.report.months
        ],
    }
