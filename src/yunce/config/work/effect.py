"""Whether something worked: a window of days of some accounts, judged by placebos."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from yunce.config.work._asking import account_of, day_of, team_of
from yunce.ground.channels.queries import all_accounts_of
from yunce.ground.facts.queries.effects import trial


def work(params: dict[str, Any]) -> dict[str, Any]:
    team = team_of(params)
    asked = [account_of({"account": name}, team) for name in params.get("accounts") or ()]
    found = trial(
        team,
        params["metric"],
        start=day_of(params, "from"),
        end=day_of(params, "to"),
        today=timezone.localdate(),
        accounts=[each.pk for each in asked if each],
    )
    names = {each.pk: str(each) for each in all_accounts_of(team)}
    effect = found.effect
    return {
        "team": team.slug,
        "metric": found.metric.code,
        "name": found.metric.name,
        "from": found.start.isoformat(),
        "to": found.end.isoformat(),
        "lift": effect.lift,
        "low": effect.lo,
        "high": effect.hi,
        "verdict": effect.verdict.value if effect.verdict else None,
        "verdict_name": effect.verdict.label if effect.verdict else None,
        "smallest_visible": effect.mde,
        "placebos": effect.n_placebo,
        "others": effect.drift if effect.has_controls else None,
        "treated": [names[number] for number in found.treated],
        "controls": [names[number] for number in found.controls],
        "without_numbers": [names.get(number, str(number)) for number in found.missing],
        "assumptions": list(effect.assumptions),
        "reason": effect.reason,
    }
