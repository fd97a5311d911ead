"""Copying every fact from here to another store, checked against the ledger."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings
from django.utils import timezone

from yunce.config.environment import Environment
from yunce.config.failures import WorkError, WrongUsageError
from yunce.config.keeping.aside import keep_aside
from yunce.config.keeping.owning import objection, our_mark
from yunce.engines.metrics import (
    CopyReport,
    FactStore,
    MonthCopy,
    StoreUrlError,
    copy_facts,
    open_store,
)
from yunce.ground.facts.access import fact_store
from yunce.ground.facts.models import Batch, BatchState
from yunce.ground.teams.models import Team
from yunce.kit.months import Month
from yunce.kit.wording import gettext as _

_PORTS = {"postgresql": 5432, "clickhouse": 8443}
_UNFINISHED = (BatchState.WRITING, BatchState.UNDOING)


@dataclass(frozen=True)
class Copied:
    """What a copy brought, and what it replaced."""

    report: CopyReport
    kept: Path | None  # where the target's own facts lie now, if it held somebody else's


def copy_to(
    url: str,
    *,
    team: Team | None,
    force: bool,
    begin: Callable[[int], None],
    progress: Callable[[MonthCopy], None],
) -> Copied:
    """Make the store at ``url`` say what ours says. ``begin`` hears how many months there are.

    Imports go on meanwhile, so at the end the ledger must be as it was at the beginning.
    """
    _refuse_same(settings.YUNCE_FACTS_URL, url)
    try:
        target = open_store(url)
    except StoreUrlError as error:
        raise WrongUsageError(str(error)) from error
    with closing(target):
        before = _ledger()
        source, number = fact_store(), team.pk if team else None
        kept = _claimed(source, target, url, force=force)
        begin(sum(len(_months(source, target, each)) for each in _teams(source, target, number)))
        report = copy_facts(source, target, team=number, progress=progress)
        after = _ledger()
    if before != after or any(state in _UNFINISHED for _number, state in after):
        raise WorkError(_("复制时有人导入或撤销，目标可能不全。请再运行一次，已复制的月份会跳过。"))
    return Copied(report, kept)


def _claimed(source: FactStore, target: FactStore, url: str, *, force: bool) -> Path | None:
    """The target is ours from here on, so that a copy that breaks off may be gone on with."""
    why = objection(source, target)
    if why and not force:
        raise WorkError(
            _("没有复制：目标「%(url)s」%(why)s，复制会清掉它们。")
            % {"url": shown(url), "why": why}
            + _("请换一个空的事实库；确定要换掉，请加 --force（原来的数会留一份）。")
        )
    kept = _aside(target) if why else None
    target.belong_to(our_mark())
    return kept


def _aside(target: FactStore) -> Path:
    environment: Environment = settings.ENVIRONMENT
    moment = f"{timezone.localtime():%Y%m%d-%H%M%S-%f}"
    before = environment.backups / f"facts-before-copy-{moment}.duckdb"
    keep_aside(target, before)
    return before


def _teams(source: FactStore, target: FactStore, team: int | None) -> set[int]:
    return source.teams() | target.teams() if team is None else {team}


def _months(source: FactStore, target: FactStore, team: int) -> set[Month]:
    days = source.stated_days(team=team) | target.stated_days(team=team)
    return {Month.of(day) for day in days}


def _ledger() -> list[tuple[int, str]]:
    return list(Batch.objects.order_by("pk").values_list("pk", "state"))


def _refuse_same(here: str, there: str) -> None:
    try:
        is_same = _place(here) == _place(there)
    except ValueError as error:  # a port that is no number
        raise WrongUsageError(_("事实库地址「%(url)s」看不懂。") % {"url": shown(there)}) from error
    if is_same:
        raise WrongUsageError(_("「%(url)s」就是现在的事实库，不用复制。") % {"url": shown(there)})


def _place(url: str) -> tuple[object, ...]:
    """Two addresses of one store are one place, whoever signs in and however it is tuned."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    if parts.scheme == "duckdb":
        return parts.scheme, str(Path(path).resolve())
    host = {"localhost": "127.0.0.1"}.get(parts.hostname or "", parts.hostname)
    schema = dict(parse_qsl(parts.query)).get("schema", "public")
    return parts.scheme, host, parts.port or _PORTS.get(parts.scheme), path.strip("/"), schema


def shown(url: str) -> str:
    """Without the password.

    >>> shown("postgresql://yunce:secret@db:5432/facts")
    'postgresql://yunce@db:5432/facts'
    """
    before, sign, after = url.rpartition("@")
    start, colons, user = before.partition("://")
    return f"{start}{colons}{user.partition(':')[0]}{sign}{after}"
