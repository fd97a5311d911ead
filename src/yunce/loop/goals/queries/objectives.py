"""Reading objectives: the tree from year to quarter to month goals, covered and reached."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from yunce.engines.metrics import Catalogue, Metric
from yunce.ground.facts.queries import answer, catalogue_of
from yunce.ground.teams.models import Team
from yunce.kit.months import Month
from yunce.kit.numbers import as_decimal
from yunce.loop.goals.models import Goal, Objective
from yunce.loop.goals.rules.alignment import last_day, lies_in, period_words, together

Monthly = Mapping[str, Sequence[tuple[date, Decimal]]]  # metric → its months


@dataclass(frozen=True)
class Branch:
    """An objective with what is under it."""

    objective: Objective
    metric: Metric | None  # None: words only, or nobody defines it any more
    period: str  # 2025 年二季度
    goals: tuple[Goal, ...]  # aligned to it directly, by month
    branches: tuple[Branch, ...]
    planned: Decimal | None  # what the months' must targets say together
    actual: Decimal | None  # so far; None: unknown, or not to be added

    @property
    def covered(self) -> Decimal | None:
        """The share of the target the months plan for."""
        target = self.objective.target
        return self.planned / target if self.planned is not None and target else None

    @property
    def reached(self) -> Decimal | None:
        target = self.objective.target
        return self.actual / target if self.actual is not None and target else None

    @property
    def until(self) -> date | None:
        """The last day of its period; None when it has none."""
        starts_on = self.objective.starts_on
        return last_day(period=self.objective.period, starts_on=starts_on) if starts_on else None

    @property
    def adds_up(self) -> bool:
        return self.metric is not None and together(self.metric.kind, [_ONE]) is not None


_ONE = (date.min, Decimal(1))


def objectives_of(team: Team, *, archived: bool = False) -> QuerySet[Objective]:
    return Objective.objects.filter(team=team, archived_at__isnull=not archived).select_related(
        "team"
    )


def objective_trees(team: Team, *, today: date, with_numbers: bool = True) -> list[Branch]:
    """Every living objective, the ones without a parent first; three round trips in all."""
    objectives = list(objectives_of(team))
    goals = Goal.objects.filter(objective__in=objectives).select_related(
        "plan__team", "owner__user"
    )
    known = catalogue_of(team)
    aligned: dict[int, list[Goal]] = defaultdict(list)
    for goal in goals.order_by("plan__month_start", "position"):
        goal.plan.catalogue = known  # names and units as they are today, looked up once
        aligned[goal.objective_id or 0].append(goal)
    numbers = _actuals(team, objectives, known, today) if with_numbers else {}
    living = {objective.pk for objective in objectives}
    below: dict[int | None, list[Objective]] = defaultdict(list)
    for objective in objectives:
        below[objective.parent_id if objective.parent_id in living else None].append(objective)
    return [_branch(top, below, aligned, known, numbers) for top in below[None]]


def unaligned_goals(team: Team, *, most: int) -> list[Goal]:
    """Goals that serve no objective, the newest months first."""
    goals = Goal.objects.filter(plan__team=team, objective=None).select_related("plan__team")
    found = list(goals.order_by("-plan__month_start", "position")[:most])
    known = catalogue_of(team)
    for goal in found:
        goal.plan.catalogue = known
    return found


def _branch(
    objective: Objective,
    below: Mapping[int | None, Sequence[Objective]],
    aligned: Mapping[int, Sequence[Goal]],
    known: Catalogue,
    numbers: Monthly,
) -> Branch:
    branches = tuple(
        _branch(each, below, aligned, known, numbers) for each in below.get(objective.pk, ())
    )
    goals = tuple(aligned.get(objective.pk, ()))
    metric = known.get(objective.metric) if objective.metric else None
    planned = actual = None
    if metric is not None:
        musts = [
            (goal.plan.month_start, goal.must)
            for goal in (*goals, *_goals_under(branches))
            if goal.metric == objective.metric and _is_within(goal.plan.month_start, objective)
        ]
        planned = together(metric.kind, musts)
        months = [each for each in numbers.get(metric.code, ()) if _is_within(each[0], objective)]
        actual = together(metric.kind, months)
    period = period_words(objective.period, objective.starts_on)
    return Branch(objective, metric, period, goals, branches, planned, actual)


def _goals_under(branches: Sequence[Branch]) -> Iterator[Goal]:
    for branch in branches:
        yield from branch.goals
        yield from _goals_under(branch.branches)


def _is_within(day: date, objective: Objective) -> bool:
    return lies_in(day, period=objective.period, starts_on=objective.starts_on)


def _actuals(team: Team, objectives: Sequence[Objective], known: Catalogue, today: date) -> Monthly:
    """Every objective's metric by month, in one query from the earliest period on."""
    measured = [each for each in objectives if known.get(each.metric) is not None]
    codes = sorted({each.metric for each in measured if not known.is_of_period(each.metric)})
    starts = [each.starts_on or each.created_at.date().replace(day=1) for each in measured]
    if not codes or min(starts) > today:
        return {}
    found = answer(team, codes, start=min(starts), end=today, by=("month",), known=known)
    monthly: dict[str, list[tuple[date, Decimal]]] = defaultdict(list)
    for row in found.rows:
        if row.value is not None:
            month = Month.parse(str(row.group[0]))
            monthly[row.metric].append((month.first, as_decimal(row.value)))
    return monthly
