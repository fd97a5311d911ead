"""How true the forecasts would have been: 预测准不准 for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Router, Schema

from yunce.engines.forecasts import PUBLISHED, Told
from yunce.ground.facts.queries import catalogue_of
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.loop.goals.actions import ask_check
from yunce.loop.goals.queries.checks import (
    account_names,
    basis_of,
    is_checkable,
    scoreboard,
    unfit,
)
from yunce.outputs.api.request import SignedInRequest

router = Router(tags=["judgement"])


class ScoreOut(Schema):
    """One origin day, in shares 0–1; null where undefined."""

    origin: int  # days of the month that were known
    n: int
    mdape: float | None  # median absolute error
    cov80: float | None  # of 80 % intervals: held
    cov95: float | None
    red_precision: float | None  # of red alerts: months that were missed
    red_false: float | None  # of months that hit: with a red alert
    red_caught: float | None  # of months that were missed: with a red alert
    brier: float | None


class ToldOut(Schema):
    account: str  # empty: the team's total
    month: str
    origin: int
    low: float  # the 80 % interval
    middle: float
    high: float
    actual: float
    held: bool


class CheckOut(Schema):
    """``waiting``: a job is at it, ask again in a few seconds. ``public``: on public data."""

    status: Literal["ready", "waiting", "unavailable"]
    metric: str
    reason: str
    made_at: datetime | None = None
    is_stale: bool = False
    months: list[str] = []
    accounts: int = 0
    scores: list[ScoreOut] = []
    team: list[ToldOut] = []
    misses: list[ToldOut] = []
    public: list[ScoreOut] = []


@router.get("/teams/{slug}/forecast-check", response=CheckOut, operation_id="get_forecast_check")
def get_forecast_check(request: SignedInRequest, slug: str, metric: str) -> dict[str, Any]:
    """The back-test of a metric's month-end forecasts over the team's last six whole months."""
    access = access_for(request.auth, slug, Capability.SEE_ALL)
    known = catalogue_of(access.team)
    public = [_score(origin, vars(score)) for origin, score in PUBLISHED.items()]
    said = {"metric": known.metric(metric).code, "reason": "", "public": public}
    basis = basis_of(access.team)
    if not is_checkable(metric, known) or not basis:
        return {**said, "status": "unavailable", "reason": unfit(metric, known)}
    check = ask_check(access=access, metric=metric, basis=basis)
    board = scoreboard(check, basis=basis)
    if board is None:
        is_done = check.basis == basis and bool(check.problem)
        status = "unavailable" if is_done else "waiting"
        return {**said, "status": status, "reason": check.problem if is_done else ""}
    names = account_names(access.team, board.misses)
    return {
        **said,
        "status": "ready",
        "made_at": board.made_at,
        "is_stale": board.is_stale,
        "months": list(board.months),
        "accounts": board.accounts,
        "scores": [_score(origin, scores) for origin, scores in board.scores.items()],
        "team": [_told(each, "") for each in board.team],
        "misses": [_told(each, names.get(each.account, each.account)) for each in board.misses],
    }


def _score(origin: int, scores: Any) -> dict[str, Any]:
    wanted = ScoreOut.model_fields.keys() - {"origin"}
    return {"origin": origin, **{name: scores[name] for name in wanted}}


def _told(each: Told, account: str) -> dict[str, Any]:
    return {**vars(each), "account": account, "held": each.is_inside}
