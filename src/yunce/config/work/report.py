"""A month's plan or summary as a file, in base64 for the way through the server."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from django.utils import timezone

from yunce.config.failures import WorkError, WrongUsageError
from yunce.config.work._asking import month_of, team_of
from yunce.kit.wording import gettext as _
from yunce.loop.goals.queries import plan_of, plans_of
from yunce.outputs.reports.queries import UnknownReportError, build


def work(params: dict[str, Any]) -> dict[str, Any]:
    team = team_of(params)
    month = month_of(params)
    plan = plan_of(team, month)
    if plan is None:
        months = "、".join(str(known.month) for known in plans_of(team)) or "—"
        values = {"team": team.name, "month": month, "months": months}
        raise WorkError(
            _("团队「%(team)s」%(month)s 还没有月度计划。有计划的月份：%(months)s。") % values
        )
    try:
        built = build(
            kind=params["kind"],
            plan=plan,
            format=params["format"],
            made_at=timezone.now(),
            author=_("运策"),
        )
    except UnknownReportError as error:
        raise WrongUsageError(str(error)) from error
    return {"file_name": built.file_name, "content": b64encode(built.content).decode()}
