"""Why a goal's number is what it is: against its plan by today, last month, last year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yunce.engines.metrics import PLAN, Grain, Metric, MetricsError
from yunce.ground.facts.queries.why import Why, why
from yunce.kit.wording import gettext as _
from yunce.loop.goals.queries import GoalProgress

AGAINST = (PLAN, "last_month", "last_year")
OF_ACCOUNTS = ("platform", "account", "owner", "group", "segment")
OF_POSTS = ("form", "series", "topic")


@dataclass(frozen=True)
class Reason:
    """An explanation, or the sentence that says why there is none."""

    against: str  # of AGAINST
    by: str
    why: Why | None
    problem: str  # zh


def splits_of(metric: Metric) -> tuple[str, ...]:
    """By what the metric may be taken apart; whether a team's numbers can, the answer says."""
    return OF_ACCOUNTS if metric.grain is Grain.ACCOUNT else (*OF_ACCOUNTS, *OF_POSTS)


def reason_of(
    progress: GoalProgress, *, against: str = PLAN, by: str = "platform", is_gated: bool = True
) -> Reason:
    """``plan``: what its curve wants by now; a level or a rate: its whole target."""
    goal = progress.goal
    if not goal.is_defined:
        return Reason(against, by, None, progress.metric.meaning)
    if not progress.elapsed:
        return Reason(against, by, None, _("这个月还没有开始，没有可以解释的差距。"))
    if against == PLAN and not progress.expected:
        return Reason(against, by, None, _("到这一天计划还不要求有数，没有可以解释的差距。"))
    try:
        found = why(
            goal.plan.team,
            goal.metric,
            start=goal.plan.month.first,
            end=progress.until,
            by=(by,),
            compare=against,
            target=float(progress.expected) if against == PLAN else None,
            is_gated=is_gated,
            known=goal.plan.catalogue,
        )
    except MetricsError as error:
        return Reason(against, by, None, str(error))
    return Reason(against, by, found, "")


def known_choice(asked: str, choices: Sequence[str]) -> str:
    """What was asked for, or the first there is."""
    return asked if asked in choices else choices[0]
