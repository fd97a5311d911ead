"""The demo month (DOMAIN §4) rebuilt from nothing in the browser, by hand, in under ten minutes.

No clock is asked: the test counts what a hand does and adds up the keystroke-level model (Card,
Moran, Newell 1980): 1.1 s to point, 0.2 s to press, 0.28 s a key, 1.35 s to think before each
thing, but for what the thing before foretold (the button that ends a form). Fields of one form
are gone through with Tab, two of them a field. A Chinese character takes about three keys of an
input method.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.cast import PASSWORD
from yunce.config.demo.month import (
    DIRECTION,
    GOALS,
    PARTS,
    TASKS,
    PlannedGoal,
    PlannedPart,
    PlannedTask,
)
from yunce.config.demo.people import PEOPLE
from yunce.ground.teams.models import Member, Team, User
from yunce.kit.numbers import Unit
from yunce.kit.timing import Timing, write_timing
from yunce.loop.goals.models import Goal, MonthPlan, PlanState
from yunce.loop.goals.queries.parts import tree_of
from yunce.loop.goals.rules import write_target
from yunce.loop.plans.contributions import contributions_of
from yunce.loop.plans.models import Task

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MONTH = "/t/content/2025-05/"
POINT, PRESS, KEY, THINK = 1.1, 0.2, 0.28, 1.35  # seconds
BRINGS = {"3 场视频直播，每场新增 ≥ 3,000": "9,000", "2 次裂变活动，每次新增 1,500": "3,000"}
Shoot = Callable[[Page, str], Path]


@dataclass
class Hand:
    """Does things on a page, and counts them."""

    page: Page
    thoughts: int = 0
    clicks: int = 0
    keys: int = 0

    @property
    def seconds(self) -> float:
        return self.thoughts * THINK + self.clicks * (POINT + PRESS) + self.keys * KEY

    def click(self, thing: Locator) -> None:
        self.thoughts += 1
        self.press(thing)

    def press(self, thing: Locator) -> None:
        """What was foretold: the button at the end of a form."""
        self.clicks += 1
        thing.click()

    def write(self, field: Locator, text: str) -> None:
        """Into a field reached by Tab."""
        self.thoughts += 1
        self.keys += 2 + sum(3 if ord(letter) > 0x3000 else 1 for letter in text)
        field.fill(text)

    def choose(self, field: Locator, **choice: str) -> None:
        """Open a list, press one line of it."""
        self.thoughts += 1
        self.clicks += 2
        field.select_option(**choice)  # type: ignore[arg-type]


@pytest.fixture
def people(team: Team, alice: Member, olga: Member, bob: Member) -> None:
    """The demo's positions; alice is 运营组长 and bob 文案专员 already."""
    held = {alice.position, bob.position}
    for person in PEOPLE:
        if person.position not in held:
            user = User.objects.create_user(person.username, name=person.name, password=PASSWORD)
            Member.objects.create(team=team, user=user, role=person.role, position=person.position)


def test_the_demo_month_is_built_by_hand_in_under_ten_minutes(
    people: None,
    alice: Member,
    olga: Member,
    visit: Visit,
    shoot: Shoot,
    complaints: list[str],
) -> None:
    hand = Hand(visit(alice.user, f"{MONTH}plan/"))
    write_the_goals(hand)
    write_the_direction(hand)
    hand.click(hand.page.get_by_role("link", name="加任务").first)
    for task in TASKS:
        add_task(hand, task, is_last=task is TASKS[-1])
    split_the_followers(hand)
    say_what_tasks_bring(hand)
    hand_in(hand)
    approve(Hand(visit(olga.user, f"{MONTH}plan/")))
    shoot(hand.page, "month-from-nothing")
    check_the_numbers(hand.page)
    assert hand.seconds < 600, hand  # 580 when written
    assert complaints == []


def write_the_goals(hand: Hand) -> None:
    """The first opens the month; from then on one follows another in the same form."""
    page, form = hand.page, hand.page.locator("#plan-form")
    for number, planned in enumerate(GOALS):
        if number < 2:
            hand.click(page.get_by_role("link", name="加指标").first)
        expect(form.get_by_label("必达")).to_have_value("")
        hand.choose(form.get_by_label("指标", exact=True), value=planned.metric)
        unit = Unit.COUNT if planned.must > 1 else Unit.PERCENT
        hand.write(form.get_by_label("必达"), target_of(planned))
        hand.write(form.get_by_label("挑战"), write_target(planned.stretch, unit))
        if planned.label:
            hand.write(form.get_by_label("显示名称"), planned.label)
        hand.choose(form.get_by_label("负责人"), label=planned.owner)
        goes_on = 0 < number < len(GOALS) - 1
        hand.press(form.get_by_role("button", name="再加一个" if goes_on else "加上"))
        if not goes_on:  # the page with the form may still stand while the next one comes
            expect(form.get_by_label("必达")).to_have_count(0)
        expect(page.locator("#plan-table")).to_contain_text(target_of(planned))
    expect(page.locator("#plan-table")).to_contain_text("转化率 1.5%")


def target_of(planned: PlannedGoal) -> str:
    unit = Unit.COUNT if planned.must > 1 else Unit.PERCENT
    return write_target(planned.must, unit)


def write_the_direction(hand: Hand) -> None:
    hand.click(hand.page.locator("#direction").get_by_role("link"))
    hand.write(hand.page.locator("#direction-text"), DIRECTION)
    hand.press(hand.page.locator(".dir-form").get_by_role("button", name="保存"))
    expect(hand.page.locator("#direction")).to_contain_text("首单")


def add_task(hand: Hand, planned: PlannedTask, *, is_last: bool) -> None:
    page = hand.page
    form = page.locator("#plan-form")
    expect(form.get_by_label("核心任务")).to_have_value("")
    hand.write(form.get_by_label("核心任务"), planned.title)
    goal = Goal.objects.get(metric=planned.goal)
    hand.choose(form.get_by_label("所属目标"), label=goal.name)
    hand.write(form.get_by_label("时间节点"), days_of(planned))
    hand.write(form.get_by_label("完成标准"), planned.standard)
    if planned.note:
        hand.write(form.get_by_label("备注"), planned.note)
    for owner in planned.owners:
        hand.click(form.get_by_label(owner))
    hand.press(form.get_by_role("button", name="加上" if is_last else "再加一个"))
    expect(page.locator("#plan-table")).to_contain_text(planned.title)


def days_of(planned: PlannedTask) -> str:
    """5/10、5/20、5/30 or 5/1–5/30, as people write it."""
    if planned.span:
        return "–".join(f"5/{number}" for number in planned.span)
    return "、".join(f"5/{number}" for number in planned.nodes)


def split_the_followers(hand: Hand) -> None:
    page = hand.page
    hand.click(page.get_by_role("link", name="目标与拆解").first)
    hand.click(page.locator("a[data-number]", has_text="新增粉丝"))
    for part in PARTS:
        split_off(hand, part)
    expect(page.locator("#targets")).to_contain_text("缺口 0")


def split_off(hand: Hand, planned: PlannedPart) -> None:
    page = hand.page
    hand.click(page.get_by_role("link", name="加一条来源"))
    form = page.locator("#part-form")
    hand.write(form.get_by_label("名称"), planned.name)
    hand.choose(form.get_by_label("怎么算"), label="下级相乘")
    hand.choose(form.get_by_label("负责人"), label=planned.owner)
    hand.write(form.get_by_label("细分"), planned.segment)
    hand.press(form.get_by_role("button", name="保存"))
    node = page.locator(".node", has_text=planned.name).first
    expect(node).to_be_visible()
    for name, measure, amount in planned.factors:
        hand.click(node.get_by_label(f"{planned.name}的操作"))
        hand.click(node.get_by_role("link", name="加下级"))
        form = page.locator("#part-form")
        hand.write(form.get_by_label("名称"), name)
        hand.write(form.get_by_label("计划值"), str(amount))
        if measure:
            hand.write(form.get_by_label("量词"), measure)
        hand.press(form.get_by_role("button", name="保存"))
        expect(page.get_by_label(f"{name}的计划值")).to_be_visible()


def say_what_tasks_bring(hand: Hand) -> None:
    page = hand.page
    hand.click(page.get_by_role("link", name="任务怎样帮到指标").first)
    for title, amount in BRINGS.items():
        field = page.get_by_label(re.compile(re.escape(title[:8]) + ".*给新增粉丝"))
        hand.write(field, amount)
        field.press("Enter")
        expect(field).to_have_value(amount)
        expect(page.locator("#toasts")).to_contain_text("已保存")


def hand_in(hand: Hand) -> None:
    page = hand.page
    hand.click(page.get_by_role("link", name="月度计划").first)
    hand.click(page.get_by_role("link", name="提交审批"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("写全了")
    hand.click(page.get_by_role("button", name="提交审批"))
    expect(page.locator("main")).to_contain_text("待审批")
    expect(page.get_by_role("button", name="批准")).to_be_hidden()  # nobody approves their own


def approve(hand: Hand) -> None:
    hand.click(hand.page.get_by_role("button", name="批准"))
    expect(hand.page.locator("main")).to_contain_text("已定稿")


def check_the_numbers(page: Page) -> None:
    """As DOMAIN §3 and §4 have them."""
    plan = MonthPlan.objects.get(team__slug="content", month_start="2025-05-01")
    assert plan.state == PlanState.LOCKED
    tree = tree_of(Goal.objects.select_related("plan__team").get(metric="new_followers"))
    assert tree.value == 12_000  # 3 × 3,000 + 2 × 1,500
    assert [(line.name, line.word, line.found.amount) for line in tree.lines] == [
        ("必达", "吻合", Decimal(0)),
        ("挑战", "缺口", Decimal(1_000)),
    ]
    sums = {column.goal.metric: column for column in contributions_of(plan).columns}
    assert (sums["new_followers"].total, sums["new_followers"].word) == (
        Decimal(12_000),
        "吻合",
    )
    built = {task.title: task for task in Task.objects.filter(plan=plan)}
    assert list(built) == [planned.title for planned in TASKS]
    for planned in TASKS:
        task = built[planned.title]
        assert {str(owner) for owner in task.owners.all()} == set(planned.owners)
        assert (task.standard, task.note) == (planned.standard, planned.note)
        assert write_timing(task.timing) == days_of(planned)
        assert task.timing != Timing()
    page.reload()
    expect(page.locator("main")).to_contain_text("已定稿")
    expect(page.locator("#plan-tree")).to_contain_text("3 场 × 3,000")
