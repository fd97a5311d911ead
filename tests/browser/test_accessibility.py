"""axe-core finds nothing serious on any page, light and dark, wide and on a phone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import AXE, DESKTOP, PHONE, Visit
from yunce.ground.facts.models import Post
from yunce.ground.teams.models import Team, User
from yunce.loop.goals.models import Goal
from yunce.loop.plans.models import Task

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = {
    "month": "/t/demo/2025-05/",
    "month-mid": "/t/demo/2025-05/?day=2025-05-19",
    "month-empty": "/t/demo/2025-06/",
    "goal": "/t/demo/2025-05/goals/GOAL/",
    "goal-mid": "/t/demo/2025-05/goals/GOAL/?day=2025-05-19",
    "new-goal": "/t/demo/2025-06/plan/goals/new/?metric=new_followers&must=12000",
    "plan": "/t/demo/2025-05/plan/",
    "plan-empty": "/t/demo/2025-06/plan/",
    "line-menu": "/t/demo/2025-05/plan/goals/GOAL/menu/",
    "contributions": "/t/demo/2025-05/contributions/",
    "targets": "/t/demo/2025-05/targets/",
    "targets-empty": "/t/demo/2025-06/targets/",
    "plan-submit": "/t/demo/2025-05/plan/submit/",
    "plan-versions": "/t/demo/2025-05/plan/versions/",
    "plan-changes": "/t/demo/2025-05/plan/changes/",
    "addresses": "/t/demo/2025-05/plan/addresses/",
    "addresses-empty": "/t/demo/2025-06/plan/addresses/",
    "link-gone": "/shared/no-such-token/",
    "objectives": "/t/demo/objectives/",
    "new-objective": "/t/demo/objectives/new/",
    "calendar": "/t/demo/2025-05/calendar/",
    "tasks": "/t/demo/2025-05/tasks/",
    "board": "/t/demo/2025-05/tasks/board/",
    "today": "/t/demo/today/?day=2025-05-20",
    "gantt": "/t/demo/2025-05/tasks/gantt/",
    "task-days": "/t/demo/2025-05/tasks/days/",
    "workload": "/t/demo/2025-05/tasks/workload/",
    "workload-empty": "/t/demo/2025-06/tasks/workload/",
    "schedule": "/t/demo/2025-05/plan/schedule/",
    "task": "/t/demo/2025-05/tasks/TASK/",
    "onward": "/t/demo/2025-05/tasks/onward/?task=TASK",
    "read-plan-file": "/t/demo/2025-06/plan/file/",
    "imports": "/t/demo/imports/",
    "imports-mappings": "/t/demo/imports/mappings/",
    "metrics": "/t/demo/metrics/",
    "metrics-none": "/t/demo/metrics/?q=nothing-like-it",
    "metric-ratio": "/t/demo/metrics/interaction_rate_reads/",
    "metric-stored": "/t/demo/metrics/new_followers/",
    "rows-ratio": "/t/demo/metrics/interaction_rate_reads/rows/?from=2025-05-01&to=2025-05-31",
    "rows-posts": "/t/demo/metrics/post_views/rows/?from=2025-05-01&to=2025-05-31",
    "coverage": "/t/demo/2025-05/coverage/",
    "coverage-gaps": "/t/demo/2025-06/coverage/",
    "rows-post": "/t/demo/metrics/post_views/rows/?post=POST",
    "posts": "/t/demo/posts/",
    "post": "/t/demo/posts/POST/",
    "posts-none": "/t/demo/posts/?q=nothing-like-it",
    "content": "/t/demo/content/",
    "content-all": "/t/demo/content/?show=all",
    "content-none": "/t/demo/content/?age=30&days=30",
    "effects": "/t/demo/effects/?from=2025-05-10&to=2025-05-12&metric=new_followers",
    "effects-refused": "/t/demo/effects/?from=2025-05-30&to=2025-06-12&metric=new_followers",
    "forecasts-waiting": "/t/demo/forecasts/",
    "restatements": "/t/demo/restatements/",
    "own-metric": "/t/demo/own-metrics/new/",
    "grid": "/t/demo/2025-05/grid/",
    "post-grid": "/t/demo/grid/posts/?day=2025-05-31",
    "review": "/t/demo/2025-05/review/",
    "review-empty": "/t/demo/2025-06/review/",
    "accounts": "/t/demo/accounts/",
    "people": "/t/demo/people/",
    "settings": "/t/demo/settings/",
    "me": "/me/",
    "not-found": "/t/nowhere/2025-05/",
}
PARTS = 3  # of the pages, so that no test is much longer than the others
LOOKS = {
    "light": ("light", DESKTOP),
    "dark": ("dark", DESKTOP),
    "narrow": ("light", {"width": 1366, "height": 768}),
    "phone": ("light", PHONE),
}


# Colours on their way from one theme to the other are nobody's contrast.
AT_REST = """Promise.all(document.getAnimations()
  .filter(each => each.effect.getComputedTiming().endTime < 10000)
  .map(each => each.finished.catch(() => null))).then(() => null)"""


def serious_findings(page: Page) -> list[str]:
    page.evaluate(AT_REST)
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {violation['help']} at "
        + json.dumps([node["target"] for node in violation["nodes"][:3]])
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
    ]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_has_a_serious_finding_or_runs_over_its_side(
    demo: Team,
    visit: Visit,
    shoot: Callable[[Page, str], Path],
    complaints: list[str],
    look: str,
    part: int,
) -> None:
    theme, size = LOOKS[look]
    page = visit(User.objects.get(username="owner"), "/me/", theme=theme, size=size)
    goal = Goal.objects.get(plan__team=demo, metric="new_followers")
    task = Task.objects.get(plan__team=demo, title="1 个话题挑战")
    post = Post.objects.filter(account__team=demo).earliest("pk")
    findings = {}
    for name, path in list(PAGES.items())[part::PARTS]:
        numbered = path.replace("GOAL", str(goal.pk)).replace("TASK", str(task.pk))
        numbered = numbered.replace("POST", str(post.pk))
        page.goto(urljoin(page.url, numbered))
        expect(page.locator(".htmx-request")).to_have_count(0)
        shoot(page, f"{name}-{look}")
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        serious = [] if look == "narrow" else serious_findings(page)  # narrow is light, less wide
        findings[name] = [*serious, *([f"{over} px too wide"] if over > 0 else [])]
    assert {name: found for name, found in findings.items() if found} == {}
    assert [said for said in complaints if "404" not in said] == []


@pytest.mark.parametrize("look", LOOKS)
def test_sign_in_has_no_serious_finding(
    visit: Visit, shoot: Callable[[Page, str], Path], look: str
) -> None:
    theme, size = LOOKS[look]
    page = visit(None, "/sign-in/", theme=theme, size=size)
    shoot(page, f"sign-in-{look}")
    assert serious_findings(page) == []
