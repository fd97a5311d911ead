"""A month is closed, a platform restates it, and nobody's numbers move until it is closed anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from yunce.ground.channels.models import Account
from yunce.ground.facts.models import Batch
from yunce.ground.imports.models import Upload
from yunce.ground.imports.tests.files import note, notes
from yunce.ground.teams.actions import create_api_token
from yunce.ground.teams.models import Member, Team
from yunce.loop.goals.models import Goal, MonthPlan

TEAM = "/t/content/"
CLOSED = "2025 年 5 月关账后修订："


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 3 June 2025."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args: date(2025, 6, 3))


@pytest.fixture
def plan(team: Team, alice: Member, account: Account) -> MonthPlan:
    plan = MonthPlan.objects.create(team=team, month_start=date(2025, 5, 1))
    Goal.objects.create(
        plan=plan, dimension="content", metric="post_views", must=Decimal(2000), owner=alice
    )
    return plan


@pytest.fixture
def alices(alice: Member, signed_in: Callable[[Member], Client]) -> Client:
    return signed_in(alice)


def bring(client: Client, views: int) -> str:
    """Upload an export and take it in; what its preview said."""
    file = SimpleUploadedFile(f"{views}.xlsx", notes(note("一", 3, views=views)))
    client.post(f"{TEAM}imports/drop/", {"files": [file]})
    upload = Upload.objects.latest("pk")
    preview = client.get(f"{TEAM}imports/{upload.pk}/").content.decode()
    client.post(f"{TEAM}imports/{upload.pk}/commit/")
    return preview


def api(member: Member, address: str) -> dict[str, object]:
    _token, plain = create_api_token(member.user, "测试")
    client = Client(headers={"Authorization": f"Bearer {plain}"})
    told: dict[str, object] = client.get(f"/api/v1/teams/content/{address}").json()
    return told


def asked(member: Member) -> tuple[object, list[int]]:
    query = "query?metric=post_views&from=2025-05-01&to=2025-05-31"
    told = api(member, query)
    rows, closed = told["rows"], told["closed"]
    assert isinstance(rows, list)
    assert isinstance(closed, list)
    return rows[0]["value"], [month["changed_since"] for month in closed]


def summary(client: Client) -> str:
    file = client.get(f"{TEAM}2025-05/reports/summary.docx").content
    document = Document(BytesIO(file))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join((*cells, *(paragraph.text for paragraph in document.paragraphs)))


def month(client: Client) -> str:
    return client.get(f"{TEAM}2025-05/").content.decode()


def test_a_closed_month_stays_and_says_what_changed(
    alices: Client, alice: Member, plan: MonthPlan
) -> None:
    bring(alices, 1000)
    alices.post(f"{TEAM}2025-05/plan/close/")
    plan.refresh_from_db()
    assert plan.is_closed
    preview = bring(alices, 1500)
    assert "已关账的月份：1 个数会记为关账后修订。" in preview
    assert "1,000" in month(alices)
    assert f"{CLOSED}1 个数" in month(alices)
    assert asked(alice) == (1000, [1])
    assert "1,000" in summary(alices)
    assert "关账后修订 1 个数" in summary(alices)


def test_closing_anew_says_the_new_number_everywhere(
    alices: Client, alice: Member, plan: MonthPlan
) -> None:
    bring(alices, 1000)
    alices.post(f"{TEAM}2025-05/plan/close/")
    bring(alices, 1500)
    alices.post(f"{TEAM}2025-05/reclose/", {"2025-05-reason": "平台去重后补算"})
    assert "1,500" in month(alices)
    assert CLOSED not in month(alices)
    assert asked(alice) == (1500, [0])
    assert "1,500" in summary(alices)
    assert "关账后修订" not in summary(alices)


def test_what_the_closing_counts_cannot_be_undone_until_it_is_opened(
    alices: Client, alice: Member, plan: MonthPlan
) -> None:
    bring(alices, 1000)
    alices.post(f"{TEAM}2025-05/plan/close/")
    batch = Batch.objects.get()
    refused = alices.post(f"{TEAM}imports/batches/{batch.pk}/undo/", follow=True)
    assert "计入了这一批数，不能撤销" in refused.content.decode()
    alices.post(f"{TEAM}2025-05/plan/reopen/")
    alices.post(f"{TEAM}imports/batches/{batch.pk}/undo/")
    assert asked(alice) == (None, [])
