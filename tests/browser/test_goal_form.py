"""The goal form in a real browser: chances follow what is typed, a proposal is taken."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import Source, record
from yunce.ground.facts.models import BatchKind
from yunce.ground.teams.models import Team, User
from yunce.kit.months import Month
from yunce.loop.goals.models import Goal, MonthPlan

pytestmark = pytest.mark.browser


@pytest.fixture
def next_month(demo: Team) -> Month:
    """A hundred days of followers up to yesterday, and next month's empty plan."""
    account = Account.objects.filter(team=demo).first()
    assert account is not None
    days = [date.today() - timedelta(days=n + 1) for n in range(100)]  # noqa: DTZ011
    rows = [
        FactRow(demo.pk, account.pk, 0, "new_followers", day, "", 60.0 + day.toordinal() * 37 % 80)
        for day in days
    ]
    record(team=demo, by=None, source=Source(kind=BatchKind.GRID), rows=rows)
    month = Month.of(date.today()).next  # noqa: DTZ011
    MonthPlan.objects.create(team=demo, month_start=month.first)
    return month


def test_chances_follow_what_is_typed_and_a_proposal_is_taken(
    demo: Team, next_month: Month, visit: Callable[..., Page], complaints: list[str]
) -> None:
    page = visit(User.objects.get(username="owner"), f"/t/demo/{next_month}/plan/goals/new/")
    page.select_option("#id_metric", "new_followers")
    box = page.locator(".prop-box")
    expect(box).to_contain_text("八成会在")
    page.fill("#id_must", "9")
    expect(box).to_contain_text("把握 >99%")
    page.fill("#id_must", "900000")
    expect(box).to_contain_text("把握 <1%")
    box.get_by_role("button", name=re.compile("采用\\s*必达")).click()
    expect(page.locator("#id_must")).to_have_value(re.compile(r"^[\d,]+$"))
    expect(box).to_contain_text(re.compile("必达 [\\d,]+：把握 (6|7)\\d%"))
    page.get_by_role("button", name="加上").click()
    page.wait_for_load_state("networkidle")
    assert 1_000 < Goal.objects.get(plan__month_start=next_month.first).must < 10_000
    assert complaints == []
