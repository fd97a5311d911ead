"""Questions about metrics as programs write them, and the answers they get.

The command line and the API share this.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from yunce.engines.metrics import (
    PLAN,
    Answer,
    AnswerRow,
    Catalogue,
    MetricQuery,
    QueryError,
    earlier_row,
)
from yunce.engines.platforms import platforms
from yunce.ground.channels.queries import account_attributes, all_accounts_of
from yunce.ground.facts.queries import answer, catalogue_of, closed_in, titles_of_posts
from yunce.ground.teams.models import Team
from yunce.loop.goals.queries import planned_values
from yunce.outputs.api.answers import closed_answer

TIMES: Mapping[str, Callable[[date], str | int | date]] = {
    "day": lambda day: day,
    "week": lambda day: f"{day:%G-W%V}",
    "month": lambda day: f"{day:%Y-%m}",
    "weekday": lambda day: day.isoweekday(),
}


def conditions(team: Team, written: Iterable[str]) -> dict[str, tuple[str | int, ...]]:
    """`["platform=douyin", "platform=kuaishou"]`: of one name any value, of all names each.

    An account may be given by its number or its name; one nobody knows is refused, and so is an
    unknown platform, group or owner.
    """
    found: dict[str, tuple[str | int, ...]] = {}
    for text in written:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise QueryError(_("「%(text)s」应写成 名称=值，如 platform=douyin。") % {"text": text})
        values = _values(team, name.strip(), value.strip())
        found[name.strip()] = (*found.get(name.strip(), ()), *values)
    return found


def _values(team: Team, name: str, value: str) -> tuple[str | int, ...]:
    if name == "account":
        return _accounts(team, value)
    attributes = account_attributes(team)
    if value and name in attributes:
        _check_known(name, value, {*attributes[name].values(), *_platforms(name)})
    return (value,)


def _platforms(name: str) -> Iterable[str]:
    """Every one there is, also without an account of the team there."""
    return platforms() if name == "platform" else ()


def _check_known(name: str, value: str, known: Collection[str]) -> None:
    if value not in known:
        words = {"name": name, "value": value, "known": "、".join(sorted(known)) or "—"}
        raise QueryError(_("没有 %(name)s「%(value)s」。可选：%(known)s。") % words)


def _accounts(team: Team, wanted: str) -> tuple[str | int, ...]:
    known = all_accounts_of(team).values_list("pk", "platform", "name")
    found = [
        number
        for number, platform, name in known
        if wanted in (str(number), name, f"{platform}:{name}")
    ]
    if not found:
        names = "、".join(name for _number, _platform, name in known) or "—"
        words = {"wanted": wanted, "names": names}
        raise QueryError(_("没有账号「%(wanted)s」。可选：%(names)s。") % words)
    return tuple(found)


def asked(
    team: Team,
    metrics: Sequence[str],
    *,
    start: date,
    end: date,
    by: Sequence[str] = (),
    where: Iterable[str] = (),
    compare: str = "",
) -> dict[str, Any]:
    """The answer to a question as it was written; compared with the plan, the month's goals."""
    found = answer(
        team,
        metrics,
        start=start,
        end=end,
        by=by,
        where=conditions(team, where),
        compare=compare,
        planned=planned_values(team, start, end) if compare == PLAN else None,
        tells_accounts=True,
    )
    return metric_answer(team, found)


def metric_answer(team: Team, answered: Answer) -> dict[str, Any]:
    """Values with the days behind them; accounts by name."""
    query, known = answered.query, _Known.of(team, answered)
    before = answered.before
    return {
        "team": team.slug,
        **_period(answered),
        "by": list(query.by),
        "where": {name: list(map(_plain, query.where[name])) for name in query.where},
        "compare": query.compare,
        "before": _period(before) if before else None,
        "closed": _closed(team, answered),
        "rows": [_row(answered, row, known) for row in answered.rows],
    }


def _closed(team: Team, answered: Answer) -> list[dict[str, Any]]:
    """Months whose numbers are those of their closing, and how many changed since."""
    query, before = answered.query, answered.before
    start = min(query.start, before.query.start) if before else query.start
    return [
        closed_answer(since) for since in closed_in(team, start, query.end, metrics=query.metrics)
    ]


def _period(answered: Answer) -> dict[str, Any]:
    return {
        "from": answered.query.start.isoformat(),
        "to": answered.query.end.isoformat(),
        "days": answered.days,
        "as_of": answered.as_of.isoformat() if answered.as_of else None,
    }


@dataclass(frozen=True)
class _Known:
    """What rows are told with."""

    catalogue: Catalogue
    accounts: Mapping[int, str]
    posts: Mapping[int, str]
    days: Counter[tuple[object, ...]]  # of each group of times in the period
    days_before: Counter[tuple[object, ...]]

    @classmethod
    def of(cls, team: Team, answered: Answer) -> _Known:
        by, rows = answered.query.by, answered.rows
        posts = {row.group[by.index("post")] for row in rows} if "post" in by else set()
        return cls(
            catalogue_of(team),
            dict(all_accounts_of(team).values_list("pk", "name")),
            titles_of_posts(team, (post for post in posts if isinstance(post, int))),
            _days(answered.query),
            _days(answered.before.query) if answered.before else Counter(),
        )


def _days(query: MetricQuery) -> Counter[tuple[object, ...]]:
    """How many days of the period each group of times could have had."""
    words = [word for word in query.by if word in TIMES]
    allowed = {word: set(map(str, query.where[word])) for word in query.where if word in TIMES}
    period = (query.start + timedelta(days=day) for day in range(query.days))
    return Counter(
        tuple(TIMES[word](day) for word in words)
        for day in period
        if all(str(TIMES[word](day)) in allowed[word] for word in allowed)
    )


def _row(answered: Answer, row: AnswerRow, known: _Known) -> dict[str, Any]:
    metric = known.catalogue[row.metric]
    by = answered.query.by
    told: dict[str, Any] = {
        "metric": metric.code,
        "name": metric.name,
        "unit": metric.unit.value,
        **{
            word: _plain(key, known.accounts if word == "account" else {})
            for word, key in zip(by, row.group, strict=True)
        },
        **_value(row, known.days[_times(by, row)]),
    }
    if "post" in by:
        told["title"] = known.posts.get(int(str(row.group[by.index("post")])), "")
    if answered.before:
        earlier = earlier_row(answered, row)
        told["before"] = (
            _value(earlier, known.days_before[_times(by, earlier)]) if earlier else None
        )
    return told


def _value(row: AnswerRow, days: int) -> dict[str, Any]:
    return {
        "value": row.value,
        "covered_days": row.covered_days,
        "days": days,
        "reason": row.reason,
        "accounts": row.accounts,
        "least_days": row.least_days,
        "is_partial": row.is_partial,
    }


def _times(by: tuple[str, ...], row: AnswerRow) -> tuple[object, ...]:
    return tuple(key for word, key in zip(by, row.group, strict=True) if word in TIMES)


def _plain(value: object, names: Mapping[int, str] | None = None) -> str | int:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return (names or {}).get(value, value)
    return str(value)
