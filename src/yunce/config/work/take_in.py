"""Bringing in what lies still in the watched folder: each file to ``done`` or to ``failed``."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.utils import timezone

from yunce.config.environment import Environment
from yunce.config.failures import WorkError
from yunce.config.inbox.looking import Arrival
from yunce.config.inbox.taking import Claim, NotAFileError, claim, left_behind, taking
from yunce.config.work._acting import program_access
from yunce.config.work._asking import account_of, team_of
from yunce.config.work._explaining import explained
from yunce.engines.metrics import StoreError
from yunce.ground.imports.actions import ImportResult, import_file, note_taken_in
from yunce.ground.imports.rules import READ_LIMIT
from yunce.ground.teams.models import Team
from yunce.kit.wording import gettext as _
from yunce.outputs.api.answers import problem_sentence

logger = logging.getLogger(__name__)


def work(params: dict[str, Any]) -> dict[str, int]:
    """``names``: the files, as folders and name. One process takes at a time."""
    environment: Environment = settings.ENVIRONMENT
    root = environment.inbox
    if root is None:
        return {"taken": 0}
    wanted = [Arrival.from_json(parts) for parts in params.get("names", [])]
    taken = 0
    with taking(root) as is_ours:
        if not is_ours:
            return {"taken": 0}
        for left in left_behind(root):
            left.put_back()
        for arrival in wanted:
            ours = claim(root, arrival)
            taken += ours is not None and _take(ours)
    return {"taken": taken}


def _take(ours: Claim) -> bool:
    """Whether the file found its place; one that met a passing trouble waits where it was."""
    team: Team | None = None
    try:
        team = _team(ours.arrival)
        result = _imported(ours, team)
    except (OperationalError, StoreError):
        logger.exception("the inbox file %s has to wait", ours.arrival.name)
        ours.put_back()
        return False
    except Exception as error:
        _fail(ours, team, _reason(error))
        return True
    if result.errors or _wrote_nothing(result):
        _fail(ours, team, _sentences(result))
        return True
    ours.done(timezone.localtime())
    note_taken_in(team=team, name=ours.arrival.name, batch=result.batch)
    return True


def _team(arrival: Arrival) -> Team:
    if arrival.folders:
        return team_of({"team": arrival.folders[0]})
    slugs = sorted(Team.objects.values_list("slug", flat=True))
    if len(slugs) > 1:
        sentence = _("有多个团队。请把文件放进团队的文件夹，文件夹名是其中一个：%(known)s。")
        raise WorkError(sentence % {"known": "、".join(slugs)})
    return team_of({})


def _imported(ours: Claim, team: Team) -> ImportResult:
    named = {"account": ours.arrival.folders[1]} if len(ours.arrival.folders) > 1 else {}
    return import_file(
        access=program_access(team),
        content=ours.content(READ_LIMIT),
        name=ours.arrival.name,
        account=account_of(named, team),
        dry_run=False,
        today=timezone.localdate(),
    )


def _wrote_nothing(result: ImportResult) -> bool:
    """No batch although it is not the same file again: something kept it out."""
    return result.batch is None and not result.unchanged


def _sentences(result: ImportResult) -> str:
    told = [problem_sentence(problem) for problem in result.problems]
    return "\n".join([*told, *([result.blocked] if result.blocked else [])])


def _reason(error: Exception) -> str:
    if isinstance(error, (WorkError, NotAFileError)):
        return str(error)
    if (sentence := explained(error)) is not None:
        return sentence
    logger.exception("an inbox file could not be taken in")
    return _("运策处理这个文件时出错了，已记在服务日志里。请把文件发给管理员。")


def _fail(ours: Claim, team: Team | None, reason: str) -> None:
    sentence = reason or _("文件里没有可以导入的数值。")
    ours.failed(sentence, timezone.localtime())
    note_taken_in(team=team, name=ours.arrival.name, batch=None, reason=sentence)
