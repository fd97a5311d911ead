"""The versions of a plan, and any two of them side by side."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yunce.ground.teams.queries import team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals.models import PlanVersion
from yunce.loop.plans.comparing import compare
from yunce.loop.plans.fetching import plan_or_404
from yunce.loop.plans.queries.versions import picture_of, versions_of

NOW = "now"  # the plan as it is, beside its kept versions


@require_GET
def versions(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    """Who kept which version when and why; `?old=1&new=2` (or `new=now`) sets two side by side."""
    access = team_for(request, slug, Capability.SEE_PLAN)
    plan = plan_or_404(access, month)
    kept = list(versions_of(plan))
    old, new = _chosen(kept, request.GET.get("old", ""), request.GET.get("new", ""))
    words = {"access": access, "month": month, "plan": plan, "versions": kept}
    if old is None:
        return render(request, "plans/versions.html", words)
    content = new.content if new else picture_of(plan)
    words |= {"old": old, "new": new, "comparison": compare(old.content, content)}
    return render(request, "plans/versions.html", words)


def _chosen(
    kept: list[PlanVersion], old: str, new: str
) -> tuple[PlanVersion | None, PlanVersion | None]:
    """The two asked for; without a wish the newest beside the plan as it is now."""
    numbered = {str(version.number): version for version in kept}
    if (old and old not in numbered) or (new not in ("", NOW) and new not in numbered):
        raise Http404
    chosen = numbered.get(old) or (kept[0] if kept else None)
    return chosen, numbered.get(new)
