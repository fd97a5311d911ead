"""目标与拆解: a goal's tree of parts, and what people do with the parts."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

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
from yunce.loop.goals.rules import write_target
from yunce.loop.goals.views.tree import (
    goal_in,
    is_htmx,
    proposed_words,
    put,
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
        actions.change_part(access=access, part=held, words=form.words)
    except ValidationError as error:
        _put_errors(form, error)
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
        said = _("「%(name)s」刚被别人改成 %(theirs)s，没有保存你的 %(wanted)s。") % {
            "name": held.name,
            "theirs": write_target(conflict.current, measure_of(held)) or MISSING,
            "wanted": write_target(conflict.wanted, measure_of(held)) or MISSING,
        }
        return refused(request, access, month, held.goal, said, status=409)
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
