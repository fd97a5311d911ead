"""Who may let a plan stand."""

from __future__ import annotations

from yunce.ground.teams.models import Member, Team
from yunce.ground.teams.queries import Access, members_of
from yunce.ground.teams.rules import Capability, may
from yunce.loop.goals.models import MonthPlan, PlanState


def approvers_of(team: Team, *, beside: Member) -> list[Member]:
    """Everybody else who may approve and can sign in to do so."""
    return [
        member
        for member in members_of(team).exclude(pk=beside.pk)
        if may(member.role, Capability.PLAN)
        and member.user.is_active
        and member.user.has_usable_password()
    ]


def waits_for(access: Access, plan: MonthPlan) -> bool:
    """Does this plan wait for this person's approval?"""
    return (
        plan.state == PlanState.SUBMITTED
        and access.may(Capability.PLAN)
        and plan.submitted_by_id != access.member.pk
    )
