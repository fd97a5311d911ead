"""The frame around every page."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from yunce.ground.channels.models import Account
from yunce.ground.teams.models import Member, Team, User
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals.models import MonthPlan, PlanState
from yunce.loop.plans.models import Task, TaskState
from yunce.loop.reviews.models import Reflection
from yunce.outputs.dashboards.frame import Frame

MAY = Month(2025, 5)
TODAY = date(2025, 5, 21)


def frame(member: Member, view_name: str = "dashboards:month", month: Month = MAY) -> Frame:
    access = access_for(member.user, member.team.slug, Capability.SEE_PLAN)
    return Frame(access, view_name, {"slug": member.team.slug, "month": month}, TODAY)


@pytest.fixture
def plan(team: Team) -> MonthPlan:
    plan = MonthPlan.objects.create(team=team, month_start=MAY.first, state=PlanState.LOCKED)
    for state in (TaskState.DONE, TaskState.DONE, TaskState.TODO):
        Task.objects.create(plan=plan, dimension="user", title="直播", state=state)
    Task.objects.create(
        plan=plan, dimension="user", title="删掉的", deleted_at="2025-05-02T00:00:00Z"
    )
    Reflection.objects.create(plan=plan, dimension="user", highlights="直播拉新")
    Reflection.objects.create(plan=plan, dimension="content")
    return plan


def test_the_loop_shows_where_the_month_stands(alice: Member, plan: MonthPlan) -> None:
    shown = frame(alice)
    assert shown.plan == plan
    assert shown._tasks == (2, 3)
    assert getattr(shown.plan, "dimensions_written") == 1  # noqa: B009 - annotated


def test_a_page_without_a_month_shows_the_newest_plans(alice: Member, plan: MonthPlan) -> None:
    access = access_for(alice.user, "content", Capability.SEE_PLAN)
    assert Frame(access, "teams:people", {"slug": "content"}, date(2026, 1, 1)).month == MAY


def test_a_page_without_a_month_has_no_month_switch(alice: Member) -> None:
    access = access_for(alice.user, "content", Capability.SEE_PLAN)
    assert Frame(access, "teams:people", {"slug": "content"}, TODAY).previous_month == ""


def test_the_frame_takes_four_queries(
    alice: Member,
    plan: MonthPlan,
    account: Account,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    shown = frame(alice)
    with django_assert_max_num_queries(4):
        _ = (shown.stages, shown.freshness, shown.other_teams, shown.items, shown.crumbs)


def test_a_person_without_a_team_gets_an_empty_frame() -> None:
    """pytest-django lets no test without `db` query: nothing is asked."""
    empty = Frame(None, "", {}, TODAY)
    assert (empty.items, empty.stages, empty.freshness, empty.other_teams) == ((), (), None, ())


def test_other_teams_are_offered(alice: Member) -> None:
    other = Team.objects.create(name="短视频组", slug="video")
    Member.objects.create(team=other, user=alice.user, role="member")
    assert [link.name for link in frame(alice).other_teams] == ["短视频组"]


def request_of(rf: RequestFactory, user: User | AnonymousUser) -> HttpRequest:
    request = rf.get("/")
    request.user = user
    return request


def test_every_page_has_its_landmarks(rf: RequestFactory, alice: Member, plan: MonthPlan) -> None:
    page = render_to_string("base.html", request=request_of(rf, alice.user))
    assert page.count("<h1>") == 1
    for part in (
        '<a class="skip"',
        '<header class="top">',
        '<main id="main"',
        'aria-label="主导航"',
    ):
        assert part in page


def test_a_signed_out_page_asks_the_database_nothing(rf: RequestFactory) -> None:
    assert "bare" in render_to_string("bare.html", request=request_of(rf, AnonymousUser()))
