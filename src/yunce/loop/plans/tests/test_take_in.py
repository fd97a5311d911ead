"""An existing plan table into the month: look first, then all of it or nothing, and undo."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yunce.engines.plantables.tests.tables import Rows, word
from yunce.ground.journal.models import Entry
from yunce.ground.teams.models import Member, User
from yunce.loop.goals.models import Goal, MonthPlan, PlanState
from yunce.loop.plans.models import Task

SignedIn = Callable[[User | Member], Client]
PLAN = "/t/content/2025-05/plan/"
ROWS: Rows = (
    (
        "内容运营",
        "图文 20 篇（原创 60 %）",
        "10 篇产品测评 + 5 篇行业干货 + 5 篇用户案例",
        "文案专员",
        "1–30 日",
        "每篇阅读 ≥ 500",
        "",
    ),
    (
        "用户增长",
        "新增粉丝 12,000（挑战 13,000）",
        "1. 3 场视频直播，每场新增 3,000\n2. 2 场裂变活动，每场新增 1,500",
        "运营组长 + 陌生人",
        "直播：5/10、5/20、5/30；裂变：等通知",
        "每场观看 ≥ 2,000",
        "",
    ),
)


def looked_at(client: Client, rows: Rows = ROWS) -> Any:
    file = SimpleUploadedFile("五月计划.docx", word(rows))
    return client.post(PLAN + "file/", {"file": file})


def form_of(page: Any) -> dict[str, Any]:
    """The preview's form as a browser would post it unchanged."""
    look, draft = page.context["look"], page.context["draft"]
    form: dict[str, Any] = {"draft": draft.as_json()}
    form |= {f"goal-{line.index}": line.chosen for line in look.goals}
    form |= {f"who-{p.index}": p.member.pk if p.member else "" for p in look.people}
    return form | {"task": [line.index for line in look.tasks]}


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_looking_shows_what_was_read_and_changes_nothing(
    alice: Member, bob: Member, signed_in: SignedIn
) -> None:
    page = looked_at(signed_in(alice))
    chosen = [(line.told.words, line.chosen) for line in page.context["look"].goals]
    assert chosen == [
        ("图文", "pieces_article"),
        ("原创", "original_share"),
        ("新增粉丝", "new_followers"),
    ]
    people = [(p.name, p.member) for p in page.context["look"].people]
    assert people == [("文案专员", bob), ("运营组长", alice), ("陌生人", None)]
    assert "等通知" in text(page)
    assert not MonthPlan.objects.exists()


def test_taking_in_fills_the_month(alice: Member, bob: Member, signed_in: SignedIn) -> None:
    client = signed_in(alice)
    answer = client.post(PLAN + "take-in/", form_of(looked_at(client)), follow=True)
    assert "已导入「五月计划.docx」。" in text(answer)
    followers = Goal.objects.get(metric="new_followers")
    assert (followers.must, followers.stretch) == (Decimal(12_000), Decimal(13_000))
    live, fission = followers.tasks.all()
    assert live.title == "3 场视频直播，每场新增 3,000"
    assert live.nodes == ["2025-05-10", "2025-05-20", "2025-05-30"]
    assert list(live.owners.all()) == [alice]
    assert [c.amount for c in live.contributions.all()] == [Decimal(9_000)]
    assert [c.amount for c in fission.contributions.all()] == [Decimal(3_000)]
    assert Goal.objects.get(metric="original_share").must == Decimal("0.6")
    parts = [(part.name, part.kind) for part in followers.parts.filter(parent=None)]
    assert parts == [("视频直播", "product"), ("裂变活动", "product")]


def test_undo_leaves_the_month_as_it_was(alice: Member, bob: Member, signed_in: SignedIn) -> None:
    client = signed_in(alice)
    client.post(PLAN + "take-in/", form_of(looked_at(client)))
    taking = MonthPlan.objects.get().takings.get()
    answer = client.post(f"{PLAN}taken/{taking.pk}/undo/", follow=True)
    assert "已撤销导入。" in text(answer)
    assert not Goal.objects.exists()
    assert not Task.objects.filter(deleted_at=None).exists()
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"plans.take_in", "plans.undo_taking"} <= verbs


def test_only_the_edits_of_a_known_plan_are_changed(
    alice: Member, bob: Member, signed_in: SignedIn
) -> None:
    client = signed_in(alice)
    client.post(PLAN + "take-in/", form_of(looked_at(client)))
    edited = [list(row) for row in ROWS]
    edited[0][5] = "每篇阅读 ≥ 600"
    edited[1][1] = "新增粉丝 12,500（挑战 13,000）"
    page = looked_at(client, edited)
    standings = [
        line.standing for line in (*page.context["look"].goals, *page.context["look"].tasks)
    ]
    assert standings == ["same", "same", "changed", "changed", "same", "same"]
    client.post(PLAN + "take-in/", form_of(page))
    taking = MonthPlan.objects.get().takings.first()
    assert taking is not None
    assert [edit[2:] for edit in taking.made["edits"]] == [
        ["targets", ["12000.000000", "13000.000000"], ["12500", "13000"]],
        ["standard", "每篇阅读 ≥ 500", "每篇阅读 ≥ 600"],
    ]
    assert (Goal.objects.count(), Task.objects.count()) == (3, 3)


def test_undoing_edits_sets_the_old_values_back(
    alice: Member, bob: Member, signed_in: SignedIn
) -> None:
    client = signed_in(alice)
    client.post(PLAN + "take-in/", form_of(looked_at(client)))
    edited = [list(row) for row in ROWS]
    edited[1][1] = "新增粉丝 12,500（挑战 13,000）"
    client.post(PLAN + "take-in/", form_of(looked_at(client, edited)))
    taking = MonthPlan.objects.get().takings.first()
    assert taking is not None
    client.post(f"{PLAN}taken/{taking.pk}/undo/")
    assert Goal.objects.get(metric="new_followers").must == Decimal(12_000)
    assert Goal.objects.count() == 3


def test_the_same_file_again_is_refused_in_a_sentence(
    alice: Member, bob: Member, signed_in: SignedIn
) -> None:
    client = signed_in(alice)
    client.post(PLAN + "take-in/", form_of(looked_at(client)))
    answer = client.post(PLAN + "take-in/", form_of(looked_at(client)))
    assert answer.status_code == 422
    assert "没有要改的" in text(answer)


def test_two_goals_on_one_metric_save_nothing(
    alice: Member, bob: Member, signed_in: SignedIn
) -> None:
    client = signed_in(alice)
    form = form_of(looked_at(client)) | {"goal-0": "new_followers"}
    answer = client.post(PLAN + "take-in/", form)
    assert answer.status_code == 422
    assert "有两个目标都选了" in text(answer)
    assert not Goal.objects.exists()


def test_a_rate_cannot_become_a_count(alice: Member, bob: Member, signed_in: SignedIn) -> None:
    client = signed_in(alice)
    form = form_of(looked_at(client)) | {"goal-1": "orders"}
    answer = client.post(PLAN + "take-in/", form)
    assert answer.status_code == 422
    assert "一个是比率，一个不是" in text(answer)
    assert not Goal.objects.exists()


def test_what_is_left_out_stays_out(alice: Member, bob: Member, signed_in: SignedIn) -> None:
    client = signed_in(alice)
    form = form_of(looked_at(client)) | {"task": [0], "goal-2": ""}
    client.post(PLAN + "take-in/", form)
    assert [task.title[:4] for task in Task.objects.all()] == ["10 篇"]
    assert not Goal.objects.filter(metric="new_followers").exists()


@pytest.mark.parametrize("state", [PlanState.LOCKED, PlanState.CLOSED])
def test_a_plan_that_stands_refuses(
    state: PlanState, alice: Member, plan: MonthPlan, signed_in: SignedIn
) -> None:
    client = signed_in(alice)
    form = form_of(looked_at(client))
    MonthPlan.objects.update(state=state)
    assert looked_at(client).status_code == 422
    assert client.post(PLAN + "take-in/", form).status_code == 422
    assert not Goal.objects.exists()


def test_strangers_get_404_and_members_403(
    charlie: User, bob: Member, plan: MonthPlan, signed_in: SignedIn
) -> None:
    assert looked_at(signed_in(charlie)).status_code == 404
    assert looked_at(signed_in(bob)).status_code == 403


@pytest.mark.parametrize("draft", ["", "{}", "[]", '{"file": 1, "goals": [{}], "tasks": []}'])
def test_a_broken_preview_starts_again(
    draft: str, alice: Member, plan: MonthPlan, signed_in: SignedIn
) -> None:
    answer = signed_in(alice).post(PLAN + "take-in/", {"draft": draft}, follow=True)
    assert "预览已经过期" in text(answer)


def test_a_file_that_is_no_plan_is_said(alice: Member, signed_in: SignedIn) -> None:
    file = SimpleUploadedFile("a.docx", b"hello")
    answer = signed_in(alice).post(PLAN + "file/", {"file": file})
    assert answer.status_code == 422
    assert "「a.docx」不是 Word" in text(answer)


def test_days_of_another_month_are_listed(alice: Member, signed_in: SignedIn) -> None:
    file = SimpleUploadedFile("五月计划.docx", word(ROWS))
    page = signed_in(alice).post("/t/content/2025-09/plan/file/", {"file": file})
    assert "「5/10」这一天不在这个月" in text(page)


def test_beside_two_goals_a_task_stands_under_the_one_it_brings_to(
    alice: Member, bob: Member, signed_in: SignedIn
) -> None:
    page = looked_at(signed_in(alice))
    assert page.context["look"].tasks[0].goal == "图文"
