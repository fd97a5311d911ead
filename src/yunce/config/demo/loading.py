"""Loading the demo month into a team of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time

from django.db import transaction

from yunce.config.demo import month as story
from yunce.config.demo.history import History
from yunce.config.demo.numbers import MONTH, Numbers
from yunce.config.demo.people import TEAM_NAME, make_accounts, make_members
from yunce.config.demo.pieces import SHANGHAI, piece_rows, seen_posts
from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import Source, record
from yunce.ground.facts.models import BatchKind
from yunce.ground.teams.models import Member, Team, User
from yunce.ground.teams.rules import Role
from yunce.loop.goals.models import Goal, MonthPlan, Part, PartKind
from yunce.loop.plans.models import Contribution, Task, TaskState
from yunce.loop.reviews.models import Improvement, Reflection

DEMO_SLUG = "demo"
DEMO_MONTH = MONTH


def load_demo(*, owner: User | None = None) -> tuple[Team, bool]:
    """(the demo team, whether it was made now). Every user who owns Yunce becomes its owner."""
    existing = Team.objects.filter(slug=DEMO_SLUG).first()
    if existing is not None:
        return existing, False
    team, accounts = _make_everything(owner)
    try:
        _record_facts(team, accounts)
    except BaseException:
        team.delete()
        raise
    return team, True


@transaction.atomic
def _make_everything(owner: User | None) -> tuple[Team, dict[str, Account]]:
    team = Team.objects.create(name=TEAM_NAME, slug=DEMO_SLUG, is_demo=True)
    owners = {*User.objects.filter(is_superuser=True), *([owner] if owner else [])}
    for user in owners:
        Member.objects.create(team=team, user=user, role=Role.OWNER)
    members = make_members(team)
    accounts = make_accounts(team, members)
    plan = MonthPlan.objects.create(team=team, month_start=MONTH.first, direction=story.DIRECTION)
    goals = _make_goals(plan, members)
    _make_parts(goals["new_followers"], members)
    _make_tasks(plan, goals, members)
    _make_words(plan, members)
    return team, accounts


def _make_goals(plan: MonthPlan, members: Mapping[str, Member]) -> dict[str, Goal]:
    goals = {}
    for position, planned in enumerate(story.GOALS):
        goal = Goal(
            plan=plan,
            metric=planned.metric,
            label=planned.label,
            must=planned.must,
            stretch=planned.stretch,
            owner=members[planned.owner],
            position=position,
        )
        goal.dimension = goal.spec.dimension.value
        goal.save()
        goals[planned.metric] = goal
    return goals


def _make_parts(goal: Goal, members: Mapping[str, Member]) -> None:
    for position, planned in enumerate(story.PARTS):
        part = Part.objects.create(
            goal=goal,
            name=planned.name,
            kind=PartKind.PRODUCT,
            segment=planned.segment,
            owner=members[planned.owner],
            position=position,
        )
        Part.objects.bulk_create(
            Part(goal=goal, parent=part, name=name, unit=unit, amount=amount, position=at)
            for at, (name, unit, amount) in enumerate(planned.factors)
        )


def _make_tasks(plan: MonthPlan, goals: Mapping[str, Goal], members: Mapping[str, Member]) -> None:
    for position, planned in enumerate(story.TASKS):
        goal = goals[planned.goal]
        task = Task.objects.create(
            plan=plan,
            goal=goal,
            dimension=goal.dimension,
            title=planned.title,
            starts_on=story.day(planned.span[0]) if planned.span else None,
            ends_on=story.day(planned.span[1]) if planned.span else None,
            nodes=[story.day(number).isoformat() for number in planned.nodes],
            standard=planned.standard,
            estimate_minutes=planned.hours * 60 or None,
            note=planned.note,
            state=TaskState.DONE,
            done_at=_evening(max(*planned.nodes, *(planned.span or ()), 1)),
            position=position,
        )
        task.owners.set(members[name] for name in planned.owners)
        if planned.brings:
            Contribution.objects.create(task=task, goal=goal, amount=planned.brings)


def _evening(number: int) -> datetime:
    return datetime.combine(story.day(number), time(20), tzinfo=SHANGHAI)


def _make_words(plan: MonthPlan, members: Mapping[str, Member]) -> None:
    for dimension, words in story.WORDS.items():
        Reflection.objects.create(
            plan=plan,
            dimension=dimension,
            highlights=words.highlights,
            problems=words.problems,
        )
    for improvement in story.IMPROVEMENTS:
        Improvement.objects.create(
            plan=plan,
            dimension=improvement.dimension,
            measure=improvement.measure,
            expected=improvement.expected,
            owner=members[improvement.owner],
            due_on=improvement.due_on,
        )


def _record_facts(team: Team, accounts: Mapping[str, Account]) -> None:
    numbers = Numbers(
        team=team.pk, accounts={platform: account.pk for platform, account in accounts.items()}
    )

    def rows(posts: Mapping[tuple[int, str], int]) -> Sequence[FactRow]:
        told = [numbers.as_first_told(row) for row in numbers.rows()]
        return [*told, *piece_rows(team.pk, accounts, posts)]

    record(
        team=team,
        by=None,
        source=Source(kind=BatchKind.DEMO, file_name=f"演示数据 {MONTH} 之前半年"),
        rows=History(numbers).rows(),
    )
    record(
        team=team,
        by=None,
        source=Source(kind=BatchKind.DEMO, file_name=f"演示数据 {MONTH}"),
        rows=rows,
        posts=seen_posts(accounts),
    )
    again = [row for row in numbers.rows() if numbers.as_first_told(row) != row]
    record(
        team=team,
        by=None,
        source=Source(kind=BatchKind.DEMO, file_name=f"演示数据 {MONTH} 平台补算"),
        rows=again,
    )
