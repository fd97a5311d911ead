"""The table of every address: who may open it, who may post to it.

A new route needs one line in ADDRESSES. A new kind of argument in an address (`<int:goal_id>`)
needs one line in `arguments_of`, giving the number of a thing that belongs to the team.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from yunce.ground.calendars.models import Leave, TeamDay
from yunce.ground.channels.models import Account
from yunce.ground.facts.models import Batch, BatchKind, BatchState, Post, PostDoubt, TeamMetric
from yunce.ground.imports.actions import receive
from yunce.ground.imports.models import SavedMapping
from yunce.ground.teams.models import ApiToken, Invitation, Member, Team
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability, Role
from yunce.loop.goals.models import Goal, MonthPlan, Objective, Part, PlanChange
from yunce.loop.plans.actions import attach
from yunce.loop.plans.models import CheckItem, Comment, Share, Taking, Task
from yunce.loop.reviews.models import Improvement

SEE_PLAN, SEE_ALL, RECORD, PLAN, MANAGE = Capability
API_PREFIX = "api/v1/"  # programs' addresses answer 401 instead of a way to sign in


@dataclass(frozen=True)
class Door:
    """A team's address: what a person must be allowed, by method. None: the method is refused."""

    get: Capability | None = None
    post: Capability | None = None

    def needs(self, method: str) -> Capability | None:
        return self.get if method == "GET" else self.post


PUBLIC = "public"  # opens without signing in
PERSONAL = "personal"  # opens for whoever is signed in, and shows only what is theirs

ADDRESSES: dict[str, Door | str] = {
    "teams:sign-in": PUBLIC,
    "teams:sign-out": PUBLIC,
    "teams:link": PUBLIC,
    "teams:join": PUBLIC,
    "teams:me": PERSONAL,
    "teams:password": PERSONAL,
    "teams:create-token": PERSONAL,
    "teams:revoke-token": PERSONAL,
    "teams:create": PERSONAL,
    "teams:people": Door(get=SEE_ALL),
    "teams:invite": Door(post=MANAGE),
    "teams:revoke-invitation": Door(post=MANAGE),
    "teams:member": Door(get=MANAGE, post=MANAGE),
    "teams:remove-member": Door(post=MANAGE),
    "teams:settings": Door(get=MANAGE, post=MANAGE),
    "calendars:month": Door(get=SEE_PLAN),
    "calendars:add-day": Door(post=PLAN),
    "calendars:remove-day": Door(post=PLAN),
    "calendars:add-leave": Door(post=RECORD),
    "calendars:remove-leave": Door(post=RECORD),
    "calendars:working-time": Door(post=PLAN),
    "channels:accounts": Door(get=SEE_ALL, post=PLAN),
    "channels:account": Door(get=PLAN, post=PLAN),
    "channels:set-active": Door(post=PLAN),
    "facts:metrics": Door(get=SEE_ALL),
    "facts:metric": Door(get=SEE_ALL),
    "facts:rows": Door(get=SEE_ALL),
    "facts:coverage": Door(get=SEE_ALL),
    "facts:restatements": Door(get=SEE_ALL),
    "facts:posts": Door(get=SEE_ALL),
    "facts:describe-posts": Door(post=RECORD),
    "facts:post": Door(get=SEE_ALL, post=RECORD),
    "facts:merge-posts": Door(post=RECORD),
    "facts:split-post": Door(post=RECORD),
    "facts:answer-doubt": Door(post=RECORD),
    "facts:reclose": Door(post=PLAN),
    "facts:new-metric": Door(get=PLAN, post=PLAN),
    "facts:preview-metric": Door(get=PLAN),
    "facts:change-metric": Door(get=PLAN, post=PLAN),
    "goals:on-metric": Door(get=SEE_ALL),
    "goals:retire-metric": Door(post=PLAN),
    "imports:list": Door(get=SEE_ALL),
    "imports:drop": Door(post=RECORD),
    "imports:waiting": Door(get=SEE_ALL),
    "imports:together": Door(post=RECORD),
    "imports:results": Door(get=SEE_ALL),
    "imports:undo-together": Door(post=RECORD),
    "imports:mappings": Door(get=SEE_ALL),
    "imports:take-mapping": Door(post=RECORD),
    "imports:rename-mapping": Door(post=RECORD),
    "imports:remove-mapping": Door(post=RECORD),
    "imports:share-mapping": Door(get=RECORD),
    "imports:stage": Door(get=SEE_ALL),
    "imports:settle": Door(post=RECORD),
    "imports:forget": Door(post=RECORD),
    "imports:problems": Door(get=SEE_ALL),
    "imports:changes": Door(get=SEE_ALL),
    "imports:preview": Door(get=SEE_ALL, post=RECORD),
    "imports:commit": Door(post=RECORD),
    "imports:discard": Door(post=RECORD),
    "imports:add-account": Door(post=PLAN),
    "imports:mapping": Door(get=RECORD, post=RECORD),
    "imports:undo": Door(post=RECORD),
    "imports:file": Door(get=RECORD),
    "imports:grid": Door(get=SEE_ALL, post=RECORD),
    "imports:post-grid": Door(get=SEE_ALL, post=RECORD),
    "dashboards:home": PERSONAL,
    "dashboards:team": Door(get=SEE_PLAN),
    "dashboards:month": Door(get=SEE_ALL),
    "dashboards:content": Door(get=SEE_ALL),
    "dashboards:forecasts": Door(get=SEE_ALL),
    "dashboards:effects": Door(get=SEE_ALL),
    "dashboards:goal": Door(get=SEE_ALL),
    "dashboards:remove-demo": Door(post=MANAGE),
    "reviews:review": Door(get=SEE_ALL),
    "reviews:words": Door(get=RECORD, post=RECORD),
    "reviews:add": Door(get=RECORD, post=RECORD),
    "reviews:change": Door(get=RECORD, post=RECORD),
    "reviews:remove": Door(post=RECORD),
    "reviews:restore": Door(post=RECORD),
    "reviews:adopt": Door(post=PLAN),
    "reviews:withdraw": Door(post=PLAN),
    "reviews:adopt-all": Door(post=PLAN),
    "goals:targets": Door(get=SEE_PLAN),
    "goals:history": Door(get=SEE_ALL),
    "goals:curve-shape": Door(post=PLAN),
    "goals:curve-set": Door(post=PLAN),
    "goals:aim": Door(post=PLAN),
    "goals:order": Door(post=PLAN),
    "goals:new-part": Door(get=PLAN, post=PLAN),
    "goals:part": Door(get=PLAN, post=PLAN),
    "goals:part-amount": Door(post=PLAN),
    "goals:remove-part": Door(post=PLAN),
    "goals:restore-part": Door(post=PLAN),
    "goals:fill-weeks": Door(post=PLAN),
    "goals:fill-like-last": Door(post=PLAN),
    "goals:fill-copy": Door(post=PLAN),
    "plans:plan": Door(get=SEE_PLAN),
    "plans:direction": Door(get=PLAN, post=PLAN),
    "plans:copy": Door(post=PLAN),
    "plans:submit": Door(get=PLAN, post=PLAN),
    "plans:approve": Door(post=PLAN),
    "plans:send-back": Door(post=PLAN),
    "plans:due": Door(post=PLAN),
    "plans:versions": Door(get=SEE_PLAN),
    "plans:addresses": Door(get=SEE_ALL),
    "plans:subscribe": Door(post=SEE_ALL),
    "plans:end-feed": Door(post=SEE_ALL),
    "plans:share": Door(post=PLAN),
    "plans:renew-share": Door(post=PLAN),
    "plans:end-share": Door(post=PLAN),
    "plans:feed": PUBLIC,  # the address is the key
    "plans:shared": PUBLIC,
    "plans:read-file": Door(get=PLAN, post=PLAN),
    "plans:take-in": Door(post=PLAN),
    "plans:start": Door(post=PLAN),
    "plans:undo-taking": Door(post=PLAN),
    "plans:objectives": Door(get=SEE_PLAN),
    "plans:new-objective": Door(get=PLAN, post=PLAN),
    "plans:objective": Door(get=PLAN, post=PLAN),
    "plans:archive-objective": Door(post=PLAN),
    "plans:restore-objective": Door(post=PLAN),
    "plans:align-goal": Door(post=PLAN),
    "plans:changes": Door(get=SEE_PLAN),
    "plans:agree-change": Door(post=PLAN),
    "plans:refuse-change": Door(post=PLAN),
    "plans:withdraw-change": Door(post=PLAN),
    "plans:ask-goal-off": Door(get=PLAN, post=PLAN),
    "plans:ask-task-off": Door(get=PLAN, post=PLAN),
    "plans:finalise": Door(post=PLAN),
    "plans:take-back": Door(post=PLAN),
    "plans:close": Door(post=PLAN),
    "plans:reopen": Door(post=PLAN),
    "plans:repair-baseline": Door(post=PLAN),
    "plans:repair-dates": Door(post=PLAN),
    "plans:contributions": Door(get=SEE_ALL, post=RECORD),
    "plans:new-goal": Door(get=PLAN, post=PLAN),
    "plans:proposals": Door(get=PLAN),
    "plans:goal-cell": Door(get=PLAN, post=PLAN),
    "plans:goal-menu": Door(get=PLAN),
    "plans:goal-step": Door(post=PLAN),
    "plans:new-task": Door(get=PLAN, post=PLAN),
    "plans:task-cell": Door(get=PLAN, post=PLAN),
    "plans:task-menu": Door(get=PLAN),
    "plans:task-step": Door(post=PLAN),
    "plans:tasks": Door(get=SEE_ALL),
    "plans:gantt": Door(get=SEE_ALL),
    "plans:days": Door(get=SEE_ALL),
    "plans:workload": Door(get=SEE_ALL),
    "plans:schedule": Door(get=PLAN, post=PLAN),
    "plans:apply-schedule": Door(post=PLAN),
    "plans:move": Door(post=PLAN),
    "plans:task-state": Door(post=RECORD),
    "plans:board": Door(get=SEE_ALL),
    "plans:bulk": Door(post=RECORD),
    "plans:onward": Door(get=RECORD, post=RECORD),
    "plans:onward-back": Door(post=RECORD),
    "plans:paste": Door(get=PLAN, post=PLAN),
    "plans:fill": Door(post=PLAN),
    "plans:put-back": Door(post=RECORD),
    "plans:today": Door(get=SEE_ALL),
    "plans:jot": Door(post=RECORD),
    "plans:carry": Door(post=RECORD),
    "plans:today-step": Door(post=RECORD),
    "plans:task": Door(get=SEE_ALL),
    "plans:subtask": Door(post=RECORD),
    "plans:copy-task": Door(post=PLAN),
    "plans:checks": Door(post=RECORD),
    "plans:check": Door(post=RECORD),
    "plans:contribution": Door(post=RECORD),
    "plans:comments": Door(post=RECORD),
    "plans:comment": Door(post=RECORD),
    "plans:files": Door(post=RECORD),
    "plans:file": Door(get=SEE_ALL),
    "plans:file-step": Door(post=RECORD),
    "reports:download": Door(get=SEE_ALL),  # the summary; a report says what it asks for
    "healthz": PUBLIC,
    "local-work": PUBLIC,  # asks for the process's own key instead
}


@dataclass(frozen=True)
class Route:
    """One address of the resolver."""

    name: str  # with its namespace; empty when it has none
    pattern: str  # as written: t/<slug:slug>/people/
    arguments: frozenset[str]

    @property
    def is_api(self) -> bool:
        return self.pattern.startswith(API_PREFIX)


def routes() -> list[Route]:
    return [*_walk(get_resolver().url_patterns, "", "", frozenset())]


def _walk(
    patterns: list[URLPattern | URLResolver], prefix: str, space: str, arguments: frozenset[str]
) -> Iterator[Route]:
    for found in patterns:
        written = prefix + str(found.pattern)
        needed = arguments | frozenset(found.pattern.converters)
        if isinstance(found, URLResolver):
            inner = f"{space}{found.namespace}:" if found.namespace else space
            yield from _walk(found.url_patterns, written, inner, needed)
        else:
            yield Route(f"{space}{found.name}" if found.name else "", written, needed)


def arguments_of(team: Team) -> dict[str, object]:
    """What stands in each `<…>` of an address; makes the things it names."""
    bob = Member.objects.get(team=team, role=Role.MEMBER)
    owner = Member.objects.get(team=team, role=Role.OWNER)
    account = Account.objects.create(team=team, platform="xiaohongshu", name="走遍地址", owner=bob)
    invitation = Invitation.objects.create(
        team=team,
        role=Role.MEMBER,
        token_hash="0" * 64,
        expires_at=timezone.now() + timedelta(days=7),
    )
    plan = MonthPlan.objects.create(team=team, month_start=date(2025, 5, 1))
    improvement = Improvement.objects.create(plan=plan, dimension="user", measure="走遍地址")
    access = Access(team=team, member=owner, user=owner.user)
    upload = receive(access=access, file="日期,播放量\n2025-05-01,5\n".encode(), name="播放量.csv")
    saved = SavedMapping.objects.create(
        team=team,
        name="走遍地址",
        header_hash="2" * 64,
        mapping={"sheet": "", "header_row": 1, "columns": [], "header": ["日期"]},
    )
    batch = Batch.objects.create(
        team=team,
        kind=BatchKind.FILE,
        state=BatchState.COMMITTED,
        file_name=upload.name,
        file_sha256=upload.sha256,
    )
    post = Post.objects.create(account=account, key="走遍地址")
    other = Post.objects.create(account=account, key="也许是同一条")
    doubt = PostDoubt.objects.create(post=post, other=other, reason="走遍地址")
    goal = Goal.objects.create(plan=plan, dimension="user", metric="new_followers", must=12_000)
    part = Part.objects.create(goal=goal, name="走遍地址")
    task = Task.objects.create(plan=plan, goal=goal, dimension="user", title="走遍地址")
    check = CheckItem.objects.create(task=task, text="走遍地址")
    comment = Comment.objects.create(task=task, author=owner, text="走遍地址")
    kept = attach(access=access, task=task, name="走遍地址.txt", content=b"1")
    taking = Taking.objects.create(
        plan=plan,
        source="走遍地址",
        by=owner,
        made={"goals": [], "tasks": [], "edits": []},
    )
    change = PlanChange.objects.create(
        plan=plan, verb="remove", kind="task", subject=task.pk, label="走遍地址", reason="走遍地址"
    )
    share = Share.objects.create(
        plan=plan,
        recipient="走遍地址",
        columns=["title"],
        token_hash="3" * 64,
        expires_at=timezone.now() + timedelta(days=7),
    )
    objective = Objective.objects.create(team=team, title="走遍地址", period="open")
    own = TeamMetric.objects.create(
        team=team,
        code="likes_per_read",
        name="走遍地址",
        dimension="interaction",
        unit="percent",
        direction="higher",
        formula="likes / reads",
        effective=date(2025, 5, 1),
    )
    day = date(2025, 5, 9)
    own_day = TeamDay.objects.create(team=team, name="走遍地址", first=day, last=day)
    leave = Leave.objects.create(member=bob, first=day, last=day)
    token = ApiToken.objects.create(user=owner.user, name="走遍地址", token_hash="1" * 64)
    return {
        "slug": team.slug,
        "month": "2025-05",
        "token": "no-such-token",
        "account_id": account.pk,
        "member_id": bob.pk,
        "invitation_id": invitation.pk,
        "token_id": token.pk,
        "improvement_id": improvement.pk,
        "day_id": own_day.pk,
        "leave_id": leave.pk,
        "dimension": "user",
        "field": "problems",
        "upload": upload.pk,
        "saved": saved.pk,
        "batch": batch.pk,
        "code": own.code,
        "kind": "summary",
        "file_format": "xlsx",
        "format": "xlsx",
        "batch_id": batch.pk,
        "mapping_id": saved.pk,
        "day": "2025-05-09",
        "post_id": post.pk,
        "doubt_id": doubt.pk,
        "work": "no-such-work",
        "goal_id": goal.pk,
        "part": "targets",
        "part_id": part.pk,
        "task_id": task.pk,
        "taking_id": taking.pk,
        "change_id": change.pk,
        "starter": "solo",
        "share_id": share.pk,
        "scope": "mine",
        "objective_id": objective.pk,
        "column": "nodes",
        "check_id": check.pk,
        "comment_id": comment.pk,
        "file_id": kept.pk,
        "do": "remove",
        "act": "start",
        "step": "up",
    }
