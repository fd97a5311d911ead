"""Every plan template keeps the same promises."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.test import Client

from yunce.engines.metrics import catalogue
from yunce.ground.teams.models import Member, Team, User
from yunce.kit.months import Month
from yunce.kit.timing import read_timing
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.goals.rules import may_be_goal, target_problem
from yunce.loop.plans.intake.starters import Starter, draft_of, shares_in, starters
from yunce.loop.plans.models import Task
from yunce.loop.plans.rules import LENGTHS, TaskField
from yunce.loop.plans.tests.test_take_in import SignedIn, text

ALL = list(starters().values())
FEBRUARY = Month(2025, 2)


def test_the_six_businesses_are_there() -> None:
    assert [s.name for s in ALL] == ["个人号", "小团队", "品牌电商", "知识付费", "本地餐饮", "MCN"]


@pytest.mark.parametrize("starter", ALL, ids=lambda s: s.key)
def test_what_adds_up_comes_to_the_must(starter: Starter) -> None:
    for goal in starter.goals:
        if shares := shares_in(goal, catalogue()):
            assert sum(share.amount or Decimal(0) for share in shares) == goal.must, goal.metric


@pytest.mark.parametrize("starter", ALL, ids=lambda s: s.key)
def test_goals_are_sound(starter: Starter) -> None:
    known = catalogue()
    for goal in starter.goals:
        spec = known.metric(goal.metric)
        assert may_be_goal(spec, known)
        assert target_problem(goal.must, goal.stretch, spec.direction) == ""
        assert goal.tasks


@pytest.mark.parametrize("starter", ALL, ids=lambda s: s.key)
def test_tasks_have_days_a_standard_and_fit_their_cells(starter: Starter) -> None:
    draft = draft_of(starter, FEBRUARY, catalogue())
    for task in draft.tasks:
        timing = read_timing(task.nodes, FEBRUARY)
        assert timing.days
        assert all(day in FEBRUARY for day in timing.days)
        assert task.standard
        assert len(task.title) <= LENGTHS[TaskField.TITLE]


def test_the_empty_month_offers_them_and_one_fills_it(
    alice: Member, bob: Member, signed_in: SignedIn
) -> None:
    client: Client = signed_in(alice)
    page = text(client.get("/t/content/2025-06/plan/"))
    assert all(starter.name in page for starter in ALL)
    answer = client.post("/t/content/2025-06/plan/start/ecommerce/", follow=True)
    assert "已导入「品牌电商」。" in text(answer)
    followers = Goal.objects.get(metric="new_followers")
    assert followers.must == Decimal(12_000)
    assert [p.name for p in followers.parts.filter(parent=None)] == ["视频直播", "裂变活动"]
    live = followers.tasks.first()
    assert live is not None
    assert live.nodes == ["2025-06-10", "2025-06-20", "2025-06-28"]
    assert list(live.owners.all()) == [alice]
    assert re.search("内容种草", MonthPlan.objects.get().direction)


def test_a_month_with_lines_is_refused(
    alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    answer = signed_in(alice).post("/t/content/2025-05/plan/start/solo/")
    assert answer.status_code == 422
    assert "已经有目标或任务" in text(answer)


def test_strangers_and_unknown_templates_get_404(
    charlie: User, alice: Member, team: Team, signed_in: SignedIn
) -> None:
    assert signed_in(charlie).post("/t/content/2025-06/plan/start/solo/").status_code == 404
    assert signed_in(alice).post("/t/content/2025-06/plan/start/none/").status_code == 404
