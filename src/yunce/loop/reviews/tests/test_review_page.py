"""The page of the review: full, unfinished, empty, closed; how often it asks the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import AccessOf
from yunce.ground.teams.models import Member
from yunce.loop.goals.actions import close
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.reviews.models import Improvement, Reflection
from yunce.loop.reviews.queries import review_of
from yunce.loop.reviews.tests.conftest import Gain

SignIn = Callable[[Member], Client]
PAGE = "/t/content/2025-05/review/"
HEADERS = [
    "目标维度",
    "完成情况（实际值）",
    "计划vs实际（达成率）",
    "亮点分析",
    "问题反思",
    "改进措施",
]


class Headers(HTMLParser):
    """The column headers of the first table of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag == "th" and ("scope", "col") in attrs

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found.append(data)
        self.inside = False


def test_the_table_has_exactly_the_six_columns(
    signed_in: SignIn, followers: Goal, vera: Member
) -> None:
    headers = Headers()
    headers.feed(signed_in(vera).get(PAGE).content.decode())
    assert headers.found == HEADERS


def test_actuals_and_rates_are_filled_in(
    signed_in: SignIn, followers: Goal, gain: Gain, words: Reflection, alice: Member
) -> None:
    gain(500, days=[*range(1, 31)])
    page = signed_in(alice).get(PAGE).content.decode()
    assert "5 月复盘：1 个目标全部达标，1 个超预期" in page
    assert ">15,000 人<" in page
    assert "/t/content/metrics/new_followers/rows/?from=2025-05-01&amp;to=2025-05-31" in page
    assert "125%" in page
    assert "实际值来自 5/30 的数据，不可手改" in page
    assert "缺 1 天" in page
    assert "表述含糊：请写明环节 / 动作 / 数据" in page


def test_numbers_cannot_be_typed(
    signed_in: SignIn, followers: Goal, words: Reflection, alice: Member
) -> None:
    answer = signed_in(alice).get("/t/content/2025-05/review/words/user/actual/")
    assert answer.status_code == 404


def test_a_goal_without_numbers_says_so(signed_in: SignIn, followers: Goal, alice: Member) -> None:
    page = signed_in(alice).get(PAGE).content.decode()
    assert "5 月复盘：1 个目标都还没有数据" in page
    assert "没有数据" in page
    assert "0%" not in page


def test_a_running_month_shows_its_pace(followers: Goal, gain: Gain) -> None:
    gain(500, days=[*range(1, 13)])
    review = review_of(followers.plan, today=date(2025, 5, 13))
    [result] = review.results
    assert result.status == "steady"  # 6,000 of 4,645 expected by then
    assert review.verdict == "5 月复盘：还没到月底，1 个目标已达成 0 个"
    assert review.data_words == "实际值到 5/12 为止，不可手改"
    assert review.missing_days == 0


def test_a_month_without_goals_leads_to_the_plan(
    signed_in: SignIn, plan: MonthPlan, alice: Member
) -> None:
    assert "5 月还没有目标" in signed_in(alice).get(PAGE).content.decode()
    june = signed_in(alice).get("/t/content/2025-06/review/")
    assert june.status_code == 200
    assert "6 月还没有目标" in june.content.decode()


def test_a_viewer_sees_no_ways_to_write(
    signed_in: SignIn, followers: Goal, improvement: Improvement, vera: Member
) -> None:
    page = signed_in(vera).get(PAGE).content.decode()
    assert "裂变海报改成两版对比" in page
    assert "data-edit-url" not in page
    assert "加一条" not in page
    assert "全部纳入" not in page


def test_a_member_writes_but_does_not_adopt(
    signed_in: SignIn, followers: Goal, improvement: Improvement, bob: Member
) -> None:
    page = signed_in(bob).get(PAGE).content.decode()
    assert "加一条" in page
    assert "全部纳入" not in page


def test_a_closed_month_is_read_only(
    access_of: AccessOf, signed_in: SignIn, followers: Goal, alice: Member
) -> None:
    close(access=access_of(alice), plan=followers.plan)
    page = signed_in(alice).get(PAGE).content.decode()
    assert "data-edit-url" not in page
    assert "已关账" in page


def test_words_are_escaped(
    signed_in: SignIn, followers: Goal, words: Reflection, vera: Member
) -> None:
    words.highlights = words.problems = "<script>alert(1)</script>"
    words.save()
    Improvement.objects.create(plan=words.plan, dimension="user", measure="<b>改</b>")
    page = signed_in(vera).get(PAGE).content.decode()
    assert "<script>alert(1)" not in page
    assert "<b>改</b>" not in page


@pytest.mark.parametrize("count", [1, 12])
def test_the_review_asks_the_database_nine_times(
    django_assert_num_queries: DjangoAssertNumQueries,
    followers: Goal,
    words: Reflection,
    bob: Member,
    count: int,
) -> None:
    for number in range(count):
        Improvement.objects.create(
            plan=followers.plan, dimension="user", measure=f"改 {number}", owner=bob
        )
    plan = MonthPlan.objects.select_related("team").get()
    with django_assert_num_queries(9):  # two are for what the month was closed with
        review = review_of(plan, today=date(2025, 6, 2))
        assert [str(found.improvement.owner) for found in review.improvements] == (
            ["文案专员"] * count
        )
        assert review.to_do.startswith("还差")
