"""The plan page through its life: what is missing, approval, versions side by side."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from yunce.ground.teams.models import Member, User
from yunce.loop.goals.models import Goal, MonthPlan, PlanState
from yunce.loop.plans.comparing import compare
from yunce.loop.plans.header import due_words
from yunce.loop.plans.models import Contribution, Task
from yunce.loop.plans.queries.versions import lacks_in
from yunce.loop.plans.readiness import GoalFacts, TaskFacts, lacks_of

SignedIn = Callable[[User | Member], Client]
PAGE = "/t/content/2025-05/plan/"
WHOLE = TaskFacts("3 场直播", has_owner=True, has_days=True, has_standard=True)
BARE = TaskFacts("2 次裂变", has_owner=False, has_days=False, has_standard=False)


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def goal(*tasks: TaskFacts, planned: int | None = None, has_owner: bool = False) -> GoalFacts:
    wanted = None if planned is None else Decimal(planned)
    return GoalFacts("新增粉丝", has_owner, tasks, Decimal(12_000), wanted, "3,000 人")


@pytest.mark.parametrize(
    ("facts", "sentences"),
    [
        (goal(WHOLE, planned=12_000), []),
        (goal(WHOLE, planned=9_000), ["任务的预计贡献比必达少 3,000 人"]),
        (goal(has_owner=True), ["还没有任务：没有时间节点，也没有完成标准"]),
        (goal(BARE), ["没有负责人", "没有时间节点", "没有完成标准"]),
        (
            goal(WHOLE, BARE),
            [
                "任务「2 次裂变」没有负责人",
                "任务「2 次裂变」没有时间节点",
                "任务「2 次裂变」没有完成标准",
            ],
        ),
    ],
)
def test_a_goal_says_what_it_lacks(facts: GoalFacts, sentences: list[str]) -> None:
    found = lacks_of(direction="新品推广", goals=[facts])
    assert [lack.what for lack in found] == sentences


def test_an_empty_plan_lacks_direction_and_goals() -> None:
    assert [lack.where for lack in lacks_of(direction=" ", goals=[])] == ["核心方向", "目标"]


def test_contributions_below_must_are_a_gap(livestreams: Task, followers: Goal) -> None:
    # 3 livestreams × 3,000 = 9,000 of 12,000
    Contribution.objects.create(task=livestreams, goal=followers, amount=Decimal(9_000))
    assert "任务的预计贡献比必达少 3,000 人" in [each.what for each in lacks_in(followers.plan)]


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (datetime(2025, 4, 29, 10, tzinfo=UTC), "距提交截止 4/29 18:00 还有 1 天"),
        (datetime(2025, 4, 28, 10, tzinfo=UTC), "今天 18:00 提交截止"),
        (datetime(2025, 4, 27, 10, tzinfo=UTC), "提交截止 4/27 18:00 已过"),
    ],
)
def test_the_deadline_in_words(due: datetime, words: str) -> None:
    assert due_words(due, datetime(2025, 4, 28, 9, tzinfo=UTC)) == words


def test_submitting_shows_what_is_missing_and_goes_on(
    alice: Member, olga: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    client = signed_in(alice)
    page = text(client.get(PAGE + "submit/"))
    assert "2025 年 5 月计划还有 1 处没写全" in page
    assert "核心方向 还没有写" in page
    assert "已提交，等 欧管理 审批。" in text(client.post(PAGE + "submit/", follow=True))


def test_approval_is_offered_to_the_other_one_only(
    alice: Member, olga: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    signed_in(alice).post(PAGE + "submit/")
    assert "批准" not in re.sub("批准前", "", text(signed_in(alice).get(PAGE)))
    seen = re.search(r'name="seen" value="(.*?)"', signed_in(olga).get(PAGE).content.decode())
    assert seen is not None
    answer = signed_in(olga).post(PAGE + "approve/", {"seen": seen[1]}, follow=True)
    assert "已批准，计划定稿。" in text(answer)


def test_own_submission_is_refused_on_the_page(
    alice: Member, olga: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    client = signed_in(alice)
    client.post(PAGE + "submit/")
    answer = client.post(PAGE + "approve/")
    assert answer.status_code == 422
    assert "自己提交的计划不能自己审批" in text(answer)


def test_the_reason_stands_on_the_plan_that_came_back(
    alice: Member, olga: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    signed_in(alice).post(PAGE + "submit/")
    signed_in(olga).post(PAGE + "send-back/", {"reason": "目标太低"})
    assert "计划被退回，要改的是： 目标太低" in text(signed_in(alice).get(PAGE))


def test_one_person_finalises_alone_and_is_told_so(
    alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    livestreams.owners.clear()
    Member.objects.exclude(pk=alice.pk).delete()
    client = signed_in(alice)
    assert "直接定稿" in text(client.get(PAGE + "submit/"))
    client.post(PAGE + "finalise/")
    assert MonthPlan.objects.get().state == PlanState.LOCKED
    assert "只有你一个人，直接定稿" in text(client.get(PAGE + "versions/"))


def test_a_deadline_that_is_no_day_is_refused(
    alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    answer = signed_in(alice).post(PAGE + "due/", {"due": "月底"})
    assert answer.status_code == 422
    assert "看不懂「月底」" in text(answer)


def test_two_versions_show_old_beside_new(
    alice: Member, livestreams: Task, followers: Goal, signed_in: SignedIn
) -> None:
    client = signed_in(alice)
    client.post(PAGE + "finalise/")
    Goal.objects.update(must=13_000)
    Task.objects.update(title="4 场视频直播")
    page = client.get(PAGE + "versions/?old=1&new=now").content.decode()
    assert "<del>12,000 人</del>" in page
    assert "<ins>13,000 人</ins>" in page
    assert "<del>3 场视频直播</del>" in page


def test_a_version_that_is_not_there_is_not_found(
    alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    assert signed_in(alice).get(PAGE + "versions/?old=9").status_code == 404


def test_no_version_is_kept_twice(alice: Member, livestreams: Task, signed_in: SignedIn) -> None:
    client = signed_in(alice)
    client.post(PAGE + "finalise/")
    client.post(PAGE + "finalise/")
    client.post(PAGE + "close/")
    assert list(livestreams.plan.versions.values_list("number", "moment")) == [
        (2, "closed"),
        (1, "locked"),
    ]


def test_comparison_tells_added_removed_changed() -> None:
    old = {"goals": [{"id": 1, "name": "图文", "must": "20 篇"}, {"id": 2, "name": "点赞"}]}
    new = {"goals": [{"id": 1, "name": "图文", "must": "24 篇"}, {"id": 3, "name": "订单"}]}
    found = [(pair.title, pair.what) for pair in compare(old, new).goals]
    assert found == [("图文", "changed"), ("订单", "added"), ("点赞", "removed")]
    assert compare(old, old).changed == 0


@pytest.mark.parametrize("address", ["submit/", "approve/", "send-back/", "due/"])
@pytest.mark.parametrize(("person", "status"), [("bob", 403), ("gus", 403), ("charlie", 404)])
def test_only_planners_take_steps(
    address: str,
    person: str,
    status: int,
    request: pytest.FixtureRequest,
    livestreams: Task,
    signed_in: SignedIn,
) -> None:
    client = signed_in(request.getfixturevalue(person))
    assert client.post(PAGE + address).status_code == status
