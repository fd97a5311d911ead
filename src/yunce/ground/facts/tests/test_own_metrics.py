"""A team's own metric: looked at on real data, kept in versions, counted everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yunce.engines.metrics import Answer, StoreError
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import close_month
from yunce.ground.facts.models import TeamMetric
from yunce.ground.facts.queries import answer, catalogue_of
from yunce.ground.facts.queries.defining import catalogue_list
from yunce.ground.facts.tests.conftest import RoundTrips, State
from yunce.ground.journal.models import Entry
from yunce.ground.teams.models import Team, User
from yunce.kit.months import Month

NEW = "/t/content/own-metrics/new/"
CHANGE = "/t/content/own-metrics/likes_per_read/"
PREVIEW = "/t/content/own-metrics/preview/"
TYPED = {
    "name": "每次阅读点赞",
    "code": "likes_per_read",
    "formula": "likes / reads",
    "unit": "percent",
    "direction": "higher",
    "dimension": "interaction",
    "meaning": "点赞数 ÷ 阅读量，合计相除。",
    "effective": "2025-05-01",
}

pytestmark = pytest.mark.usefixtures("today")


def counted(team: Team, code: str, *, until: date = date(2025, 5, 31)) -> float | None:
    return answer(team, [code], start=date(2025, 5, 1), end=until).value(code)


@pytest.fixture
def kept(alices: Client) -> TeamMetric:
    assert alices.post(NEW, TYPED).status_code == 302
    return TeamMetric.objects.get()


def test_a_kept_metric_is_counted_like_any_other(
    team: Team, alices: Client, kept: TeamMetric, state: State
) -> None:
    state("likes", {1: 5, 2: 1})
    state("reads", {1: 100, 2: 20})
    assert counted(team, "likes_per_read") == 0.05
    page = alices.get("/t/content/metrics/likes_per_read/").content.decode()
    assert "每次阅读点赞 = 点赞数 除以 阅读（播放）量" in page
    assert "第 1 版，2025/5/1 起用" in page
    rows = alices.get("/t/content/metrics/likes_per_read/rows/?from=2025-05-01&to=2025-05-31")
    assert '<span class="num">5%' in rows.content.decode()
    assert "自定" in alices.get("/t/content/metrics/?q=likes_per_read").content.decode()


def test_keeping_one_is_noted_in_the_journal(kept: TeamMetric) -> None:
    entry = Entry.objects.get(verb="facts.save_metric")
    assert entry.changes == {"formula": ["", "likes / reads"]}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"formula": "likes / readz"}, "第 9 个字符「readz」不是指标的代码。是否想写：reads"),
        ({"formula": "点赞数 / reads"}, "请写成它的代码 likes"),
        ({"formula": "likes +"}, "公式没有写完"),
        ({"formula": "new_followers + total_followers"}, "不能相加减"),
        ({"code": "reads"}, "已经是「阅读（播放）量」"),
        ({"code": "点赞"}, "小写字母"),
        ({"name": "点赞数"}, "已经有叫「点赞数」的指标"),
        ({"effective": "明天"}, "看不懂这个日期"),
        ({"unit": "kilo"}, "kilo"),
        ({"unit": "yuan", "formula": "new_followers + likes"}, "请把单位改成「个数」"),
        ({"meaning": ""}, "必填"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    alices: Client, changes: dict[str, str], said: str
) -> None:
    answered = alices.post(NEW, TYPED | changes)
    assert answered.status_code == 422
    assert said in answered.content.decode()
    assert not TeamMetric.objects.exists()


def test_a_code_is_taken_once(alices: Client, kept: TeamMetric) -> None:
    answered = alices.post(NEW, TYPED | {"name": "又一个"})
    assert answered.status_code == 422
    assert TeamMetric.objects.count() == 1


def test_a_new_version_counts_from_its_day_on_and_the_old_months_stay(
    team: Team, alices: Client, kept: TeamMetric, state: State
) -> None:
    state("likes", {1: 5})
    state("reads", {1: 100})
    alices.post(CHANGE, TYPED | {"formula": "likes / reads * 2", "effective": "2025-06-01"})
    assert [each.version for each in TeamMetric.objects.all()] == [2, 1]
    assert counted(team, "likes_per_read") == 0.05
    assert counted(team, "likes_per_read", until=date(2025, 6, 1)) == 0.1


@pytest.mark.parametrize(
    ("effective", "said"),
    [("2025-04-01", "不能早于上一版"), ("2025-05-20", "2025-05 已关账")],
)
def test_a_version_cannot_reach_back_into_what_was_told(
    team: Team, alices: Client, kept: TeamMetric, effective: str, said: str
) -> None:
    close_month(team=team, month=Month(2025, 5), by=None)
    answered = alices.post(CHANGE, TYPED | {"effective": effective})
    assert answered.status_code == 422
    assert said in answered.content.decode()
    assert TeamMetric.objects.count() == 1


def test_a_circle_is_refused(alices: Client, kept: TeamMetric) -> None:
    twice = {"code": "twice", "name": "两倍", "formula": "likes_per_read * 2"}
    assert alices.post(NEW, TYPED | twice).status_code == 302
    answered = alices.post(CHANGE, TYPED | {"formula": "twice / 2"})
    assert "公式绕了一圈" in answered.content.decode()


def test_the_preview_counts_the_last_30_days_before_anything_is_kept(
    alices: Client, state: State
) -> None:
    state("likes", {30: 5, 31: 1})
    state("reads", {30: 100})
    page = alices.get(PREVIEW, {"formula": "likes / reads", "unit": "percent"}).content.decode()
    assert '<b class="big num">5%</b>' in page
    assert "这个指标 = 点赞数 除以 阅读（播放）量" in page
    assert "只算各部分都有数的 1 天，另有 1 天缺一部分" in page
    assert not TeamMetric.objects.exists()


@pytest.mark.parametrize(
    ("formula", "said"),
    [("", "写下公式"), ("likes / ", "公式没有写完"), ("readers + 0 * likes", "按人去重")],
)
def test_the_preview_says_what_is_missing(alices: Client, formula: str, said: str) -> None:
    assert said in alices.get(PREVIEW, {"formula": formula}).content.decode()


def test_the_preview_counts_and_hints_at_a_unit_that_cannot_be(
    alices: Client, state: State
) -> None:
    state("gmv", {30: 300})
    state("reads", {30: 100})
    page = alices.get(PREVIEW, {"formula": "gmv / reads", "unit": "percent"}).content.decode()
    assert '<b class="big num">300%</b>' in page
    assert "请把单位改成「元」" in page


def test_a_member_may_not_and_a_stranger_finds_nothing(
    bobs: Client, kept: TeamMetric, charlie: User, signed_in: Callable[[User], Client]
) -> None:
    stranger = signed_in(charlie)
    for address in (NEW, CHANGE, PREVIEW):
        assert bobs.get(address).status_code == 403
        assert stranger.get(address).status_code == 404
    assert bobs.post(NEW, TYPED).status_code == 403


def test_a_built_in_metric_cannot_be_changed(alices: Client) -> None:
    assert alices.get("/t/content/own-metrics/likes/").status_code == 404


def test_another_team_does_not_know_it(kept: TeamMetric, charlie: User) -> None:
    assert "likes_per_read" not in catalogue_of(Team.objects.get(slug="other"))


def test_a_metric_that_no_longer_fits_is_left_out(team: Team, kept: TeamMetric) -> None:
    TeamMetric.objects.filter(pk=kept.pk).update(formula="likes / gone")
    known = catalogue_of(team)
    assert "likes_per_read" not in known
    assert "likes" in known


def test_a_page_without_own_metrics_asks_nothing_more(
    team: Team, state: State, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    state("likes", {1: 5})
    with django_assert_num_queries(2):  # the accounts' platforms, closed months
        counted(team, "likes")


@pytest.mark.parametrize("many", [0, 1, 3])
def test_the_list_reads_the_teams_metrics_once(
    team: Team,
    state: State,
    round_trips: RoundTrips,
    django_assert_num_queries: DjangoAssertNumQueries,
    many: int,
) -> None:
    state("likes", {1: 5})
    for n in range(many):
        old(team, f"own_{n}", f"likes * {n + 2}")
    with django_assert_num_queries(4):  # own metrics, the month's closing; closings, accounts
        found = catalogue_list(team, "")
    assert found.own == many
    assert round_trips(lambda: catalogue_list(team, "")) == 2  # the newest days, all values


def test_the_list_counts_by_the_version_in_effect(team: Team, state: State) -> None:
    state("likes", {31: 5})
    old(team, "own", "likes * 2")
    old(team, "own", "likes * 3", version=2, effective=date(2025, 7, 1))
    lines = [line for group in catalogue_list(team, "").groups for line in group.lines]
    assert [line.value for line in lines if line.is_own] == [10]


def old(
    team: Team, code: str, formula: str, *, version: int = 1, effective: date = date(2025, 5, 1)
) -> TeamMetric:
    """As an earlier program took it."""
    said = {name: TYPED[name] for name in ("direction", "dimension", "meaning")}
    return TeamMetric.objects.create(
        team=team,
        code=code,
        name=f"旧{code}",
        formula=formula,
        unit="count",
        version=version,
        effective=effective,
        **said,
    )


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("at_age(post_views, 999999999999, 1)", "里的天数太多：最多 3650 天"),
        (f"likes * {'9' * 400}", "起的数太大"),
        (f"posts_sum(post_views{'*1' * 100})", "已超过 40 步运算"),
        ("square(likes + nothing_like_it)", "「nothing_like_it」不是指标的代码"),
    ],
)
def test_a_metric_that_cannot_be_counted_any_more_is_shown_with_the_reason(
    team: Team, alices: Client, formula: str, reason: str, state: State
) -> None:
    state("likes", {1: 1234})
    old(team, "broken", formula)
    old(team, "naming_it", "broken * 2")
    old(team, "above", "1 + naming_it")
    page = alices.get("/t/content/metrics/").content.decode()
    assert "1,234" in page
    assert "算不了的自定指标" in page
    assert "旧broken" in page
    assert reason in page
    assert "公式第 1 个字符「broken」现在算不了：「旧broken」的公式" in page
    assert "公式第 5 个字符「naming_it」现在算不了：「旧broken」的公式" in page
    assert alices.get("/t/content/own-metrics/broken/").status_code == 200
    assert alices.get("/t/content/metrics/likes/").status_code == 200


def test_metrics_that_lead_to_each_other_are_told_without_an_end(
    team: Team, alices: Client
) -> None:
    old(team, "one", "other * 2")
    old(team, "other", "one * 2")
    page = alices.get("/t/content/metrics/").content.decode()
    assert "旧one" in page
    assert "旧other" in page


def test_a_new_formula_on_a_broken_metric_says_what_is_wrong_with_that(
    team: Team, alices: Client
) -> None:
    old(team, "broken", "likes * 2 +")
    formula = "reads / broken"
    for answered in (
        alices.post(NEW, TYPED | {"formula": formula}),
        alices.get(PREVIEW, {"formula": formula}),
    ):
        said = answered.content.decode()
        assert "公式第 9 个字符「broken」现在算不了：「旧broken」的公式没有写完" in said


@pytest.mark.parametrize(
    ("formula", "value", "what"),
    [
        ("new_followers*1 + total_followers", 1007, "随时间的算法不同"),
        ("gmv*1 + reads", 3100, "单位不同"),
        ("reads / (likes - likes)", None, "除以了 0"),
    ],
)
@pytest.mark.parametrize("is_closed", [False, True])
def test_what_an_earlier_program_kept_counts_as_ever_and_asks_for_a_change(
    team: Team,
    alices: Client,
    state: State,
    formula: str,
    value: float | None,
    what: str,
    is_closed: bool,
) -> None:
    for metric, number in MIXED.items():
        state(metric, {1: number})
    old(team, "mixed", formula)
    old(team, "twice", "mixed * 2")
    if is_closed:
        close_month(team=team, month=Month(2025, 5), by=None)
    assert counted(team, "mixed") == value
    assert counted(team, "twice") == (value and value * 2)
    asked = "这个公式现在不能这样新建："
    page = alices.get("/t/content/metrics/mixed/").content.decode()
    assert asked in page
    assert what in page
    assert "已有的数照旧，请改一版。" in page
    assert 'href="/t/content/own-metrics/mixed/">去改' in page
    assert asked not in alices.get("/t/content/metrics/twice/").content.decode()
    found = alices.get("/t/content/metrics/").content.decode()
    assert found.count(asked) == 1
    assert "算不了的自定指标" not in found


def test_a_closed_month_keeps_a_version_that_could_not_be_made_any_more(
    team: Team, alices: Client, state: State
) -> None:
    for metric, number in MIXED.items():
        state(metric, {1: number})
    old(team, "mixed", "gmv*1 + reads")
    close_month(team=team, month=Month(2025, 5), by=None)
    change = "/t/content/own-metrics/mixed/"
    typed = TYPED | {"name": "旧mixed", "effective": "2025-06-01"}
    refused = alices.post(change, typed | {"formula": "gmv*2 + reads"})
    assert refused.status_code == 422
    assert alices.post(change, typed).status_code == 302
    assert counted(team, "mixed") == 3100
    assert "这个公式现在不能" not in alices.get("/t/content/metrics/mixed/").content.decode()


MIXED = {"new_followers": 7, "total_followers": 1000, "gmv": 3000, "reads": 100, "likes": 5}


def test_a_formula_the_store_cannot_work_out_spoils_its_own_line_alone(
    team: Team, alices: Client, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    state("likes", {1: 1234})
    old(team, "too_big", "likes * 2")
    old(team, "fine", "likes * 3")
    monkeypatch.setattr("yunce.ground.facts.queries.values.answer", _refusing("too_big"))
    page = alices.get("/t/content/metrics/").content.decode()
    assert "1,234" in page
    assert "3,702" in page
    assert "事实库出错：太大" in page
    assert alices.get("/t/content/metrics/too_big/").status_code == 200


def _refusing(code: str) -> Callable[..., Answer]:
    def answered(team: Team, metrics: Sequence[str], **asked: Any) -> Answer:
        if code in metrics:
            raise StoreError("事实库出错：太大")
        return answer(team, metrics, **asked)

    return answered


def test_a_daily_average_is_a_metric_of_its_own(team: Team, alices: Client, state: State) -> None:
    state("likes", {1: 31, 2: 31})
    alices.post(NEW, {**TYPED, "formula": "likes / days()", "unit": "count"})
    assert counted(team, "likes_per_read") == 2


@pytest.mark.parametrize(
    ("formula", "hint"),
    [
        ("likes / goods_cost", "分母里的「商品成本」，团队各平台的导出文件里都没有"),
        ("ln(likes / profit + 1)", "「商品成本」"),
        ("likes / post_views", ""),
        ("goods_cost / post_views", ""),
    ],
)
def test_a_divisor_no_export_states_is_hinted_at(
    alices: Client, account: Account, formula: str, hint: str
) -> None:
    seen = alices.get(PREVIEW, {"formula": formula, "unit": "score"}).content.decode()
    assert "field-error" not in seen
    assert hint in seen
    assert ("导出文件里都没有" in seen) == bool(hint)


def test_a_divisor_only_a_named_row_states_is_no_hint(alices: Client, team: Team) -> None:
    Account.objects.create(team=team, platform="xiaohongshu", name="运策小红书")
    asked = {"formula": "likes / period_impressions", "unit": "score"}
    seen = alices.get(PREVIEW, asked).content.decode()
    assert "field-error" not in seen
    assert "导出文件里都没有" not in seen
