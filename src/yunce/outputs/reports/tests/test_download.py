"""Reports over the web and the API: who gets which, under which name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import unquote

import pytest
from django.test import Client
from ninja import NinjaAPI
from ninja.testing import TestClient

from yunce.ground.teams.models import Member, Team, User
from yunce.loop.goals.models import MonthPlan
from yunce.outputs.reports.api import router

SignIn = Callable[[Member | User], Client]
FOLDER = "/t/content/2025-05/reports/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def plan(team: Team) -> MonthPlan:
    return MonthPlan.objects.create(team=team, month_start=date(2025, 5, 1), direction="新品推广")


def test_a_viewer_takes_the_summary_away(signed_in: SignIn, plan: MonthPlan, vera: Member) -> None:
    answer = signed_in(vera).get(f"{FOLDER}summary.xlsx")
    assert answer.status_code == 200
    assert answer["Content-Type"] == XLSX
    assert answer.content.startswith(b"PK")
    name = unquote(answer["Content-Disposition"].partition("utf-8''")[2])
    assert name == "2025-05 月度总结表 内容电商组.xlsx"


def test_a_guest_takes_the_plan_but_not_the_summary(
    signed_in: SignIn, plan: MonthPlan, gus: Member
) -> None:
    client = signed_in(gus)
    assert client.get(f"{FOLDER}plan.docx").status_code == 200
    assert client.get(f"{FOLDER}summary.docx").status_code == 403
    assert client.get(f"{FOLDER}proposal.docx").status_code == 403  # it holds numbers


@pytest.mark.parametrize("name", ["budget.xlsx", "plan.pdf", "proposal.xlsx"])
def test_an_unknown_report_or_format_is_not_found(
    signed_in: SignIn, plan: MonthPlan, alice: Member, name: str
) -> None:
    assert signed_in(alice).get(FOLDER + name).status_code == 404


def test_a_month_without_a_plan_has_no_reports(
    signed_in: SignIn, plan: MonthPlan, alice: Member
) -> None:
    assert signed_in(alice).get("/t/content/2025-07/reports/plan.xlsx").status_code == 404


def test_a_stranger_gets_no_report(signed_in: SignIn, plan: MonthPlan, charlie: User) -> None:
    assert signed_in(charlie).get(f"{FOLDER}plan.xlsx").status_code == 404


@pytest.fixture
def api() -> NinjaAPI:
    made = NinjaAPI(urls_namespace="reports-under-test")
    made.add_router("", router)
    return made


def ask(api: NinjaAPI, user: User, path: str) -> int:
    return int(TestClient(api).get(path, auth=user).status_code)


def test_the_api_hands_out_the_same_reports(
    api: NinjaAPI, plan: MonthPlan, alice: Member, charlie: User
) -> None:
    path = "/teams/content/months/2025-05/reports/summary.xlsx"
    assert ask(api, alice.user, path) == 200
    assert ask(api, charlie, path) == 404
    assert ask(api, alice.user, path.replace("summary", "budget")) == 404
    assert ask(api, alice.user, path.replace("2025-05", "May")) == 404
    assert ask(api, alice.user, path.replace("2025-05", "2025-07")) == 404
