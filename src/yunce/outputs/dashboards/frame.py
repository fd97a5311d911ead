"""The frame's content: menu, month switch, the loop's states, how fresh the numbers are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count, Q, Subquery
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from yunce.ground.channels.models import Account
from yunce.ground.channels.queries import accounts_of
from yunce.ground.facts.queries import newest_days_in
from yunce.ground.teams.models import Member, User
from yunce.ground.teams.queries import Access, teams_of
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals.models import MonthPlan
from yunce.loop.goals.queries import plans_of
from yunce.loop.plans.models import TaskState
from yunce.outputs.dashboards.rules import (
    Freshness,
    StageState,
    day_words,
    due_day,
    freshness,
    plan_state,
    review_state,
    watch_state,
    work_state,
)
from yunce.web.navigation import STAGES, Item, at, menu


@dataclass(frozen=True)
class TeamLink:
    """Another team of this person."""

    name: str
    address: str


@dataclass(frozen=True)
class Stage:
    """A station of the loop with its pages."""

    name: str
    dot: str  # done, on or todo
    word: str
    items: tuple[Item, ...]


def frame_of(request: HttpRequest) -> Frame:
    """Without a team (first run, personal settings of a person in none) the frame is empty."""
    access = getattr(request, "access", None) or _first_access(request)
    match = request.resolver_match
    view_name = match.view_name if match else ""
    kwargs = dict(match.kwargs) if match else {}
    return Frame(access, view_name, kwargs, timezone.localdate())


def _first_access(request: HttpRequest) -> Access | None:
    if not isinstance(request.user, User):
        return None
    first = Member.objects.select_related("team", "user").filter(user=request.user, left_at=None)
    member = first.order_by("team__name").first()
    return Access(team=member.team, member=member, user=member.user) if member else None


class Frame:
    """Every part is worked out when the template asks for it, once."""

    def __init__(
        self, access: Access | None, view_name: str, kwargs: dict[str, object], today: date
    ) -> None:
        self.access = access
        self.view_name = view_name
        self.kwargs = kwargs
        self.today = today

    @cached_property
    def plan(self) -> MonthPlan | None:
        """The month's plan (or the newest), with what the stages need counted."""
        if self.access is None:
            return None
        tasks = Q(tasks__deleted_at__isnull=True)
        words = ~Q(reflections__highlights="") | ~Q(reflections__problems="")
        plans = plans_of(self.access.team).annotate(
            task_count=Count("tasks", filter=tasks, distinct=True),
            tasks_done=Count("tasks", filter=tasks & Q(tasks__state=TaskState.DONE), distinct=True),
            dimensions_written=Count(
                "reflections", filter=Q(reflections__isnull=False) & words, distinct=True
            ),
        )
        month = self.kwargs.get("month")
        if isinstance(month, Month):
            return plans.filter(month_start=month.first).first()
        # The newest is chosen before anything is counted: years of months have many tasks.
        newest = plans_of(self.access.team).order_by("-month_start").values("pk")[:1]
        return plans.filter(pk=Subquery(newest)).first()

    @cached_property
    def month(self) -> Month:
        month = self.kwargs.get("month")
        if isinstance(month, Month):
            return month
        return self.plan.month if self.plan else Month.of(self.today)

    @property
    def previous_month(self) -> str:
        return self._same_page(self.month.previous)

    @property
    def next_month(self) -> str:
        return self._same_page(self.month.next)

    def _same_page(self, month: Month) -> str:
        """The page one is on, in another month; empty where a page has no month."""
        if "month" not in self.kwargs:
            return ""
        try:
            return reverse(self.view_name, kwargs={**self.kwargs, "month": month})
        except NoReverseMatch:
            return ""

    @cached_property
    def items(self) -> tuple[Item, ...]:
        access = self.access
        if access is None:
            return ()
        return menu(
            slug=access.team.slug,
            month=self.month,
            may=lambda capability: access.may(Capability(capability)),
            current=self.view_name,
        )

    @property
    def top(self) -> tuple[Item, ...]:
        return at(self.items, "top")

    @property
    def foot(self) -> tuple[Item, ...]:
        return at(self.items, "foot")

    @property
    def more(self) -> tuple[Item, ...]:
        """What a phone's tab bar has no room for."""
        return tuple(item for item in self.items if not item.short)

    @property
    def tabs(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.short)

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        return tuple((item.page.key, item.address) for item in self.items if item.page.key)

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        states = {
            "plan": plan_state(self.plan.state if self.plan else None),
            "work": work_state(*self._tasks),
            "watch": watch_state(self.month, self.newest),
            "review": review_state(getattr(self.plan, "dimensions_written", 0)),
        }
        return tuple(
            _stage(str(name), states[place], at(self.items, place))
            for place, name in STAGES
            if at(self.items, place)
        )

    @property
    def _tasks(self) -> tuple[int, int]:
        return getattr(self.plan, "tasks_done", 0), getattr(self.plan, "task_count", 0)

    @cached_property
    def accounts(self) -> list[Account]:
        return list(accounts_of(self.access.team)) if self.access else []

    @cached_property
    def newest_days(self) -> dict[int, date]:
        return newest_days_in(self.access.team, self.month) if self.access else {}

    @property
    def newest(self) -> date | None:
        """The newest day of the month with numbers."""
        return max(self.newest_days.values(), default=None)

    @cached_property
    def freshness(self) -> Freshness | None:
        if self.access is None or not self.access.may(Capability.SEE_ALL):
            return None
        names = [
            (account.spec.label, self.newest_days.get(account.pk)) for account in self.accounts
        ]
        return freshness(self.month, names, due=due_day(self.month, self.today))

    @property
    def day_words(self) -> str:
        return day_words(self.month, self.today)

    @property
    def crumbs(self) -> tuple[str, ...]:
        """Team / stage / page."""
        if self.access is None:
            return ()
        here = next((item for item in self.items if item.is_current), None)
        team = self.access.team.name
        if here is None:
            return (team,)
        stage = next((str(name) for place, name in STAGES if place == here.page.place), "")
        return (team, stage, here.label) if stage else (team, here.label)

    @cached_property
    def other_teams(self) -> tuple[TeamLink, ...]:
        if self.access is None:
            return ()
        others = teams_of(self.access.user).exclude(pk=self.access.team.pk)
        return tuple(TeamLink(team.name, f"/t/{team.slug}/") for team in others)


def _stage(name: str, state: StageState, items: tuple[Item, ...]) -> Stage:
    return Stage(name, state.dot, state.word, items)
