"""Months of 300 tasks beside the demo month: a draft, a plan that stands, one of goals only.

``python -m benchmarks._plan_data`` fills the data folder that YUNCE_DATA names. Twelve people; a
task has up to three owners, a span, nodes or words, texts of real length, a checklist; every
second one a contribution, every third a comment, every fifth waits for another. The plan that
stands has had forty changes since, a quarter of which still wait.
"""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yunce.config.settings")
django.setup()

from yunce.config.demo import load_demo  # noqa: E402 - settings first
from yunce.ground.teams.models import Member, Team, User  # noqa: E402
from yunce.ground.teams.queries import Access  # noqa: E402
from yunce.ground.teams.rules import Role  # noqa: E402
from yunce.loop.goals.models import Goal, MonthPlan  # noqa: E402
from yunce.loop.plans.actions import approve, submit  # noqa: E402
from yunce.loop.plans.cells import task_cell  # noqa: E402
from yunce.loop.plans.changing import agree, propose_cell  # noqa: E402
from yunce.loop.plans.models import CheckItem, Comment, Contribution, Task  # noqa: E402
from yunce.loop.plans.queries import tasks_of  # noqa: E402
from yunce.loop.plans.rules import TaskField  # noqa: E402

TASKS, PEOPLE, CHANGES = 300, 12, 40
DRAFT, STANDING, GOALS_ONLY = date(2025, 6, 1), date(2025, 7, 1), date(2025, 8, 1)
GOALS = (
    ("pieces_article", "20", "24"),
    ("original_share", "0.6", "0.7"),
    ("new_followers", "12000", "13000"),
    ("net_followers", "9000", ""),
    ("interaction_rate_reads", "0.08", "0.09"),
    ("comments", "3000", "3600"),
    ("shares", "1200", ""),
    ("click_rate", "0.03", "0.035"),
    ("conversion_rate", "0.015", "0.018"),
    ("orders", "800", "1000"),
)
TITLES = (
    "{n} 场视频直播：新品试用与答疑",
    "产品测评图文 {n} 篇，每篇附三张对比图",
    "第 {n} 期裂变活动：邀请三位好友领取样品",
    "行业干货长文（系列 {n}）：从选题到发布的一整套做法",
    "评论区互动 {n}：每篇结尾提一个问题，两小时内回复",
    "限时优惠推文 {n}，落地页加购买按钮",
)
STANDARDS = (
    "每场观看 ≥ 2,000 人，新增粉丝 ≥ 3,000",
    "单篇阅读 ≥ 500，原创度 ≥ 90%，标题点击率 ≥ 5%",
    "参与人数 ≥ 500\n邀请码核销率 ≥ 20%\n次日留存 ≥ 40%",
    "话题阅读 ≥ 100,000，评论回复率 ≥ 60%",
)
NOTES = ("", "", "提前 3 天预热", "与设计组约好：周三前交首图", "物料由推广专员准备，费用走预算")
MINUTES = (None, 60, 120, 240, 480, 600)


def main() -> None:
    team, _made = load_demo()
    approver = _more_people(team)
    chance = random.Random(7)  # noqa: S311 - the same months every time
    for month in (DRAFT, STANDING, GOALS_ONLY):
        plan = MonthPlan.objects.create(team=team, month_start=month, direction="拉新与首单")
        goals = _make_goals(plan)
        if month != GOALS_ONLY:
            make_tasks(plan, goals, chance)
        if month == STANDING:
            _stand(plan, approver)


def _more_people(team: Team) -> Member:
    """Up to twelve; the first new one is a lead who can sign in, so that she may approve."""
    made = []
    for number in range(PEOPLE - team.members.count()):
        user = User.objects.create_user(username=f"bench-{number}", name=f"同事 {number}")
        member = Member(team=team, user=user, role=Role.MEMBER, position=f"内容编辑 {number}")
        made.append(member)
    made[0].role = Role.LEAD
    made[0].user.set_password("benchmarks only")
    made[0].user.save()
    for member in made:
        member.save()
    return made[0]


def _make_goals(plan: MonthPlan) -> list[Goal]:
    members, goals = list(plan.team.members.order_by("pk")), []
    for position, (metric, must, stretch) in enumerate(GOALS):
        goal = Goal(
            plan=plan,
            metric=metric,
            must=Decimal(must),
            stretch=Decimal(stretch) if stretch else None,
            owner=members[position % len(members)],
            position=position,
        )
        goal.dimension = goal.spec.dimension.value
        goal.save()
        goals.append(goal)
    return goals


def make_tasks(plan: MonthPlan, goals: Sequence[Goal], chance: random.Random) -> None:
    """Three hundred tasks and what stands beside them."""
    members = list(plan.team.members.order_by("pk"))
    tasks = Task.objects.bulk_create(_task(plan, goals, n, chance) for n in range(TASKS))
    owners, after = Task.owners.through, Task.after.through
    owners.objects.bulk_create(
        owners(task_id=task.pk, member_id=member.pk)
        for task in tasks
        if chance.random() < 0.95
        for member in chance.sample(members, k=chance.choice((1, 1, 1, 2, 3)))
    )
    after.objects.bulk_create(
        after(from_task_id=task.pk, to_task_id=tasks[chance.randrange(n)].pk)
        for n, task in enumerate(tasks)
        if n and n % 5 == 0
    )
    CheckItem.objects.bulk_create(
        CheckItem(task=task, text=f"第 {n} 项核对", position=n) for task in tasks for n in range(3)
    )
    Contribution.objects.bulk_create(
        Contribution(task=task, goal=task.goal, amount=task.goal.must / 30)
        for task in tasks[::2]
        if task.goal
    )
    Comment.objects.bulk_create(
        Comment(task=task, author=chance.choice(members), text="这个周五能交吗？")
        for task in tasks[::3]
    )


def _task(plan: MonthPlan, goals: Sequence[Goal], n: int, chance: random.Random) -> Task:
    goal = None if n % 25 == 24 else goals[n * len(goals) // TASKS]
    days = list(plan.month.days())
    first = chance.choice(days)
    last = min(first + timedelta(days=chance.choice((0, 2, 4, 9))), days[-1])
    kind = chance.choice(("span", "span", "nodes", "words", "none"))
    return Task(
        plan=plan,
        goal=goal,
        dimension=goal.dimension if goal else "content",
        title=chance.choice(TITLES).format(n=n + 1),
        starts_on=first if kind == "span" else None,
        ends_on=last if kind == "span" else None,
        nodes=sorted(d.isoformat() for d in chance.sample(days, 3)) if kind == "nodes" else [],
        timing_words="每日" if kind == "words" else "",
        standard=chance.choice(STANDARDS),
        note=chance.choice(NOTES),
        estimate_minutes=chance.choice(MINUTES),
        position=n,
    )


def _stand(plan: MonthPlan, approver: Member) -> None:
    """Submitted by the lead, approved by the other one; then changes."""
    writer = plan.team.members.get(position="运营组长")
    lead, other = (
        Access(team=plan.team, member=member, user=member.user) for member in (writer, approver)
    )
    plan = approve(access=other, plan=submit(access=lead, plan=plan))
    for number, task in enumerate(tasks_of(plan)[:CHANGES]):
        task.plan = plan
        field = (TaskField.TITLE, TaskField.NODES, TaskField.NOTE)[number % 3]
        text = ("改过的任务", "7/8、7/18、7/28", "改过的备注")[number % 3]
        cell = task_cell(lead, task, field)
        typed = cell.with_values(typed={"value": text}, seen=cell.held)
        change = propose_cell(access=lead, cell=typed, reason="活动改期")
        if number % 4:
            agree(access=other, change=change)


if __name__ == "__main__":
    main()
