"""The ten chapters: what the month knows stands in them, what it does not is asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext
from docx import Document

from yunce.engines.documents import Chart, Charts, Heading, Prompt, Table
from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import Source, record
from yunce.ground.facts.models import BatchKind
from yunce.ground.teams.models import Member
from yunce.loop.goals.models import Goal, MonthPlan, Objective, Part, PlanChange
from yunce.loop.plans.models import Contribution, Task
from yunce.loop.reviews.models import Improvement
from yunce.outputs.reports.catalogue import Made, reports
from yunce.outputs.reports.catalogue._chapters import CHAPTERS, gather
from yunce.outputs.reports.catalogue._chapters.risk import Weight, risks_of
from yunce.outputs.reports.queries import build

MADE = Made(at=datetime(2025, 5, 17, 3, tzinfo=UTC), author="李组长")
CHAPTER_NAMES = [
    "一、概述",
    "二、背景",
    "三、资源与团队",
    "四、路径与评估",
    "五、迭代优化",
    "六、风险管理",
    "七、跨部门协作",
    "八、预算",
    "九、考核",
    "十、计划表",
]


@pytest.fixture
def followers(plan: MonthPlan, alice: Member) -> Goal:
    return Goal.objects.create(
        plan=plan,
        dimension="user",
        metric="new_followers",
        must=Decimal(12_000),
        stretch=Decimal(13_000),
        owner=alice,
    )


@pytest.fixture
def streams(plan: MonthPlan, followers: Goal, alice: Member) -> Task:
    task = Task.objects.create(
        plan=plan,
        goal=followers,
        dimension="user",
        title="3 场直播",
        nodes=["2025-05-10", "2025-05-20", "2025-05-30"],
        standard="每场 ≥ 3,000",
        estimate_minutes=30 * 60,
    )
    task.owners.set([alice])
    return task


def blocks_of(plan: MonthPlan) -> tuple[Any, ...]:
    fresh = MonthPlan.objects.select_related("team").get(pk=plan.pk)
    return reports()["proposal"].build_outline(fresh, MADE).blocks


def under(blocks: tuple[Any, ...], heading: str) -> list[Any]:
    """What stands between a heading and the next one."""
    start = next(at for at, b in enumerate(blocks) if isinstance(b, Heading) and heading in b.text)
    found = []
    for block in blocks[start + 1 :]:
        if isinstance(block, Heading):
            break
        found.append(block)
    return found


def rows_under(plan: MonthPlan, heading: str) -> list[list[str]]:
    tables = [block for block in under(blocks_of(plan), heading) if isinstance(block, Table)]
    return [[str(cell.value) for cell in row] for row in tables[0].rows]


def charts_under(plan: MonthPlan, heading: str) -> list[Chart]:
    rows = [block for block in under(blocks_of(plan), heading) if isinstance(block, Charts)]
    return [chart for row in rows for chart in row.charts]


def tell(account: Account, values: dict[date, float], metric: str = "new_followers") -> None:
    rows = [
        FactRow(
            team=account.team_id,
            account=account.pk,
            post=0,
            metric=metric,
            day=day,
            segment="",
            value=value,
        )
        for day, value in values.items()
    ]
    record(team=account.team, by=None, source=Source(kind=BatchKind.GRID), rows=rows)


def test_there_are_ten_chapters_in_their_order(plan: MonthPlan) -> None:
    headings = [b.text for b in blocks_of(plan) if isinstance(b, Heading) and b.level == 1]
    assert headings == CHAPTER_NAMES
    assert len(CHAPTERS) == 10


def test_an_empty_month_asks_for_every_part_and_makes_nothing_up(plan: MonthPlan) -> None:
    blocks = blocks_of(plan)
    assert sum(isinstance(block, Prompt) for block in blocks) >= 25
    assert not any(isinstance(block, Charts) for block in blocks)
    for block in blocks:
        if isinstance(block, Prompt):
            assert all((block.what, block.who, block.example))


def test_a_section_has_its_data_or_a_prompt_never_nothing(
    plan: MonthPlan, followers: Goal, streams: Task
) -> None:
    blocks = blocks_of(plan)
    sections = [b.text for b in blocks if isinstance(b, Heading) and b.level == 2]
    assert [name for name in sections if not under(blocks, name)] == []


def test_goals_stand_with_their_targets_and_their_check(plan: MonthPlan, followers: Goal) -> None:
    [row] = rows_under(plan, "1.1")
    assert row[1:4] == ["新增粉丝", "12,000 人", "13,000 人"]
    assert row[-1] == "缺 SR"  # no task; no direction, no objective


def test_a_target_changed_after_the_lock_stands_beside_the_old_one(
    plan: MonthPlan, followers: Goal, alice: Member
) -> None:
    MonthPlan.objects.update(state="locked")
    PlanChange.objects.create(
        plan=plan,
        verb="edit",
        kind="goal",
        subject=followers.pk,
        field="targets",
        label="新增粉丝",
        was={"must": "10,000", "stretch": "13,000"},
        was_text="10,000",
        wanted_text="12,000",
        reason="品牌追加一场直播",
        state="applied",
        proposed_by=alice,
        decided_at=datetime(2025, 5, 6, 4, tzinfo=UTC),
    )
    assert "（原 10,000 人）" in rows_under(plan, "1.1")[0][2]
    told = rows_under(plan, "5.2")[0]
    assert told == ["新增粉丝", "10,000", "12,000", "品牌追加一场直播", "运营组长", "5/6"]


def test_a_tree_says_by_how_much_it_does_not_add_up(plan: MonthPlan, followers: Goal) -> None:
    Part.objects.create(goal=followers, name="直播", amount=Decimal(9_000))
    Part.objects.create(goal=followers, name="裂变", amount=Decimal(2_000), position=1)
    [row] = rows_under(plan, "1.2")
    assert row == ["新增粉丝", "直播 9,000\n裂变 2,000", "11,000", "缺口 1,000", "缺口 2,000"]
    [chart] = charts_under(plan, "1.2")
    assert chart.title == "新增粉丝：拆解对必达缺口 1,000"
    assert chart.series[0].values == (9_000.0, 2_000.0, None)


def test_the_objective_a_goal_aligns_to_is_named(plan: MonthPlan, followers: Goal) -> None:
    objective = Objective.objects.create(
        team=plan.team,
        title="二季度涨粉",
        period="quarter",
        starts_on=date(2025, 4, 1),
        metric="new_followers",
        target=Decimal(36_000),
    )
    Goal.objects.update(objective=objective)
    [row] = rows_under(plan, "1.3")
    assert row == ["二季度涨粉", "2025 年二季度", "36,000", "新增粉丝 12,000 人"]


def test_the_tasks_that_carry_most_come_first(
    plan: MonthPlan, followers: Goal, streams: Task
) -> None:
    small = Task.objects.create(plan=plan, goal=followers, dimension="user", title="海报")
    Contribution.objects.create(task=small, goal=followers, amount=Decimal(600))
    Contribution.objects.create(task=streams, goal=followers, amount=Decimal(9_000))
    rows = rows_under(plan, "1.4")
    assert [row[:4] for row in rows] == [
        ["3 场直播", "新增粉丝", "9,000 人", "75%"],
        ["海报", "新增粉丝", "600 人", "5%"],
    ]


def test_twelve_months_stand_beside_the_target(
    plan: MonthPlan, followers: Goal, account: Account
) -> None:
    days = (date(2024, 5, 3), date(2025, 3, 3), date(2025, 4, 3))
    tell(account, dict(zip(days, (8_000.0, 12_600.0, 11_000.0), strict=True)))
    [row] = rows_under(plan, "2.1")
    # last year's May, April, the median of three, the best, one of three months at 12,000
    assert row[2:7] == ["8,000", "11,000", "11,000", "12,600", "1 / 3 个月"]
    [chart] = charts_under(plan, "2.1")
    assert chart.title == "新增粉丝：3 个月里达到 1 次"
    assert chart.series[0].values[0] == 8_000.0
    assert chart.series[0].values[1] is None  # June said nothing: a gap, not a zero


def test_hours_and_buffer_stand_by_person_and_week(
    plan: MonthPlan, followers: Goal, streams: Task
) -> None:
    rows = rows_under(plan, "3.1")
    # 19 working days × 8 hours; ten hours on Saturday the 10th, on the 20th and on the 30th
    assert rows[0][:4] == ["运营组长", "152", "30", "80%"]
    # Of the week of the 10th 4 days × 8 = 32 hours; 1 − 10 ÷ 32 = 68.75 %, rounded down
    assert rows[0][5:] == ["—", "68%", "100%", "75%", "75%"]


def test_the_calendar_names_the_days_that_matter(plan: MonthPlan) -> None:
    cells = [cell for row in rows_under(plan, "4.1") for cell in row]
    assert any(cell.startswith("1 休\n劳动节") for cell in cells)
    assert "11\n母亲节" in cells


def test_each_week_says_what_of_a_task_falls_into_it(
    plan: MonthPlan, followers: Goal, streams: Task
) -> None:
    rows = rows_under(plan, "4.2")
    assert [(row[0].split("\n")[0], row[2]) for row in rows] == [
        ("第 1 周", "—"),
        ("第 2 周", "5/10"),
        ("第 3 周", "—"),
        ("第 4 周", "5/20"),
        ("第 5 周", "5/30"),
    ]


def test_a_busy_week_names_the_first_tasks_and_counts_the_rest(
    plan: MonthPlan, followers: Goal
) -> None:
    for number in range(14):
        Task.objects.create(
            plan=plan,
            goal=followers,
            dimension="user",
            title=f"任务 {number}",
            nodes=["2025-05-06"],
            position=number,
        )
    told = [row[1] for row in rows_under(plan, "4.2")]
    assert told[1:14] == [*(f"任务 {number}" for number in range(12)), "另有 2 项，见第十章计划表"]


def test_contributions_of_a_rate_are_points_on_its_baseline(plan: MonthPlan) -> None:
    goal = Goal.objects.create(
        plan=plan,
        dimension="interaction",
        metric="interaction_rate_reads",
        must=Decimal("0.08"),
        baseline=Decimal("0.075"),
    )
    task = Task.objects.create(plan=plan, goal=goal, dimension="interaction", title="提问")
    Contribution.objects.create(task=task, goal=goal, amount=Decimal("0.004"))
    [row] = rows_under(plan, "4.3")
    assert row[2:] == ["+0.4 百分点", "缺口 0.1 百分点", "提问：+0.4 百分点"]


def test_the_curve_shows_what_was_reached_until_yesterday(
    plan: MonthPlan, followers: Goal, account: Account
) -> None:
    tell(account, {date(2025, 5, day): 100.0 for day in range(1, 17)})
    [chart] = charts_under(plan, "4.4")
    planned, reached = (series.values for series in chart.series)
    assert planned[30] == 12_000.0
    assert (reached[15], reached[16]) == (1_600.0, None)


def test_last_months_measures_are_carried_over(plan: MonthPlan, bob: Member) -> None:
    april = MonthPlan.objects.create(team=plan.team, month_start=date(2025, 4, 1))
    Improvement.objects.create(
        plan=april,
        dimension="conversion",
        measure="压缩落地页",
        expected="转化率 +15%",
        owner=bob,
        due_on=date(2025, 5, 15),
    )
    [row] = rows_under(plan, "5.1")
    assert row == ["转化优化", "压缩落地页", "转化率 +15%", "文案专员", "5/15", "还没有排进来"]


def test_risks_are_found_with_their_numbers_and_weighed(
    plan: MonthPlan, followers: Goal, streams: Task
) -> None:
    Part.objects.create(goal=followers, name="直播", amount=Decimal(11_000))
    Task.objects.create(plan=plan, goal=followers, dimension="user", title="海报")
    found = risks_of(gather(MonthPlan.objects.get(pk=plan.pk), MADE))
    assert [(risk.weight, risk.what) for risk in found] == [
        (Weight.HIGH, "「新增粉丝」拆不够"),
        (Weight.MIDDLE, "1 项任务没有负责人"),
        (Weight.MIDDLE, "1 项任务没有日期"),
        (Weight.MIDDLE, "1 项任务没有完成标准"),
    ]
    assert found[0].why == "拆解合计 11,000 人，必达 12,000 人，缺口 1,000 人"
    assert found[0].way == "直播 +1,000"


def test_tasks_that_wait_for_each_other_are_a_risk(
    plan: MonthPlan, followers: Goal, streams: Task, alice: Member
) -> None:
    first = Task.objects.create(
        plan=plan,
        goal=followers,
        dimension="user",
        title="定主播",
        starts_on=date(2025, 5, 6),
        ends_on=date(2025, 5, 8),
        standard="签约",
    )
    first.owners.set([alice])
    streams.after.add(first)
    [risk] = risks_of(gather(MonthPlan.objects.get(pk=plan.pk), MADE))
    assert risk.why == "关键路径 6 个工作日：定主播 → 3 场直播"  # 3 days and 3 streams


def test_what_other_departments_do_is_listed(plan: MonthPlan, followers: Goal, gus: Member) -> None:
    task = Task.objects.create(
        plan=plan,
        goal=followers,
        dimension="user",
        title="主视觉 3 张",
        ends_on=date(2025, 5, 8),
        standard="分层源文件",
    )
    task.owners.set([gus])
    assert rows_under(plan, "7.1") == [["顾设计", "主视觉 3 张", "5/8 前", "分层源文件"]]


def test_appraisal_names_when_a_goal_is_met_and_beaten(plan: MonthPlan, followers: Goal) -> None:
    [row] = rows_under(plan, "9.1")
    assert row[:4] == ["新增粉丝", "运营组长", "≥ 12,000 人", "≥ 13,000 人"]


def test_the_last_chapter_is_the_seven_column_table(
    plan: MonthPlan, followers: Goal, streams: Task
) -> None:
    [row] = rows_under(plan, "十、")
    assert row[1:6] == [
        "新增粉丝 12,000 人（挑战 13,000 人）",
        "3 场直播",
        "运营组长",
        "5/10、5/20、5/30",
        "每场 ≥ 3,000",
    ]


def test_the_file_opens_with_its_cover(plan: MonthPlan, followers: Goal) -> None:
    MonthPlan.objects.update(direction="用直播拉新")
    fresh = MonthPlan.objects.select_related("team").get(pk=plan.pk)
    made = build(kind="proposal", plan=fresh, format="docx", made_at=MADE.at, author=MADE.author)
    assert made.file_name == "2025-05 月度规划方案 内容电商组.docx"
    texts = [paragraph.text for paragraph in Document(BytesIO(made.content)).paragraphs[:8]]
    assert [text for text in texts if text] == [
        "内容电商组",
        "月度规划方案",
        "2025 年 5 月",
        "用直播拉新",
        "状态\t草稿",
        "数据到\t5 月 16 日",
        "制作\t李组长 · 5 月 17 日",
    ]


def test_more_goals_and_tasks_ask_the_database_no_more(
    plan: MonthPlan, followers: Goal, streams: Task, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(60) as few:
        blocks_of(plan)
    _grow(plan, few)
    with django_assert_max_num_queries(len(few.captured_queries)):
        blocks_of(plan)


def _grow(plan: MonthPlan, _few: CaptureQueriesContext) -> None:
    for number, metric in enumerate(("reads", "likes", "comments", "shares"), start=1):
        goal = Goal.objects.create(
            plan=plan, dimension="interaction", metric=metric, must=100, position=number
        )
        for title in "甲乙丙":
            Task.objects.create(plan=plan, goal=goal, dimension="interaction", title=title)
