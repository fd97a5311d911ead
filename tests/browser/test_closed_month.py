"""The pages of a closed month whose numbers changed since: whole on every size, nothing wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import Source, close_month, record
from yunce.ground.facts.models import BatchKind
from yunce.ground.teams.models import Team, User
from yunce.kit.months import Month
from yunce.loop.goals.models import MonthPlan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MAY = Month(2025, 5)
PAGES = {
    "since-month": "/t/demo/2025-05/",
    "since-list": "/t/demo/restatements/?from=2025-05-01&to=2025-05-31&since=close",
    "since-rows": "/t/demo/metrics/reads/rows/?from=2025-05-01&to=2025-05-31",
    "accounts": "/t/demo/accounts/",
}


@pytest.fixture
def restated(demo: Team) -> User:
    owner = User.objects.get(username="owner")
    close_month(team=demo, month=MAY, by=owner)
    MonthPlan.objects.filter(team=demo).update(state="closed")
    account = Account.objects.get(team=demo, platform="douyin")
    row = FactRow(demo.pk, account.pk, 0, "reads", MAY.last, "", 9_999)
    source = Source(kind=BatchKind.FILE, account=account, file_name="作品数据.xlsx")
    record(team=demo, by=owner, source=source, rows=[row])
    return owner


@pytest.mark.parametrize(
    ("look", "theme", "width"),
    [("light", "light", 1440), ("dark", "dark", 1440), ("phone", "light", 390)],
)
def test_nothing_is_too_wide(
    restated: User,
    visit: Callable[..., Page],
    shoot: Callable[[Page, str], Path],
    look: str,
    theme: str,
    width: int,
) -> None:
    page: Any = visit(
        restated, "/t/demo/2025-05/", theme=theme, size={"width": width, "height": 900}
    )
    wide = {}
    for name, path in PAGES.items():
        page.goto(urljoin(page.url, path))
        shoot(page, f"{name}-{look}")
        wide[name] = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert {name: over for name, over in wide.items() if over > 0} == {}
