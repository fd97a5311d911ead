"""A program takes the month's files away: the API, its tokens and the reports together."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from yunce.config.demo import load_demo
from yunce.ground.teams.actions import create_api_token
from yunce.ground.teams.models import User

pytestmark = pytest.mark.django_db

SUMMARY = "/api/v1/teams/demo/months/2025-05/reports/summary.xlsx"


def program(user: User) -> Client:
    _token, plain = create_api_token(user, "报表")
    return Client(headers={"Authorization": f"Bearer {plain}"})


@pytest.fixture
def owner(db: None) -> User:
    owner = User.objects.create_user(username="owner", name="管理员", is_superuser=True)
    load_demo(owner=owner)
    return owner


def test_the_summary_comes_with_its_six_rates(owner: User) -> None:
    answer = program(owner).get(SUMMARY)
    sheet = load_workbook(BytesIO(answer.content), data_only=True).worksheets[0]
    rates = [cell.value for cell in sheet["C"] if isinstance(cell.value, float)]
    assert [f"{rate:.0%}" for rate in rates] == ["110%", "108%", "125%", "115%", "117%", "120%"]


def test_a_stranger_learns_nothing(owner: User, charlie: User) -> None:
    assert program(charlie).get(SUMMARY).status_code == 404


def test_without_a_token_there_is_no_report(owner: User) -> None:
    assert Client().get(SUMMARY).status_code == 401


@pytest.mark.parametrize("file", ["summary.pdf", "budget.xlsx"])
def test_a_report_that_is_not_there_is_not_found(owner: User, file: str) -> None:
    assert program(owner).get(SUMMARY.replace("summary.xlsx", file)).status_code == 404
