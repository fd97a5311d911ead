"""Reading how true the forecasts were: 预测准不准."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from yunce.engines.forecasts import Backtest, Told, backtest
from yunce.engines.forecasts import Kind as Way
from yunce.engines.metrics import Catalogue, Metric
from yunce.ground.channels.models import Account
from yunce.ground.facts.models import Batch, BatchState
from yunce.ground.facts.queries import catalogue_of, newest_days
from yunce.ground.teams.models import Team
from yunce.kit.wording import gettext as _
from yunce.loop.goals.models import ForecastCheck, Goal
from yunce.loop.goals.queries.series import TOTAL, recipe_of, series_of

ORIGINS = (0, 10, 20)
MONTHS = 6
READ = 400  # days: six months, and the half year before the first of them
LISTED = 30  # misses of single accounts


@dataclass(frozen=True)
class Scoreboard:
    """A check that was made. Scores as the engine names them, by origin day."""

    metric: Metric
    made_at: datetime
    is_stale: bool  # newer numbers have come since; a new one is on its way
    months: tuple[str, ...]
    accounts: int
    scores: Mapping[int, Mapping[str, Any]]
    team: tuple[Told, ...]  # of the team's total, by month and origin
    misses: tuple[Told, ...]  # of accounts, the newest first; account is its number
    more_misses: int

    @property
    def count(self) -> int:
        """Forecasts judged, at the month's first day."""
        return int(self.scores[ORIGINS[0]]["n"]) if self.scores else 0


def basis_of(team: Team) -> str:
    """The numbers a check made now would rest on; empty while there are none."""
    until = _until(team)
    if until is None:
        return ""
    batches = Batch.objects.filter(team=team, state=BatchState.COMMITTED)
    return (
        f"{_last_whole_month(until)}|{batches.order_by('-pk').values_list('pk', flat=True).first()}"
    )


def checkable(team: Team, known: Catalogue) -> list[Metric]:
    """Metrics the team set goals on whose months can be checked, the newest goals first."""
    codes = Goal.objects.filter(plan__team=team).order_by("-plan__month_start", "position")
    found: dict[str, Metric] = {}
    for code in codes.values_list("metric", flat=True):
        if code in known and code not in found and is_checkable(code, known):
            found[code] = known.metric(code)
    return list(found.values())


def is_checkable(code: str, known: Catalogue) -> bool:
    """Amounts that add up and levels; rates are not back-tested yet."""
    recipe = recipe_of(code, known) if code in known else None
    return recipe is not None and recipe.way in (Way.SUM, Way.LAST)


def unfit(code: str, known: Catalogue) -> str:
    """Why a metric is not checked."""
    if not is_checkable(code, known):
        return _("这类指标还不能这样检验：只有能相加的量和存量可以。")
    return _("还没有数据。")


def check_of(team: Team, code: str) -> ForecastCheck | None:
    return ForecastCheck.objects.filter(team=team, metric=code).first()


def scoreboard(check: ForecastCheck, *, basis: str) -> Scoreboard | None:
    """None while there is no result."""
    known = catalogue_of(check.team)
    if check.result is None or check.made_at is None or check.metric not in known:
        return None
    told = check.result
    return Scoreboard(
        metric=known.metric(check.metric),
        made_at=check.made_at,
        is_stale=check.basis != basis,
        months=tuple(told["months"]),
        accounts=told["accounts"],
        scores={int(origin): scores for origin, scores in told["origins"].items()},
        team=tuple(Told(**each) for each in told["team"]),
        misses=tuple(Told(**each) for each in told["misses"]),
        more_misses=told["more_misses"],
    )


def worked_out(team: Team, code: str) -> tuple[dict[str, Any] | None, str]:
    """(the result, or None with the reason); takes seconds, so a job asks."""
    known, until = catalogue_of(team), _until(team)
    if until is None or not is_checkable(code, known):
        return None, unfit(code, known)
    series = series_of(team, [code], known=known, until=until, history=READ)[code]
    if series is None or series.over is None:
        return None, _("这个指标还没有数据。")
    panel = series.over
    found = backtest(
        panel, kind=series.recipe.way, origins=ORIGINS, months=MONTHS, tell=panel.accounts
    )
    if not found.origins[0].n:
        return None, _("历史太短：要有至少一个完整的月，之前还要有 28 天的数据。")
    return _as_json(found), ""


def _as_json(found: Backtest) -> dict[str, Any]:
    misses = [each for each in found.told if each.account != TOTAL and not each.is_inside]
    misses.sort(key=lambda each: (each.month, each.origin), reverse=True)
    return {
        "months": list(found.months),
        "accounts": max(1, found.accounts - 1),
        "origins": found.to_json()["origins"],
        "team": _plain(each for each in found.told if each.account == TOTAL),
        "misses": _plain(misses[:LISTED]),
        "more_misses": max(0, len(misses) - LISTED),
    }


def _plain(told: Any) -> list[dict[str, Any]]:
    return [dict(vars(each)) for each in told]


def account_names(team: Team, misses: Sequence[Told]) -> dict[str, str]:
    """Account number → its name, of the accounts in a list of misses."""
    wanted = {int(each.account) for each in misses if each.account.isdecimal()}
    accounts = Account.objects.filter(team=team, pk__in=wanted)
    return {str(account.pk): str(account) for account in accounts}


def _until(team: Team) -> date | None:
    return max(newest_days(team).values(), default=None)


def _last_whole_month(until: date) -> str:
    first_after = (until + timedelta(days=1)).replace(day=1)
    return f"{first_after - timedelta(days=1):%Y-%m}"
