"""A task's own page, and what one adds to it there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunce.ground.imports.queries import open_kept
from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals.actions import EditConflictError
from yunce.loop.plans import actions
from yunce.loop.plans.fetching import beside_or_404, goal_numbered, task_or_404
from yunce.loop.plans.models import Attachment, CheckItem, Comment, Task
from yunce.loop.plans.rules import SHELF
from yunce.loop.plans.task_page import TaskPage
from yunce.loop.plans.views.answers import aimed_at, is_htmx
from yunce.loop.plans.views.contributions import read_expected
from yunce.loop.plans.views.quarrels import over_contribution
from yunce.web.quarrels import Quarrel
from yunce.web.toasts import toast


@require_GET
def task(request: HttpRequest, slug: str, month: Month, task_id: int) -> HttpResponse:
    access = team_for(request, slug, Capability.SEE_ALL)
    return render(request, "plans/task.html", _words(access, task_or_404(access, month, task_id)))


@require_POST
def subtask(request: HttpRequest, slug: str, month: Month, task_id: int) -> HttpResponse:
    access = team_for(request, slug, Capability.RECORD)
    task = task_or_404(access, month, task_id)
    try:
        sub = actions.add_subtask(access=access, task=task, title=request.POST.get("title", ""))
    except ValidationError as error:
        return _answer(request, access, task, problem=error)
    undo_url = reverse("plans:task-step", args=[slug, month, sub.pk, "remove"])
    said = _("已加子任务：%s") % sub.title[:30]
    return _answer(request, access, task, said=said, undo_url=undo_url)


@require_POST
def copy(request: HttpRequest, slug: str, month: Month, task_id: int) -> HttpResponse:
    """The task again with its sub-tasks; its page opens."""
    access = team_for(request, slug, Capability.RECORD)
    task = task_or_404(access, month, task_id)
    try:
        made = actions.copy_task(access=access, task=task)
    except ValidationError as error:
        return _answer(request, access, task, problem=error)
    messages.success(request, _("已复制。这是新的一份，改好名称和时间。"))
    return redirect("plans:task", slug, month, made.pk)


@require_POST
def checks(request: HttpRequest, slug: str, month: Month, task_id: int) -> HttpResponse:
    access = team_for(request, slug, Capability.RECORD)
    task = task_or_404(access, month, task_id)
    try:
        made = actions.add_checks(access=access, task=task, text=request.POST.get("text", ""))
    except ValidationError as error:
        return _answer(request, access, task, problem=error)
    return _answer(request, access, task, said=_("已加 %s 条检查项。") % len(made))


@require_POST
def check(
    request: HttpRequest, slug: str, month: Month, task_id: int, check_id: int, do: str
) -> HttpResponse:
    """tick, untick or remove."""
    access = team_for(request, slug, Capability.RECORD)
    task = task_or_404(access, month, task_id)
    item = beside_or_404(CheckItem.objects, task, check_id)
    try:
        if do == "remove":
            actions.remove_check(access=access, item=item)
        else:
            actions.tick(access=access, item=item, is_done=do == "tick")
    except ValidationError as error:
        return _answer(request, access, task, problem=error)
    said = {"tick": _("已勾：%s"), "untick": _("已取消：%s"), "remove": _("已删：%s")}
    return _answer(request, access, task, said=said[do] % item.text[:30])


@require_POST
def contribution(request: HttpRequest, slug: str, month: Month, task_id: int) -> HttpResponse:
    """How much the task brings to one goal; an empty amount takes the expectation back."""
    access = team_for(request, slug, Capability.RECORD)
    task = task_or_404(access, month, task_id)
    try:
        goal = goal_numbered(task.plan, request.POST.get("goal", ""))
        amount = read_expected(goal, request.POST.get("amount", ""))
        seen = read_expected(goal, request.POST["seen"]) if "seen" in request.POST else ...
        actions.set_contribution(access=access, task=task, goal=goal, amount=amount, seen=seen)
    except ValidationError as error:
        return _answer(request, access, task, problem=error)
    except EditConflictError as conflict:
        keep = reverse("plans:task", args=[slug, month, task_id])
        quarrel = over_contribution(task, goal, conflict, url=request.path, keep=keep)
        return _answer(request, access, task, quarrel=quarrel)
    return _answer(request, access, task, said=_("已保存对「%s」的预计贡献。") % goal.name)


@require_POST
def comments(request: HttpRequest, slug: str, month: Month, task_id: int) -> HttpResponse:
    access = team_for(request, slug, Capability.RECORD)
    task = task_or_404(access, month, task_id)
    text = request.POST.get("text", "")
    try:
        made = actions.add_comment(access=access, task=task, text=text)
    except ValidationError as error:
        return _answer(request, access, task, problem=error, typed=text)
    url = reverse("plans:comment", args=[slug, month, task_id, made.pk, "remove"])
    return _answer(request, access, task, said=_("评论已发出。"), undo_url=url)


@require_POST
def comment(
    request: HttpRequest, slug: str, month: Month, task_id: int, comment_id: int, do: str
) -> HttpResponse:
    """edit, remove or restore; only one's own."""
    access = team_for(request, slug, Capability.RECORD)
    task = task_or_404(access, month, task_id)
    held = beside_or_404(Comment.objects, task, comment_id)
    try:
        if do == "edit":
            _edit(request, access, held)
        elif do == "remove":
            actions.remove_comment(access=access, comment=held)
        else:
            actions.restore_comment(access=access, comment=held)
    except (ValidationError, PermissionDenied, EditConflictError) as error:
        return _answer(request, access, task, problem=_spoken(error))
    url = reverse("plans:comment", args=[slug, month, task_id, held.pk, "restore"])
    said = {"edit": _("评论已改。"), "remove": _("评论已删。"), "restore": _("已撤销。")}[do]
    return _answer(request, access, task, said=said, undo_url=url if do == "remove" else "")


def _edit(request: HttpRequest, access: Access, held: Comment) -> None:
    text, seen = request.POST.get("text", ""), request.POST.get("seen", "")
    actions.edit_comment(access=access, comment=held, text=text, seen=seen)


def _spoken(error: Exception) -> ValidationError:
    if isinstance(error, ValidationError):
        return error
    if isinstance(error, EditConflictError):
        words = {"theirs": error.current[:60], "mine": error.wanted[:60]}
        return ValidationError(
            _("这条评论刚在别处改成「%(theirs)s」，你的「%(mine)s」没有保存。") % words
        )
    return ValidationError(str(error))


@require_POST
def files(request: HttpRequest, slug: str, month: Month, task_id: int) -> HttpResponse:
    access = team_for(request, slug, Capability.RECORD)
    task = task_or_404(access, month, task_id)
    given = request.FILES.getlist("files")
    try:
        if not given:
            raise ValidationError(_("请先选一个文件。"))
        for file in given:
            actions.attach(access=access, task=task, name=file.name or "", content=file.read())
    except ValidationError as error:
        return _answer(request, access, task, problem=error)
    return _answer(request, access, task, said=_("已保存 %s 个附件。") % len(given))


@require_GET
def file(
    request: HttpRequest, slug: str, month: Month, task_id: int, file_id: int
) -> HttpResponse | FileResponse:
    """Taken away as a file, never shown in the browser: it may hold anything."""
    access = team_for(request, slug, Capability.SEE_ALL)
    held = beside_or_404(Attachment.objects, task_or_404(access, month, task_id), file_id)
    try:
        content = open_kept(held.sha256, shelf=SHELF)
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(
        content, as_attachment=True, filename=held.name, content_type="application/octet-stream"
    )


@require_POST
def file_step(
    request: HttpRequest, slug: str, month: Month, task_id: int, file_id: int, do: str
) -> HttpResponse:
    """remove or restore."""
    access = team_for(request, slug, Capability.RECORD)
    task = task_or_404(access, month, task_id)
    held = beside_or_404(Attachment.objects, task, file_id)
    act = actions.remove_attachment if do == "remove" else actions.restore_attachment
    try:
        act(access=access, attachment=held)
    except ValidationError as error:
        return _answer(request, access, task, problem=error)
    url = reverse("plans:file-step", args=[slug, month, task_id, file_id, "restore"])
    said = _("已删附件：%s") % held.name if do == "remove" else _("已撤销。")
    return _answer(request, access, task, said=said, undo_url=url if do == "remove" else "")


def _words(access: Access, task: Task, **more: Any) -> dict[str, Any]:
    page = TaskPage(access, task)
    return {"access": access, "month": task.plan.month, "task": task, "page": page, **more}


def _answer(
    request: HttpRequest,
    access: Access,
    task: Task,
    *,
    said: str = "",
    problem: ValidationError | None = None,
    typed: str = "",
    undo_url: str = "",
    quarrel: Quarrel | None = None,
) -> HttpResponse:
    """The task again, with a toast or what says why not."""
    month = task.plan.month
    task = task_or_404(access, month, task.pk)
    sentence = " ".join(problem.messages) if problem else ""
    words = _words(access, task, problem=sentence, typed=typed, quarrel=quarrel)
    status = 409 if quarrel else 422 if problem else 200
    if not is_htmx(request):
        if problem or quarrel:
            return render(request, "plans/task.html", words, status=status)
        messages.success(request, said, extra_tags=undo_url)
        return redirect("plans:task", access.team.slug, month, task.pk)
    answer = render(request, "plans/_task.html", words, status=status)
    if said:
        answer.write(toast(request, said, undo_url=undo_url))
    return aimed_at(answer, "#task")
