"""What pages say of a closed month whose numbers changed since."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import close_month, record
from yunce.ground.facts.models import Batch, MonthClosing
from yunce.ground.facts.tests.conftest import State
from yunce.ground.facts.tests.rows import a_file, stated
from yunce.ground.teams.models import Member, Team
from yunce.kit.months import Month

MAY = Month(2025, 5)
LIST = "/t/content/restatements/"
SINCE = f"{LIST}?from=2025-05-01&to=2025-05-31&since=close"
ROWS = "/t/content/metrics/likes/rows/?from=2025-05-01&to=2025-05-31"
RECLOSE = "/t/content/2025-05/reclose/"

pytestmark = pytest.mark.usefixtures("today", "restated")


@pytest.fixture
def restated(team: Team, alice: Member, state: State) -> None:
    """April's change is none since closing; May's 10 became 12, and 5 came, after it closed."""
    state("likes", {1: 10, 2: 20})
    state("likes", {2: 21})
    close_month(team=team, month=MAY, by=alice.user)
    state("likes", {1: 12, 3: 5})


def shown(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_list_narrows_to_what_changed_since(veras: Client) -> None:
    page = shown(veras, SINCE)
    assert "关账后有 2 个数改过" in page
    assert '<s class="mut">10</s>' in page
    assert "<b>12</b>" in page
    assert "没有数" in page
    assert '<s class="mut">20</s>' not in page


def test_the_workbook_narrows_to_them_too(veras: Client) -> None:
    sheet = load_workbook(BytesIO(veras.get(f"{SINCE}&as=xlsx").content)).worksheets[0]
    rows = [row for row in sheet.iter_rows(values_only=True) if row[6] is not None]
    heading, *lines = rows
    old, new = heading.index("原来"), heading.index("现在")
    assert sorted((str(line[old]), line[new]) for line in lines) == [("10", 12), ("没有数", 5)]
    assert {line[-1] for line in lines} == {"关账后"}


def test_the_whole_list_marks_what_changed_since(veras: Client) -> None:
    page = shown(veras, LIST)
    assert "2 个数后来改过" in page
    assert page.count('<i class="ti ti-lock" aria-hidden="true"></i>关账后</span>') == 1


def test_rows_add_up_to_the_closed_number_and_tell_the_new_one(veras: Client) -> None:
    page = shown(veras, ROWS)
    assert "点赞数 <span" in page
    assert "31</span>" in page  # 10 + 21
    assert "关账后修订为 12" in page
    assert "关账后修订：2 个数" in page


def test_the_metric_page_says_so(veras: Client) -> None:
    assert "关账后修订：2 个数" in shown(veras, "/t/content/metrics/likes/")
    assert "关账后修订" not in shown(veras, "/t/content/metrics/comments/")


def test_only_who_may_close_is_offered_to_close_anew(veras: Client, alices: Client) -> None:
    assert RECLOSE not in shown(veras, SINCE)
    assert RECLOSE in shown(alices, SINCE)


def test_closing_anew_shows_the_new_numbers(alices: Client, veras: Client) -> None:
    answer = alices.post(RECLOSE, {"2025-05-reason": "平台补算"}, follow=True)
    assert "2025-05 已按新数重新关账" in answer.content.decode()
    assert "38</span>" in shown(veras, ROWS)  # 12 + 21 + 5
    assert "关账后修订：" not in shown(veras, ROWS)


def test_without_a_reason_nothing_happens(alices: Client) -> None:
    answer = alices.post(RECLOSE, {"2025-05-reason": ""})
    assert answer.status_code == 422
    assert "请写一句为什么要按新数重新关账。" in answer.content.decode()
    assert MonthClosing.objects.count() == 1


def test_a_member_may_not_close_anew(bobs: Client) -> None:
    assert bobs.post(RECLOSE, {"2025-05-reason": "x"}).status_code == 403


@pytest.fixture
def emptied(account: Account) -> Batch:
    """After the closing 2 May was taken back, twice, and 4 May, which nobody had told."""
    keys = [row.key for row in stated(account, "likes", {2: 0, 4: 0})]
    made = [
        record(
            team=account.team, by=None, source=a_file(account, sha * 64), rows=[], taken=keys.copy
        )
        for sha in "yz"
    ]
    assert made[-1].batch is not None
    return made[-1].batch


def test_what_was_emptied_since_is_a_change_and_drawn_as_such(
    veras: Client, emptied: Batch
) -> None:
    page = shown(veras, SINCE)
    assert "关账后有 3 个数改过" in page
    assert '<s class="mut">21</s>' in page
    assert "<b>已清空</b>" in page
    assert f"?batch={emptied.pk}#" in page


def test_the_whole_list_tells_an_emptying_once(veras: Client, emptied: Batch) -> None:
    page = shown(veras, LIST)
    assert '<s class="mut">20</s> → <s class="mut">21</s>' in page
    assert page.count("已清空") == 1


def test_the_rows_keep_the_closed_value_and_tell_of_the_emptying(
    veras: Client, emptied: Batch
) -> None:
    assert "关账后修订为 已清空" in shown(veras, ROWS)


def test_the_workbook_tells_of_it_too(veras: Client, emptied: Batch) -> None:
    sheet = load_workbook(BytesIO(veras.get(f"{SINCE}&as=xlsx").content)).worksheets[0]
    assert "已清空" in [cell for row in sheet.iter_rows(values_only=True) for cell in row]
