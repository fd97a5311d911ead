"""A task's own page: what it shows, what is added on it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import AccessOf
from yunce.ground.teams.models import Member, User
from yunce.loop.goals.models import Goal, MonthPlan, PlanState
from yunce.loop.plans.actions import add_checks, add_comment, attach
from yunce.loop.plans.models import Attachment, Comment, Contribution, Task

SignedIn = Callable[[User | Member], Client]
HTMX = {"HX-Request": "true"}


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def page_of(task: Task) -> str:
    return f"/t/content/2025-05/tasks/{task.pk}/"


def test_page_shows_who_waits_for_whom(bob: Member, livestreams: Task, signed_in: SignedIn) -> None:
    script = Task.objects.create(plan=livestreams.plan, dimension="user", title="写脚本")
    livestreams.after.add(script)
    client = signed_in(bob)
    assert "要等： 写脚本" in text(client.get(page_of(livestreams)))
    assert "卡住： 3 场视频直播" in text(client.get(page_of(script)))


def test_done_with_open_points_is_said_and_not_forbidden(
    bob: Member, livestreams: Task, signed_in: SignedIn, access_of: AccessOf
) -> None:
    add_checks(access=access_of(bob), task=livestreams, text="观看 ≥ 2,000")
    client = signed_in(bob)
    client.post(f"{page_of(livestreams)}state/", {"state": "done", "seen": "todo"})
    assert "任务已完成，但还有检查项没勾。" in text(client.get(page_of(livestreams)))


def test_cell_of_the_page_saves_alone(bob: Member, livestreams: Task, signed_in: SignedIn) -> None:
    address = f"/t/content/2025-05/plan/tasks/{livestreams.pk}/cell/estimate/?on=task"
    answer = signed_in(bob).post(address, {"value": "90", "seen_value": ""}, headers=HTMX)
    assert answer["HX-Retarget"] == f"#task-{livestreams.pk}-estimate"
    assert "1 小时 30 分" in text(answer)
    assert "plan-facts" not in answer.content.decode()


def test_cell_somebody_changed_shows_both_values(
    alice: Member, bob: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    address = f"/t/content/2025-05/plan/tasks/{livestreams.pk}/cell/estimate/?on=task"
    signed_in(alice).post(address, {"value": "60", "seen_value": ""})
    answer = signed_in(bob).post(address, {"value": "90", "seen_value": ""}, headers=HTMX)
    assert answer.status_code == 409
    assert "已把它改成「1 小时」" in text(answer)
    assert "你的「90」还没有保存。" in text(answer)


def test_choices_name_other_tasks_of_the_month(
    alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    Task.objects.create(plan=livestreams.plan, dimension="user", title="写脚本")
    address = f"/t/content/2025-05/plan/tasks/{livestreams.pk}/cell/after/?on=task"
    answer = text(signed_in(alice).get(address, headers=HTMX))
    assert "写脚本" in answer
    assert "3 场视频直播" not in answer


@pytest.mark.parametrize(
    ("path", "values", "said"),
    [
        ("subtasks/", {"title": "写脚本"}, "已加子任务：写脚本"),
        ("checks/", {"text": "观看 ≥ 2,000\n新增 ≥ 3,000"}, "已加 2 条检查项。"),
        ("comments/", {"text": "@文案专员 请看"}, "评论已发出。"),
    ],
)
def test_what_is_added_comes_back_with_the_page(
    path: str,
    values: dict[str, str],
    said: str,
    bob: Member,
    livestreams: Task,
    signed_in: SignedIn,
) -> None:
    answer = signed_in(bob).post(page_of(livestreams) + path, values, headers=HTMX)
    assert (answer["HX-Retarget"], said in text(answer)) == ("#task", True)


def test_contribution_is_read_as_a_target(
    bob: Member, livestreams: Task, followers: Goal, signed_in: SignedIn
) -> None:
    client, address = signed_in(bob), f"{page_of(livestreams)}contribution/"
    client.post(address, {"goal": followers.pk, "amount": "0.9万"})
    assert Contribution.objects.get().amount == 9000
    answer = client.post(address, {"goal": followers.pk, "amount": "很多"}, headers=HTMX)
    assert (answer.status_code, "看不懂「很多」" in text(answer)) == (422, True)
    client.post(address, {"goal": followers.pk, "amount": ""})
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("goal", ["", "x", "999999"])
def test_contribution_to_no_goal_of_the_month_is_refused(
    goal: str, bob: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    values = {"goal": goal, "amount": "1"}
    address = f"{page_of(livestreams)}contribution/"
    answer = signed_in(bob).post(address, values)
    assert (answer.status_code, "这个月没有这个目标" in text(answer)) == (422, True)


def test_refused_comment_keeps_what_was_typed(
    bob: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    words = "长" * 2001
    answer = signed_in(bob).post(f"{page_of(livestreams)}comments/", {"text": words}, headers=HTMX)
    assert "最多 2000 个字" in text(answer)
    assert words in answer.content.decode()
    assert not Comment.objects.exists()


def test_comment_of_another_task_is_not_there(
    bob: Member, livestreams: Task, signed_in: SignedIn, access_of: AccessOf
) -> None:
    other = Task.objects.create(plan=livestreams.plan, dimension="user", title="写脚本")
    comment = add_comment(access=access_of(bob), task=other, text="一稿")
    address = f"{page_of(livestreams)}comments/{comment.pk}/remove/"
    assert signed_in(bob).post(address).status_code == 404


def test_comment_of_somebody_else_is_not_changed(
    alice: Member, bob: Member, livestreams: Task, signed_in: SignedIn, access_of: AccessOf
) -> None:
    comment = add_comment(access=access_of(bob), task=livestreams, text="一稿")
    answer = signed_in(alice).post(
        f"{page_of(livestreams)}comments/{comment.pk}/edit/",
        {"text": "二稿", "seen": "一稿"},
        headers=HTMX,
    )
    assert "只有写评论的人能改它。" in text(answer)
    assert Comment.objects.get().text == "一稿"


def test_file_comes_back_as_it_went(bob: Member, livestreams: Task, signed_in: SignedIn) -> None:
    client = signed_in(bob)
    file = SimpleUploadedFile("脚本.html", b"<script>1</script>")
    client.post(f"{page_of(livestreams)}files/", {"files": file})
    made = Attachment.objects.get()
    answer = client.get(f"{page_of(livestreams)}files/{made.pk}/")
    assert b"".join(answer.streaming_content) == b"<script>1</script>"  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"


def test_no_file_is_said(bob: Member, livestreams: Task, signed_in: SignedIn) -> None:
    answer = signed_in(bob).post(f"{page_of(livestreams)}files/", {}, headers=HTMX)
    assert "请先选一个文件。" in text(answer)


def test_file_is_not_for_strangers(
    bob: Member,
    charlie: User,
    gus: Member,
    livestreams: Task,
    signed_in: SignedIn,
    access_of: AccessOf,
) -> None:
    made = attach(access=access_of(bob), task=livestreams, name="脚本.docx", content=b"abc")
    address = f"{page_of(livestreams)}files/{made.pk}/"
    assert signed_in(charlie).get(address).status_code == 404
    assert signed_in(gus).get(address).status_code == 403


def test_copy_opens_the_new_one(alice: Member, livestreams: Task, signed_in: SignedIn) -> None:
    answer = signed_in(alice).post(f"{page_of(livestreams)}copy/")
    copy = Task.objects.exclude(pk=livestreams.pk).get()
    assert answer["Location"] == page_of(copy)


def test_closed_month_shows_without_forms(
    alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    MonthPlan.objects.update(state=PlanState.CLOSED)
    client = signed_in(alice)
    body = client.get(page_of(livestreams)).content.decode().split('id="task"')[1]
    assert "<form" not in body.split("</main>")[0]
    answer = client.post(f"{page_of(livestreams)}checks/", {"text": "晚了"}, headers=HTMX)
    assert "已关账" in text(answer)


def test_queries_do_not_grow_with_what_stands_beside(
    bob: Member,
    livestreams: Task,
    signed_in: SignedIn,
    access_of: AccessOf,
    django_assert_max_num_queries: Any,
) -> None:
    access = access_of(bob)
    for n in range(20):
        add_checks(access=access, task=livestreams, text=f"第 {n} 条")
        add_comment(access=access, task=livestreams, text=f"@李组长 第 {n} 句")
        attach(access=access, task=livestreams, name=f"{n}.txt", content=b"1")
    client = signed_in(bob)
    client.get(page_of(livestreams))
    with django_assert_max_num_queries(32):
        client.get(page_of(livestreams))
