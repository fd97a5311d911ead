"""A goal's page: the verdict, the fan, why, since when; and every bad history is an answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import Source, record
from yunce.ground.facts.models import BatchKind
from yunce.ground.teams.models import Member, Team, User
from yunce.kit.months import Month
from yunce.loop.goals.models import CurveDay, Goal, MonthPlan
from yunce.loop.plans.models import Task
from yunce.outputs.dashboards.goal_page import GoalPage

SignIn = Callable[[User | Member], Client]
YESTERDAY = date(2025, 5, 20)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 21 May 2025."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2025, 5, 21))


def told(account: Account, metric: str, values: dict[date, float]) -> None:
    rows = [
        FactRow(account.team_id, account.pk, 0, metric, day, "", value)
        for day, value in values.items()
    ]
    record(team=account.team, by=None, source=Source(kind=BatchKind.GRID), rows=rows)


def days(many: int = 200) -> list[date]:
    return [YESTERDAY - timedelta(days=n) for n in range(many)]


def goal_on(plan: MonthPlan, metric: str = "new_followers", must: str = "3000") -> Goal:
    return Goal.objects.create(
        plan=plan, dimension="user", metric=metric, must=Decimal(must), stretch=Decimal(must) * 2
    )


@pytest.fixture
def steady(account: Account) -> None:
    """99.5 a day on average."""
    told(account, "new_followers", {day: 60.0 + day.toordinal() * 37 % 80 for day in days()})


def address(goal: Goal, query: str = "") -> str:
    return f"/t/content/{goal.plan.month}/goals/{goal.pk}/{query}"


def opened(client: Client, goal: Goal, query: str = "") -> tuple[GoalPage, str]:
    response = client.get(address(goal, query))
    assert response.status_code == 200
    return response.context["page"], response.content.decode()


def test_the_verdict_is_a_sentence_with_a_chance(
    signed_in: SignIn, alice: Member, plan: MonthPlan, steady: None
) -> None:
    page, text = opened(signed_in(alice), goal_on(plan, must="2000"))
    assert page.verdict.startswith("新增粉丝大概率能完成必达，把握 ")
    assert re.search(r"还剩 11 天；月末约 [\d,]+（八成会在 [\d,]+ – [\d,]+），必达 2,000。", text)


def test_the_fan_opens_from_the_last_day_known(
    signed_in: SignIn, alice: Member, plan: MonthPlan, steady: None
) -> None:
    page, text = opened(signed_in(alice), goal_on(plan))
    assert page.chart is not None
    assert page.chart.has_fan
    future = [line for line in page.chart.lines if line.forecast]
    assert (future[0].day, future[-1].day) == (date(2025, 5, 21), date(2025, 5, 31))
    assert all(re.fullmatch(r"[\d,]+（[\d,]+ – [\d,]+）", line.forecast) for line in future)
    names = [series.get("name") for series in page.chart.option["series"]]
    assert {"80% 区间", "95% 区间", "预测", "应到", "实际"} <= set(names)
    assert "八成会在" in page.chart.summary
    assert f'aria-label="{page.chart.summary}"' in text


def test_the_plan_line_follows_a_shaped_curve(
    signed_in: SignIn, alice: Member, plan: MonthPlan, steady: None
) -> None:
    goal = goal_on(plan, must="3100")
    goal.shape = "hand"
    goal.save()
    CurveDay.objects.create(goal=goal, day=date(2025, 5, 1), amount=1_000)
    page, _text = opened(signed_in(alice), goal)
    assert page.chart is not None
    assert page.chart.lines[0].expected == "1,000"


def test_the_bars_add_up_to_the_headline(
    signed_in: SignIn, alice: Member, plan: MonthPlan, team: Team, account: Account, steady: None
) -> None:
    other = Account.objects.create(team=team, platform="douyin", name="运策抖音")
    told(other, "new_followers", {d: 50.0 if d < date(2025, 5, 1) else 9.0 for d in days()})
    page, text = opened(signed_in(alice), goal_on(plan, must="5000"))
    numbers = [int(bar.shown.replace(",", "").replace("−", "-")) for bar in page.drivers.bars]
    assert sum(numbers) == int(page.drivers.headline.replace(",", "").replace("−", "-"))
    assert page.drivers.bars[0].name == "抖音"
    assert "按上月结构分摊的计划" in text


def test_an_accounts_bar_opens_to_its_rows(
    signed_in: SignIn, alice: Member, plan: MonthPlan, account: Account, steady: None
) -> None:
    _page, text = opened(signed_in(alice), goal_on(plan), "?by=account")
    assert f"rows/?from=2025-05-01&amp;to=2025-05-20&amp;account={account.pk}" in text


@pytest.mark.parametrize("against", ["plan", "last_month", "last_year"])
@pytest.mark.parametrize("by", ["platform", "account", "owner", "group", "segment"])
def test_every_comparison_and_split_has_an_answer(
    signed_in: SignIn, alice: Member, plan: MonthPlan, steady: None, against: str, by: str
) -> None:
    page, _text = opened(signed_in(alice), goal_on(plan), f"?against={against}&by={by}")
    assert (page.drivers.against, page.drivers.by) == (against, by)
    assert page.drivers.bars or page.drivers.problem


def test_last_month_is_compared_up_to_the_same_day(
    signed_in: SignIn, alice: Member, plan: MonthPlan, account: Account
) -> None:
    """Twenty days of April brought 10 each, twenty of May 12 each."""
    told(account, "new_followers", {d: 12.0 if d.month == 5 else 10.0 for d in days(60)})
    page, _text = opened(signed_in(alice), goal_on(plan), "?against=last_month")
    assert (page.drivers.before, page.drivers.after, page.drivers.headline) == ("200", "240", "+40")


def test_a_rate_is_told_as_rate_and_mix(
    signed_in: SignIn, alice: Member, plan: MonthPlan, account: Account
) -> None:
    told(account, "clicks", {day: 30.0 + day.toordinal() % 3 for day in days()})
    told(account, "exposures", dict.fromkeys(days(), 1_000.0))
    page, text = opened(signed_in(alice), goal_on(plan, "click_rate", "0.033"))
    assert page.drivers.headline.endswith("百分点")
    assert "比率 −" in text
    assert page.chart is not None
    assert page.chart.axis_note.startswith("纵轴自 ")
    assert page.rhythm is None


def test_the_pace_tells_since_when(
    signed_in: SignIn, alice: Member, plan: MonthPlan, account: Account
) -> None:
    told(account, "new_followers", {d: 100.0 if d < date(2025, 5, 6) else 4.0 for d in days()})
    page, text = opened(signed_in(alice), goal_on(plan))
    assert page.pace is not None
    assert page.pace.now is not None
    assert page.pace.now.status == "behind"
    assert date(2025, 5, 6) < page.pace.now.day < date(2025, 5, 20)
    assert page.rhythm is not None
    # 3,000 − 500 − 15 × 4 over 11 days
    assert (page.rhythm.needed, page.rhythm.is_slow) == ("222", True)
    assert f"{page.pace.now.day.month}/{page.pace.now.day.day} 起，当天把握" in text


def test_every_number_leads_to_its_rows_and_definition(
    signed_in: SignIn, alice: Member, plan: MonthPlan, steady: None
) -> None:
    _page, text = opened(signed_in(alice), goal_on(plan))
    assert "/metrics/new_followers/rows/?from=2025-05-01&amp;to=2025-05-20" in text
    assert 'href="/t/content/metrics/new_followers/"' in text


def test_planned_events_are_said_to_count(
    signed_in: SignIn, alice: Member, plan: MonthPlan, steady: None
) -> None:
    goal = goal_on(plan)
    Task.objects.create(plan=plan, goal=goal, dimension="user", title="直播", nodes=["2025-05-28"])
    page, _text = opened(signed_in(alice), goal)
    assert "已把 5/28 的直播或活动算进去。" in page.evidence.minds


BAD: dict[str, tuple[Callable[[int], float | None], str]] = {
    "few days": (lambda n: 100.0 if n < 6 else None, "不到 14 天"),
    "some days": (lambda n: 100.0 if n < 20 else None, "不到 28 天"),
    "all zero": (lambda n: 0.0, ""),
    "constant": (lambda n: 100.0, ""),
    "one viral day": (lambda n: 100_000.0 if n == 25 else 100.0, "爆款"),
    "a fifth missing": (lambda n: None if n % 5 == 0 else 100.0, "缺的天不当 0 算"),
    "started mid-month": (lambda n: 100.0 if n < 15 else None, "不到 28 天"),
    "stopped mid-month": (lambda n: 0.0 if n < 15 else 100.0, "最近两周一个新增都没有"),
    "negative": (lambda n: -40.0 if n % 2 else 60.0, "掉粉"),
    "a new level": (lambda n: 900.0 if n < 14 else 100.0, "水平"),
    "nothing at all": (lambda n: None, "还没有数据"),
    "huge": (lambda n: 1e14, ""),
}


@pytest.mark.parametrize(("daily", "says"), BAD.values(), ids=BAD)
def test_a_bad_history_is_an_answer_with_a_reason(
    signed_in: SignIn,
    alice: Member,
    plan: MonthPlan,
    account: Account,
    daily: Callable[[int], float | None],
    says: str,
) -> None:
    values = {day: value for n, day in enumerate(days()) if (value := daily(n)) is not None}
    if values:
        told(account, "new_followers", values)
    page, text = opened(signed_in(alice), goal_on(plan))
    assert not re.search(r"\bnan\b|\bNaN\b|Infinity|None", text)
    assert says in page.evidence.rests + "".join(page.evidence.minds)
    assert page.row.band or page.row.p_must is None  # never a bare point


@pytest.mark.parametrize("metric", ["click_rate", "total_followers", "landing_seconds"])
def test_every_kind_of_metric_without_numbers_says_so(
    signed_in: SignIn, alice: Member, plan: MonthPlan, metric: str
) -> None:
    page, _text = opened(signed_in(alice), goal_on(plan, metric, "0.5"))
    assert page.verdict.endswith("还预测不了 5 月末")
    assert page.evidence.level == "不足"


def test_a_target_of_nothing_has_no_chance(
    signed_in: SignIn, alice: Member, plan: MonthPlan, steady: None
) -> None:
    goal = goal_on(plan, must="0")
    page, _text = opened(signed_in(alice), goal)
    assert page.verdict == "新增粉丝：目标是 0，没有把握可算"
    assert page.pace is None


def test_a_metric_that_is_gone_is_a_sentence(
    signed_in: SignIn, alice: Member, plan: MonthPlan
) -> None:
    page, _text = opened(signed_in(alice), goal_on(plan, "gone_for_good"))
    assert "已停用或已不存在" in page.drivers.problem


def test_a_month_not_begun_is_forecast(
    signed_in: SignIn, alice: Member, team: Team, steady: None
) -> None:
    june = MonthPlan.objects.create(team=team, month_start=date(2025, 6, 1))
    page, text = opened(signed_in(alice), goal_on(june))
    assert "这个月还没开始，月末约" in text
    assert page.chart is not None
    assert page.chart.has_fan
    assert "还没有开始" in page.drivers.problem


def test_a_finished_month_is_judged_and_looked_back_at(
    signed_in: SignIn, alice: Member, team: Team, steady: None
) -> None:
    april = MonthPlan.objects.create(team=team, month_start=date(2025, 4, 1))
    page, text = opened(signed_in(alice), goal_on(april, must="2500"))
    assert page.verdict.startswith("新增粉丝 4 月达标")
    assert "4/15 说月末八成会在" in text
    assert page.pace is None


def test_a_year_without_announced_holidays_says_so(
    signed_in: SignIn, alice: Member, team: Team, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2035, 5, 21))
    plan = MonthPlan.objects.create(team=team, month_start=Month(2035, 5).first)
    last = date(2035, 5, 20)
    told(account, "new_followers", {last - timedelta(days=n): 100.0 for n in range(200)})
    page, _text = opened(signed_in(alice), goal_on(plan))
    assert "2035 年的调休还没有公布" in "".join(page.evidence.minds)


@pytest.mark.parametrize("query", ["?day=2025-05-10", "?day=nonsense", "?by=x&against=y"])
def test_any_question_has_an_answer(
    signed_in: SignIn, alice: Member, plan: MonthPlan, steady: None, query: str
) -> None:
    opened(signed_in(alice), goal_on(plan), query)


def test_whose_page_it_is(
    signed_in: SignIn, gus: Member, vera: Member, charlie: User, plan: MonthPlan, steady: None
) -> None:
    goal = goal_on(plan)
    found = [signed_in(who).get(address(goal)).status_code for who in (vera, gus, charlie)]
    assert found == [200, 403, 404]
    assert signed_in(vera).get(f"/t/content/2025-05/goals/{goal.pk + 1}/").status_code == 404
    assert signed_in(vera).get(f"/t/content/2025-06/goals/{goal.pk}/").status_code == 404


def test_more_goals_and_accounts_take_no_more_queries(
    signed_in: SignIn,
    alice: Member,
    plan: MonthPlan,
    steady: None,
    team: Team,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    goal = goal_on(plan)
    for name, metric in (("a", "likes"), ("b", "comments"), ("c", "shares")):
        goal_on(plan, metric)
        other = Account.objects.create(team=team, platform="douyin", name=name)
        told(other, "new_followers", dict.fromkeys(days(60), 5.0))
    client = signed_in(alice)
    with django_assert_max_num_queries(34):
        client.get(address(goal))


def test_the_month_leads_here_and_shows_what_it_is_made_of(
    signed_in: SignIn, alice: Member, plan: MonthPlan, account: Account
) -> None:
    told(account, "new_followers", {d: 100.0 if d < date(2025, 5, 6) else 4.0 for d in days()})
    goal = goal_on(plan)
    response = signed_in(alice).get("/t/content/2025-05/")
    text, page = response.content.decode(), response.context["page"]
    assert f'href="/t/content/2025-05/goals/{goal.pk}/?day=2025-05-20"' in text
    assert page.rows[0].status.value == "behind"
    assert page.alert is not None
    assert page.alert.drivers.bars[0].name == "小红书"
    assert page.alert.drivers.headline == page.alert.drivers.bars[0].shown
    assert page.alert.streak == "已连续 15 天不到平均每天要的 97。"
    assert "照现在的节奏月末约" in text


def test_a_level_is_what_the_pace_rules_say(
    signed_in: SignIn, alice: Member, plan: MonthPlan, steady: None
) -> None:
    """20 days brought about 1,990 of 3,300 × 20 ÷ 31 = 2,129: behind the line, yet not hopeless."""
    goal_on(plan, must="3100")
    row = signed_in(alice).get("/t/content/2025-05/").context["page"].rows[0]
    assert row.alert is not None
    assert row.status is row.alert


def test_two_kinds_of_segments_are_not_added_together(
    signed_in: SignIn, alice: Member, plan: MonthPlan, account: Account, steady: None
) -> None:
    def state(segment: str, value: float) -> None:
        rows = [
            FactRow(account.team_id, account.pk, 0, "new_followers", day, segment, value)
            for day in days(60)
        ]
        record(team=account.team, by=None, source=Source(kind=BatchKind.GRID), rows=rows)

    state("channel=直播", 50.0)
    goal = goal_on(plan)
    page, _text = opened(signed_in(alice), goal, "?by=segment&against=last_month")
    assert [bar.name for bar in page.drivers.bars] == ["渠道：直播", "未归因"]
    state("region=上海", 20.0)
    page, _text = opened(signed_in(alice), goal, "?by=segment&against=last_month")
    assert page.drivers.problem == "这个指标有几种细分（渠道、地区），放在一起会重复相加。"


def test_a_rate_says_which_accounts_it_leaves_out(
    account: Account, vera: Member, signed_in: SignIn, plan: MonthPlan
) -> None:
    other = Account.objects.create(team=account.team, platform="douyin", name="另一个")
    told(account, "clicks", dict.fromkeys(days(20), 5.0))
    told(account, "exposures", dict.fromkeys(days(20), 100.0))
    told(other, "clicks", dict.fromkeys(days(20), 50.0))
    goal = goal_on(plan, "click_rate", "0.03")
    said = "只算 2 个账号里的 1 个：1 个没有「商品曝光量」"
    reader = signed_in(vera)
    assert said in reader.get(address(goal)).content.decode()
    assert said in reader.get(f"/t/content/{plan.month}/").content.decode()
    told(other, "exposures", dict.fromkeys(days(20), 500.0))
    assert "只算" not in reader.get(address(goal)).content.decode()
