"""修订记录: values changed after they were first told."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from urllib.parse import unquote

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import Source, record, undo
from yunce.ground.facts.models import BatchKind
from yunce.ground.facts.tests.conftest import State
from yunce.ground.facts.tests.rows import stated
from yunce.ground.teams.models import Member, Team, User

PAGE = "/t/content/restatements/"

pytestmark = pytest.mark.usefixtures("today")


def shown(client: Client, query: str = "") -> str:
    return client.get(f"{PAGE}{query}").content.decode()


def test_old_and_new_stand_side_by_side_with_both_batches(veras: Client, state: State) -> None:
    first = state("likes", {1: 100, 2: 50})
    second = state("likes", {1: 88, 2: 50})
    page = shown(veras)
    assert "1 个数后来改过" in page
    assert '<s class="mut">100</s>' in page
    assert "<b>88</b>" in page
    assert "−12" in page
    assert f"?batch={first.pk}#" in page
    assert f"?batch={second.pk}#" in page


def test_a_number_changed_by_hand_is_marked(veras: Client, account: Account, state: State) -> None:
    state("likes", {1: 100})
    grid = Source(kind=BatchKind.GRID, account=account)
    record(team=account.team, by=None, source=grid, rows=stated(account, "likes", {1: 101}))
    assert "手工改的" in shown(veras)


def test_what_was_undone_is_no_change(veras: Client, state: State, bob: Member) -> None:
    state("likes", {1: 100})
    undo(batch=state("likes", {1: 88}), by=bob.user)
    assert "都没有改过" in shown(veras)


def test_only_changes_of_the_days_asked_for(veras: Client, state: State) -> None:
    state("likes", {1: 100, 20: 7})
    state("likes", {1: 88, 20: 8})
    assert "1 个数后来改过" in shown(veras, "?from=2025-05-10&to=2025-05-31")


def test_days_the_wrong_way_round_are_refused(veras: Client) -> None:
    answer = veras.get(f"{PAGE}?from=2025-05-31&to=2025-05-01")
    assert answer.status_code == 422
    assert "开始日期晚于结束日期" in answer.content.decode()


def test_another_teams_changes_are_never_seen(
    veras: Client, charlie: User, state: State, signed_in: Callable[[User], Client]
) -> None:
    other = Account.objects.create(
        team=Team.objects.get(slug="other"), platform="douyin", name="别人的"
    )
    state("likes", {1: 100}, of=other)
    state("likes", {1: 88}, of=other)
    assert "都没有改过" in shown(veras)
    assert signed_in(charlie).get(PAGE).status_code == 404


def test_more_changes_take_no_more_queries(
    veras: Client, state: State, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    state("likes", dict.fromkeys(range(1, 32), 1.0))
    state("likes", dict.fromkeys(range(1, 32), 2.0))
    with django_assert_max_num_queries(14):
        page = shown(veras)
    assert page.count("<s ") == 31


def test_the_list_is_kept_as_a_workbook_of_real_numbers(
    veras: Client, account: Account, state: State, bob: Member
) -> None:
    state("likes", {1: 100, 2: 50})
    state("likes", {1: 88})
    grid = Source(kind=BatchKind.GRID, account=account)
    record(team=account.team, by=bob.user, source=grid, rows=stated(account, "likes", {1: 90}))
    answer = veras.get(f"{PAGE}?from=2025-05-01&to=2025-05-31&as=xlsx")
    assert "2025-05-01" in unquote(answer["Content-Disposition"])
    heading, line = lines_of(answer.content)
    told = dict(zip(heading, line, strict=True))
    assert str(told["日期"]).startswith("2025-05-01")
    assert (told["账号"], told["指标"], told["指标代码"]) == (account.name, "点赞数", "likes")
    assert (told["原来"], told["其间"], told["现在"], told["相差"]) == (100, "88", 90, -10)
    assert (told["哪一批改的"], told["谁改的"], told["备注"]) == (
        "手工填数",
        bob.user.name,
        "手工改的",
    )


def test_a_cleared_value_is_no_number_in_the_workbook(
    veras: Client, account: Account, state: State, bob: Member
) -> None:
    state("likes", {1: 100})
    grid = Source(kind=BatchKind.GRID, account=account)
    keys = [row.key for row in stated(account, "likes", {1: 0})]
    record(team=account.team, by=bob.user, source=grid, rows=[], taken=lambda: keys)
    heading, line = lines_of(veras.get(f"{PAGE}?as=xlsx").content)
    told = dict(zip(heading, line, strict=True))
    assert (told["原来"], told["现在"], told["相差"]) == (100, "已清空", "—")


def test_the_workbook_is_refused_like_the_page(
    veras: Client, gus: Member, charlie: User, signed_in: Callable[[User | Member], Client]
) -> None:
    assert veras.get(f"{PAGE}?from=2025-05-31&to=2025-05-01&as=xlsx").status_code == 422
    assert signed_in(gus).get(f"{PAGE}?as=xlsx").status_code == 403
    assert signed_in(charlie).get(f"{PAGE}?as=xlsx").status_code == 404


def lines_of(workbook: bytes) -> list[tuple[object, ...]]:
    """The heading and the lines of the only table."""
    sheet = load_workbook(BytesIO(workbook)).worksheets[0]
    rows = [row for row in sheet.iter_rows(values_only=True) if row[1] is not None]
    return [row for row in rows if row[0] is not None]


def test_strange_years_are_told_what_to_change(veras: Client) -> None:
    assert "没有这么早的数据" in shown(veras, "?from=0001-01-01")
    assert "这个日期太远了" in shown(veras, "?to=9999-12-31")
