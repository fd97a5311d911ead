"""目标与拆解: a goal's tree of parts, and what people do with the parts."""

from __future__ import annotations

import json

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yunce.ground.journal.queries import newest_entry
from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.kit.numbers import MISSING
from yunce.loop.goals import actions
from yunce.loop.goals.forms import (
    PartForm,
    held_words,
    is_factor,
    measure_of,
    read_amount,
    read_amounts,
    read_seen,
    written_amounts,
)
from yunce.loop.goals.models import Part
from yunce.loop.goals.queries.parts import amounts_beside, part_in
from yunce.loop.goals.queries.templates import even_weeks, like_last_month, tree_last_month
from yunce.loop.goals.views.quarrels import over_amount
from yunce.loop.goals.views.tree import (
    goal_in,
    is_htmx,
    proposed_words,
    put,
    quarrelled,
    refused,
    stands,
    target_words,
    tree_answer,
)


@require_GET
def targets(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    access = team_for(request, slug, Capability.SEE_PLAN)
    words = target_words(access, month, request.GET.get("goal", ""))
    return render(request, "goals/targets.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
def new_part(request: HttpRequest, slug: str, month: Month, goal_id: int) -> HttpResponse:
    access = team_for(request, slug, Capability.PLAN)
    goal = goal_in(access, month, goal_id)
    asked = request.GET.get("parent", "")
    parent = part_in(access.team, month, int(asked)) if asked.isdecimal() else None
    form = PartForm(request.POST or None, goal=goal, is_factor=is_factor(parent))
    if not form.is_valid():
        return _form(request, access, month, form, parent=parent)
    try:
        if stands(goal):
            args = {"parent": asked} if parent else {}
            return _put_form(request, access, month, form, "add", args)
        part = actions.add_part(access=access, goal=goal, words=form.words, parent=parent)
    except ValidationError as error:
        _put_errors(form, error)
        return _form(request, access, month, form, parent=parent)
    said, undo = _("已拆出「%s」。") % part.name, _step(access, month, part, "remove")
    return tree_answer(request, access, month, goal, said, undo_url=undo)


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, slug: str, month: Month, part_id: int) -> HttpResponse:
    """GET the form of a part, POST saves it."""
    access = team_for(request, slug, Capability.PLAN)
    held = part_in(access.team, month, part_id)
    form = PartForm(
        request.POST or None,
        goal=held.goal,
        is_factor=is_factor(held.parent),
        initial=held_words(held),
    )
    if not form.is_valid():
        return _form(request, access, month, form, part=held)
    try:
        if stands(held.goal):
            args = {"part": str(held.pk)}
            return _put_form(request, access, month, form, "change", args)
        seen = _read_words(request.POST.get("seen", ""))
        actions.change_part(access=access, part=held, words=form.words, seen=seen)
    except ValidationError as error:
        _put_errors(form, error)
        return _form(request, access, month, form, part=held)
    except actions.EditConflictError as conflict:
        form.add_error(None, _quarrel_words(held, conflict))
        return _form(request, access, month, form, part=held)
    return tree_answer(request, access, month, held.goal, _("已保存「%s」。") % held.name)


@require_POST
def part_amount(request: HttpRequest, slug: str, month: Month, part_id: int) -> HttpResponse:
    """A number typed or dragged; with ``keep`` the neighbours give or take the difference."""
    access = team_for(request, slug, Capability.PLAN)
    held = part_in(access.team, month, part_id)
    was = amounts_beside(held)
    try:
        if stands(held.goal):
            return _put_amount(request, access, month, held)
        _set_amount(access, held, request)
    except ValidationError as error:
        return refused(request, access, month, held.goal, " ".join(error.messages))
    except actions.EditConflictError as conflict:
        quarrel = over_amount(held, conflict, keep=request.POST.get("keep", ""))
        return quarrelled(request, access, month, held.goal, quarrel)
    is_undo = "back" in request.POST
    said = _("已撤销。") if is_undo else _("已保存「%s」。") % held.name
    return tree_answer(
        request,
        access,
        month,
        held.goal,
        said,
        undo_url="" if is_undo else request.path,
        undo_fields={"back": written_amounts(was)},
    )


def _read_words(text: str) -> dict[str, str] | None:
    """What the form said before, as it was sent along; None when it was not."""
    try:
        held = json.loads(text) if text else None
    except ValueError:
        return None
    if not isinstance(held, dict):
        return None
    return {str(name): str(said) for name, said in held.items()}


def _quarrel_words(part: Part, conflict: actions.EditConflictError) -> str:
    """Who said what of the part meanwhile, field by field; saving again takes one's own."""
    fields = PartForm(goal=part.goal).fields
    entry = newest_entry("part", [part.pk], verbs=["goals.change_part", "goals.set_part_amount"])
    pairs = [
        _("%(field)s %(theirs)s（你的 %(mine)s）")
        % {
            "field": fields[name].label,
            "theirs": theirs or MISSING,
            "mine": conflict.wanted[name] or MISSING,
        }
        for name, theirs in conflict.current.items()
        if theirs != conflict.wanted[name] and name in fields
    ]
    words = {
        "who": entry.actor_name if entry else _("别人"),
        "at": f"{timezone.localtime(entry.at):%H:%M}" if entry else "",
        "pairs": "；".join(pairs),
    }
    return (
        _("%(who)s %(at)s 刚改过它：%(pairs)s。还要用你的，就再按一次保存；用对方的，就取消。")
        % words
    )


def _put_amount(request: HttpRequest, access: Access, month: Month, part: Part) -> HttpResponse:
    """The new number to the others, unless somebody else's stands there meanwhile."""
    amount = read_amount(request.POST.get("amount", ""), measure_of(part))
    if part.amount not in (read_seen(request.POST.get("seen", "")), amount):
        raise actions.EditConflictError(field="amount", current=part.amount, wanted=amount)
    keep = "1" if request.POST.get("keep") == "1" else ""
    args = {"part": str(part.pk), "amount": actions.written(amount), "keep": keep}
    return put(request, access, month, part.goal, "amount", args)


def _put_form(
    request: HttpRequest,
    access: Access,
    month: Month,
    form: PartForm,
    act: str,
    args: dict[str, str],
) -> HttpResponse:
    """What the form says of a part, to the others."""
    change = actions.propose_split(
        access=access,
        goal=form.goal,
        act=act,
        args={**actions.part_texts(form.words), **args},
        reason=form.cleaned_data["reason"],
    )
    return tree_answer(request, access, month, form.goal, proposed_words(change))


def _set_amount(access: Access, part: Part, request: HttpRequest) -> None:
    if "back" in request.POST:
        back = read_amounts(request.POST["back"])
        actions.put_back_amounts(access=access, part=part, amounts=back)
        return
    actions.set_part_amount(
        access=access,
        part=part,
        amount=read_amount(request.POST.get("amount", ""), measure_of(part)),
        seen=read_seen(request.POST.get("seen", "")),
        keep_sum=request.POST.get("keep") == "1",
    )


@require_POST
def part_step(
    request: HttpRequest, slug: str, month: Month, part_id: int, *, does: str
) -> HttpResponse:
    """remove or restore."""
    access = team_for(request, slug, Capability.PLAN)
    held = part_in(access.team, month, part_id, even_removed=does == "restore")
    if stands(held.goal) and does == "remove":
        return put(request, access, month, held.goal, "remove", {"part": str(held.pk)})
    act = actions.remove_part if does == "remove" else actions.restore_part
    try:
        act(access=access, part=held)
    except ValidationError as error:
        return refused(request, access, month, held.goal, " ".join(error.messages))
    said = _("已删除「%s」。") if does == "remove" else _("已恢复「%s」。")
    undo = _step(access, month, held, "restore") if does == "remove" else ""
    return tree_answer(request, access, month, held.goal, said % held.name, undo_url=undo)


@require_POST
def fill(request: HttpRequest, slug: str, month: Month, goal_id: int, *, how: str) -> HttpResponse:
    """按周均分, 按上月结构, 照搬上月的拆解."""
    access = team_for(request, slug, Capability.PLAN)
    goal = goal_in(access, month, goal_id)
    if stands(goal):
        return put(request, access, month, goal, "fill", {"how": how})
    try:
        if how == "copy":
            actions.copy_parts(access=access, goal=goal, parts=tree_last_month(goal))
        else:
            made = even_weeks(goal) if how == "weeks" else like_last_month(goal)
            named = _("按周均分") if how == "weeks" else _("按上月结构")
            actions.fill_parts(access=access, goal=goal, parts=made, how=named)
    except ValidationError as error:
        return refused(request, access, month, goal, " ".join(error.messages))
    return tree_answer(request, access, month, goal, _("已拆解「%s」。") % goal.name)


def _said(part: Part) -> dict[str, str]:
    """As it stands now, not as it was when the request began."""
    return actions.part_texts(actions.words_held(Part.objects.get(pk=part.pk)))


def _form(
    request: HttpRequest,
    access: Access,
    month: Month,
    form: PartForm,
    *,
    parent: Part | None = None,
    part: Part | None = None,
) -> HttpResponse:
    words = {
        "access": access,
        "month": month,
        "form": form,
        "goal": form.goal,
        "parent": parent,
        "part": part,
        "address": request.get_full_path(),
        "seen": json.dumps(_said(part), ensure_ascii=False) if part else "",
    }
    status = 422 if form.errors else 200
    name = "_part_form" if is_htmx(request) else "part"
    return render(request, f"goals/{name}.html", words, status=status)


def _step(access: Access, month: Month, part: Part, step: str) -> str:
    return reverse(f"goals:{step}-part", args=[access.team.slug, month, part.pk])


def _put_errors(form: PartForm, error: ValidationError) -> None:
    by_field = error.message_dict if hasattr(error, "message_dict") else {"": error.messages}
    for name, sentences in by_field.items():
        form.add_error(name if name in form.fields else None, sentences)
