"""What the API and the command line answer alike about imports and closed months."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.engines.platforms import Problem
from yunce.ground.facts.models import SinceClosing
from yunce.ground.imports.actions import ImportResult


def import_answer(result: ImportResult) -> dict[str, Any]:
    return {
        "batch": result.batch,
        "platform": result.platform,
        "account": result.account,
        "added": result.added,
        "updated": result.updated,
        "unchanged": result.unchanged,
        "conflicts": result.conflicts,
        "ignored": result.ignored,
        "errors": result.errors,
    }


def problem_sentence(problem: Problem) -> str:
    """Where, which value, what is wrong, and what to do."""
    places = [
        problem.sheet,
        _("第 %(row)s 行") % {"row": problem.row} if problem.row else "",
        _("「%(column)s」列") % {"column": problem.column} if problem.column else "",
        _("值「%(value)s」") % {"value": problem.value} if problem.value else "",
    ]
    where = " ".join(place for place in places if place)
    what = f"{where}：{problem.message}" if where else problem.message
    return f"{what.rstrip('。')}。{problem.hint}"


def closed_answer(since: SinceClosing) -> dict[str, Any]:
    """A month told by the numbers of its closing, and how many of them are others now."""
    return {
        "month": str(since.month),
        "closed_on": timezone.localtime(since.closing.closed_at).date().isoformat(),
        "changed_since": since.count,
        "note": since.sentence,
    }
