"""排一排: ask, show what it would change, write what is accepted, undo."""

from __future__ import annotations

import json
from threading import BoundedSemaphore
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yunce.engines.scheduling import ScheduleError
from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals.actions import EditConflictError, may_change
from yunce.loop.goals.models import MonthPlan
from yunce.loop.goals.queries import plan_of
from yunce.loop.plans.actions import Placing, place_tasks
from yunce.loop.plans.arranging import propose, too_much_at_once, written
from yunce.loop.plans.fetching import plan_or_404
from yunce.loop.plans.workload import workload_of

# One search at a time: each takes every core, and eight web threads must keep answering.
_TURN = BoundedSemaphore(1)


@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    """GET says what would be placed; POST searches (at most ten seconds) and shows the answer."""
    access = team_for(request, slug, Capability.PLAN)
    plan = plan_of(access.team, month)
    words: dict[str, Any] = {"access": access, "month": month, "plan": plan}
    if plan is None:
        return render(request, "plans/schedule.html", words)
    words |= {"load": workload_of(plan), "problem": _closed(access, plan)}
    if request.method != "POST" or words["problem"]:
        status = 422 if request.method == "POST" else 200
        return render(request, "plans/schedule.html", words, status=status)
    if not _TURN.acquire(blocking=False):
        words["problem"] = too_much_at_once()
        return render(request, "plans/schedule.html", words, status=409)
    try:
        words["proposal"] = found = propose(plan)
        words["moves"] = json.dumps(written(found.moves))
    except ScheduleError as error:
        words["problem"] = str(error)
    finally:
        _TURN.release()
    status = 422 if words["problem"] else 200
    return render(request, "plans/schedule.html", words, status=status)


def _closed(access: Access, plan: MonthPlan) -> str:
    try:
        may_change(access, plan)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


@require_POST
def apply_schedule(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    """Write what was ticked, all of it or nothing."""
    access = team_for(request, slug, Capability.PLAN)
    plan = plan_or_404(access, month)
    words: dict[str, Any] = {"access": access, "month": month, "plan": plan}
    try:
        placings = _posted(request)
        back = place_tasks(access=access, plan=plan, placings=placings)
    except ValidationError as error:
        words["problem"] = " ".join(error.messages)
    except EditConflictError as conflict:
        words["problem"] = _(
            "「%(task)s」刚被别人改成「%(current)s」，没有保存任何改动。请重新排一次。"
        ) % {"task": conflict.field[:30], "current": conflict.current or _("空")}
    else:
        words |= _done(placings, back, is_undo="undo" in request.POST)
        return render(request, "plans/scheduled.html", words)
    words["load"] = workload_of(plan)
    return render(request, "plans/schedule.html", words, status=422)


def _done(placings: list[Placing], back: tuple[Placing, ...], *, is_undo: bool) -> dict[str, Any]:
    return {
        "many": len(placings),
        "is_undo": is_undo,
        "moves": json.dumps([_as_move(placing) for placing in back]),
    }


def _as_move(placing: Placing) -> dict[str, object]:
    return {
        "task": placing.task,
        "nodes": placing.nodes,
        "seen": placing.seen,
        "owners": placing.owners,
        "seen_owners": placing.seen_owners,
    }


def _posted(request: HttpRequest) -> list[Placing]:
    """The moves of the form; with ticks, only those ticked."""
    try:
        moves = json.loads(request.POST.get("moves", ""))
        placings = [
            Placing(
                task=int(move["task"]),
                nodes=str(move["nodes"]),
                seen=str(move["seen"]),
                owners=None
                if move.get("owners") in (None, "") and "undo" not in request.POST
                else _text(move.get("owners")),
                seen_owners=str(move.get("seen_owners", "")),
            )
            for move in moves
        ]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValidationError(_("这份排期看不懂。请重新排一次。")) from error
    if "undo" in request.POST:
        return placings
    ticked = set(request.POST.getlist("pick"))
    return [placing for placing in placings if str(placing.task) in ticked]


def _text(value: object) -> str | None:
    return None if value is None else str(value)
