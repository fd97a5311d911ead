"""The first page: to one's team's newest month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.test import Client

from yunce.ground.teams.models import Member, Team, User
from yunce.loop.goals.models import MonthPlan

SignIn = Callable[[User | Member], Client]


def test_home_leads_to_the_newest_month_with_a_plan(
    signed_in: SignIn, alice: Member, team: Team
) -> None:
    MonthPlan.objects.create(team=team, month_start=date(2025, 4, 1))
    MonthPlan.objects.create(team=team, month_start=date(2025, 5, 1))
    response = signed_in(alice).get("/", follow=True)
    assert response.redirect_chain[-1][0] == "/t/content/2025-05/"


def test_without_a_plan_home_leads_to_this_month(signed_in: SignIn, alice: Member) -> None:
    response = signed_in(alice).get("/t/content/")
    assert response.status_code == 302
    assert response["Location"].startswith("/t/content/20")


def test_signed_out_home_leads_to_sign_in(client: Client, db: None) -> None:
    response = client.get("/")
    assert response.status_code == 302
    assert "next=/" in response["Location"]


def test_a_strangers_team_is_not_there(signed_in: SignIn, charlie: User, team: Team) -> None:
    assert signed_in(charlie).get("/t/content/").status_code == 404
