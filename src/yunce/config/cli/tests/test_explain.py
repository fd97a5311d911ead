"""`yunce explain`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest
from click.testing import Result

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.access import fact_store
from yunce.ground.teams.models import Team
from yunce.loop.goals.models import Goal, MonthPlan

MAY = ("--from", "2025-05-01", "--to", "2025-05-31")
APRIL_DAY, MAY_DAY = date(2025, 4, 10), date(2025, 5, 10)
Values = Mapping[tuple[str, str, date], float]  # (account's name, metric, day)


@pytest.fixture
def write(team: Team, account: Account) -> Callable[[Values], None]:
    """Numbers of 运策小红书 and of 运策抖音."""
    douyin = Account.objects.create(team=team, platform="douyin", name="运策抖音")
    numbers = {"小红书": account.pk, "抖音": douyin.pk}

    def write(values: Values) -> None:
        rows = [
            FactRow(team.pk, numbers[name], 0, metric, day, "", value)
            for (name, metric, day), value in values.items()
        ]
        fact_store().write(1, rows)

    return write


@pytest.fixture
def followers(write: Callable[[Values], None]) -> None:
    write(
        {
            ("小红书", "new_followers", APRIL_DAY): 100.0,
            ("抖音", "new_followers", APRIL_DAY): 300.0,
            ("小红书", "new_followers", MAY_DAY): 150.0,
            ("抖音", "new_followers", MAY_DAY): 100.0,
        }
    )


def answered(result: Result) -> dict[tuple[str, ...], float]:
    """(segment…, kind) → contribution; what was printed adds up to the change."""
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.output)
    assert sum(row["value"] for row in told["rows"]) == pytest.approx(told["delta"], rel=1e-9)
    return {(*row["segment"], row["kind"]): row["value"] for row in told["rows"]}


@pytest.mark.usefixtures("followers")
def test_a_flow_is_told_by_platform(yunce: Callable[..., Result]) -> None:
    rows = answered(yunce("explain", "--metric", "new_followers", *MAY, "--json"))
    assert rows == {("douyin", "amount"): -200.0, ("xiaohongshu", "amount"): 50.0}


@pytest.mark.usefixtures("followers")
def test_people_get_a_headline_and_rows_that_add_up(yunce: Callable[..., Result]) -> None:
    lines = yunce("explain", "--metric", "new_followers", *MAY).output.splitlines()
    assert lines[0] == (
        "新增粉丝：2025-05-01 – 2025-05-31 250，2025-04-01 – 2025-04-30 400，相差 −150。"
    )
    assert [line.split() for line in lines[1:5]] == [
        ["平台", "原因", "贡献", "占全部变动", "说明"],
        ["抖音", "增减", "−200", "80%"],
        ["小红书", "增减", "+50", "20%"],
        ["合计", "−150"],
    ]


@pytest.mark.usefixtures("followers")
def test_accounts_are_told_by_name(yunce: Callable[..., Result]) -> None:
    asked = ("--metric", "new_followers", *MAY, "--by", "platform,account", "--json")
    assert ("douyin", "运策抖音", "amount") in answered(yunce("explain", *asked))


def test_a_rate_is_told_as_rate_and_mix(
    yunce: Callable[..., Result], write: Callable[[Values], None]
) -> None:
    numbers = {
        APRIL_DAY: {"小红书": (10.0, 100.0), "抖音": (18.0, 900.0)},
        MAY_DAY: {"小红书": (45.0, 500.0), "抖音": (7.5, 500.0)},
    }
    write(
        {
            (name, metric, day): value
            for day, accounts in numbers.items()
            for name, pair in accounts.items()
            for metric, value in zip(("orders", "visits"), pair, strict=True)
        }
    )
    # The example of the engine's own test: every rate falls, the whole rises.
    rows = answered(yunce("explain", "--metric", "conversion_rate", *MAY, "--json"))
    assert rows == pytest.approx(
        {
            ("xiaohongshu", "rate"): -0.003,
            ("xiaohongshu", "mix"): 0.0219,
            ("douyin", "rate"): -0.0035,
            ("douyin", "mix"): 0.0091,
        }
    )


def test_a_level_is_told_by_its_last_values(
    yunce: Callable[..., Result], write: Callable[[Values], None]
) -> None:
    write(
        {
            ("小红书", "total_followers", APRIL_DAY): 1000.0,
            ("小红书", "total_followers", MAY_DAY): 1100.0,
            ("小红书", "total_followers", MAY_DAY + timedelta(days=1)): 1150.0,
            ("抖音", "total_followers", APRIL_DAY): 500.0,
            ("抖音", "total_followers", MAY_DAY): 500.0,
        }
    )
    rows = answered(yunce("explain", "--metric", "total_followers", *MAY, "--json"))
    assert rows == {("xiaohongshu", "amount"): 150.0, ("douyin", "amount"): 0.0}


@pytest.mark.usefixtures("followers")
def test_a_plan_is_shared_out_as_the_month_before(yunce: Callable[..., Result], team: Team) -> None:
    plan = MonthPlan.objects.create(team=team, month_start=date(2025, 5, 1))
    goal = {"dimension": "user", "metric": "new_followers"}
    Goal.objects.create(plan=plan, must=Decimal(800), stretch=Decimal(1000), **goal)
    asked = ("--metric", "new_followers", *MAY, "--compare", "plan", "--json")
    result = yunce("explain", *asked)
    # 800 as 1 to 3: 200 and 600 were planned, 150 and 100 came.
    assert answered(result) == {("xiaohongshu", "amount"): -50.0, ("douyin", "amount"): -500.0}
    assert json.loads(result.output)["note"] == "按上月结构分摊的计划"


def test_a_part_without_numbers_before_counts_nought_and_is_named(
    yunce: Callable[..., Result], write: Callable[[Values], None]
) -> None:
    write(
        {
            ("小红书", "new_followers", APRIL_DAY): 100.0,
            ("小红书", "new_followers", MAY_DAY): 90.0,
            ("抖音", "new_followers", MAY_DAY): 40.0,
        }
    )
    told = yunce("explain", "--metric", "new_followers", *MAY).output
    assert "这些部分有一段时间没有数据，按 0 计：抖音。" in told


def test_ordinary_variation_is_marked(
    yunce: Callable[..., Result], write: Callable[[Values], None]
) -> None:
    days = [date(2024, 11, 1) + timedelta(days=at) for at in range(212)]
    values: dict[tuple[str, str, date], float] = {}
    for at, day in enumerate(days):
        values["小红书", "new_followers", day] = 100.0 + at * 37 % 11
        is_may = day >= date(2025, 5, 1)
        values["抖音", "new_followers", day] = (20.0 if is_may else 100.0) + at * 41 % 13
    write(values)
    asked = ("--metric", "new_followers", *MAY, "--json")
    rows = json.loads(yunce("explain", *asked).output)["rows"]
    # May has a day more (about 105) than April; 抖音 lost 80 a day.
    assert {row["segment"][0]: row["in_noise"] for row in rows} == {
        "xiaohongshu": True,
        "douyin": False,
    }


@pytest.mark.usefixtures("followers")
@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (["--metric", "visitors"], "「访客数」按人去重"),
        (["--metric", "wci"], "无法按部分拆解"),
        (["--metric", "new_follower"], "new_followers"),
        (["--metric", "new_followers", "--by", "day"], "不能按「day」拆解"),
        (["--metric", "new_followers", "--by", "platform,platform"], "每项只写一次"),
        (["--metric", "new_followers", "--compare", "yesterday"], "不能与「yesterday」比较"),
        (["--metric", "new_followers", "--compare", "last_year"], "2024-05-01 – 2024-05-31 没有"),
        (["--metric", "new_followers", "--compare", "plan"], "没有计划可比"),
        (["--metric", "reads", "--by", "platform"], "没有「阅读"),
    ],
)
def test_what_cannot_be_explained_is_a_sentence(
    yunce: Callable[..., Result], asked: list[str], sentence: str
) -> None:
    result = yunce("explain", *asked, *MAY)
    assert result.exit_code == 1
    assert sentence in result.stderr
