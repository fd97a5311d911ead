"""What programs have for each page of numbers or of the month: operations, or why there is none.

A new address of one of these apps needs one line here.
"""

from __future__ import annotations

from dataclasses import dataclass

APPS = ("facts", "imports", "goals", "plans", "reviews", "dashboards")


@dataclass(frozen=True)
class Without:
    """No operation does the same, and why none has to."""

    why: str


Counterpart = tuple[str, ...] | Without

BY_HAND = Without("plans and tasks are drafted by people, in the table or from a file of theirs")
DRAFTED_SPLIT = Without(
    "a draft is split by people; once its plan stands, a program asks (propose_split_change)"
)
LONG_GOALS = Without("goals of a year are few and written by people; programs read them")
TALK = Without("people talk to each other here; a program has nothing to say")
OWN_DAY = Without("a person's own day; a program moves the task itself on (set_task_state)")
FORM = Without("a piece of a form on the page, nothing of its own")
IN_A_REPORT = Without("words people write about the month; programs read them in download_report")
ADDRESS_OF_PEOPLE = Without("hands a secret address to a person, who answers for it")

COUNTERPARTS: dict[str, Counterpart] = {
    "facts:metrics": ("list_metrics", "list_team_metrics"),
    "facts:metric": ("get_metric", "get_team_metric"),
    "facts:rows": ("list_rows", "get_history"),
    "facts:coverage": ("get_coverage", "list_missing"),
    "facts:restatements": ("list_restatements", "list_revisions", "list_closings"),
    "facts:posts": ("list_posts", "list_doubts"),
    "facts:describe-posts": ("describe_posts",),
    "facts:post": ("get_post", "describe_post", "list_post_candidates"),
    "facts:merge-posts": ("merge_posts",),
    "facts:split-post": ("split_post",),
    "facts:answer-doubt": ("answer_doubt",),
    "facts:reclose": ("reclose_month",),
    "facts:new-metric": ("add_own_metric",),
    "facts:preview-metric": ("preview_own_metric",),
    "facts:change-metric": ("change_own_metric",),
    "goals:on-metric": ("list_metric_goals",),
    "goals:retire-metric": ("retire_own_metric",),
    "imports:list": ("list_imports", "list_uploads", "list_missing"),
    "imports:drop": ("receive_upload", "import_file"),
    "imports:waiting": ("list_uploads",),
    "imports:together": ("commit_upload", "discard_upload"),  # one after another
    "imports:results": ("get_import",),
    "imports:undo-together": ("undo_import",),  # one after another
    "imports:mappings": ("list_mappings",),
    "imports:take-mapping": ("take_mapping",),
    "imports:rename-mapping": ("rename_mapping",),
    "imports:remove-mapping": ("forget_mapping",),
    "imports:share-mapping": ("get_mapping_file",),
    "imports:stage": ("preview_upload",),
    "imports:settle": ("list_upload_choices", "settle_upload"),
    "imports:forget": ("forget_upload_choices",),
    "imports:problems": ("list_upload_problems",),
    "imports:changes": ("list_upload_changes",),
    "imports:preview": ("preview_upload", "describe_upload", "choose_upload_sheets"),
    "imports:commit": ("commit_upload",),
    "imports:discard": ("discard_upload",),
    "imports:add-account": ("add_account", "describe_upload"),
    "imports:mapping": Without(
        "a person points at the columns of a table; a program hands the layout in (take_mapping)"
    ),
    "imports:undo": ("undo_import",),
    "imports:file": ("get_import_file",),
    "imports:grid": ("list_typed_values", "put_typed_values"),
    "imports:post-grid": ("list_typed_post_values", "put_typed_post_values"),
    "plans:plan": (
        "get_plan",
        "list_tasks",
    ),
    "plans:submit": ("submit_plan",),
    "plans:approve": ("approve_plan",),
    "plans:send-back": ("send_plan_back",),
    "plans:versions": ("list_plan_versions",),
    "plans:changes": ("list_plan_changes",),
    "plans:agree-change": ("agree_to_plan_change",),
    "plans:refuse-change": ("refuse_plan_change",),
    "plans:withdraw-change": Without("whoever asked takes it back; programs ask for splits alone"),
    "plans:objectives": ("list_objectives",),
    "plans:close": ("close_month",),
    "plans:reopen": ("reopen_month",),
    "plans:onward": ("move_tasks_onward",),
    "plans:onward-back": ("bring_tasks_back",),
    "plans:tasks": ("list_tasks",),
    "plans:board": ("list_tasks",),
    "plans:gantt": ("list_tasks",),
    "plans:days": ("list_tasks",),
    "plans:task": ("list_tasks",),
    "plans:task-state": ("set_task_state",),
    "plans:new-goal": ("add_goal",),
    "plans:workload": Without("hours by person and day are worked out for the page alone so far"),
    "plans:contributions": Without("what tasks are to bring is added up for the page alone so far"),
    "plans:contribution": BY_HAND,
    "plans:proposals": ("get_outlook",),
    "plans:direction": BY_HAND,
    "plans:copy": BY_HAND,
    "plans:due": BY_HAND,
    "plans:finalise": Without(
        "locking without another's eyes is a person's; else submit_plan, approve_plan"
    ),
    "plans:take-back": Without("unlocking is a person's, who tells the others why"),
    "plans:repair-baseline": BY_HAND,
    "plans:repair-dates": BY_HAND,
    "plans:read-file": BY_HAND,
    "plans:take-in": BY_HAND,
    "plans:start": BY_HAND,
    "plans:undo-taking": BY_HAND,
    "plans:goal-cell": BY_HAND,
    "plans:goal-step": BY_HAND,
    "plans:new-task": BY_HAND,
    "plans:task-cell": BY_HAND,
    "plans:task-step": BY_HAND,
    "plans:schedule": BY_HAND,
    "plans:apply-schedule": BY_HAND,
    "plans:move": BY_HAND,
    "plans:bulk": BY_HAND,
    "plans:paste": BY_HAND,
    "plans:fill": BY_HAND,
    "plans:put-back": BY_HAND,
    "plans:subtask": BY_HAND,
    "plans:copy-task": BY_HAND,
    "plans:checks": BY_HAND,
    "plans:check": BY_HAND,
    "plans:ask-goal-off": BY_HAND,
    "plans:ask-task-off": BY_HAND,
    "plans:goal-menu": FORM,
    "plans:task-menu": FORM,
    "plans:new-objective": LONG_GOALS,
    "plans:objective": LONG_GOALS,
    "plans:archive-objective": LONG_GOALS,
    "plans:restore-objective": LONG_GOALS,
    "plans:align-goal": LONG_GOALS,
    "plans:comments": TALK,
    "plans:comment": TALK,
    "plans:files": TALK,
    "plans:file": TALK,
    "plans:file-step": TALK,
    "plans:today": OWN_DAY,
    "plans:jot": OWN_DAY,
    "plans:carry": OWN_DAY,
    "plans:today-step": OWN_DAY,
    "plans:addresses": ADDRESS_OF_PEOPLE,
    "plans:subscribe": ADDRESS_OF_PEOPLE,
    "plans:end-feed": ADDRESS_OF_PEOPLE,
    "plans:share": ADDRESS_OF_PEOPLE,
    "plans:renew-share": ADDRESS_OF_PEOPLE,
    "plans:end-share": ADDRESS_OF_PEOPLE,
    "plans:feed": Without("is for programs: a calendar asks it"),
    "plans:shared": ADDRESS_OF_PEOPLE,
    "goals:targets": (
        "get_month",
        "propose_split_change",
    ),
    "goals:history": ("query_metrics",),
    "goals:curve-shape": DRAFTED_SPLIT,
    "goals:curve-set": DRAFTED_SPLIT,
    "goals:aim": DRAFTED_SPLIT,
    "goals:order": DRAFTED_SPLIT,
    "goals:new-part": DRAFTED_SPLIT,
    "goals:part": DRAFTED_SPLIT,
    "goals:part-amount": DRAFTED_SPLIT,
    "goals:remove-part": DRAFTED_SPLIT,
    "goals:restore-part": DRAFTED_SPLIT,
    "goals:fill-weeks": DRAFTED_SPLIT,
    "goals:fill-like-last": DRAFTED_SPLIT,
    "goals:fill-copy": DRAFTED_SPLIT,
    "reviews:review": (
        "get_month",
        "download_report",
    ),
    "reviews:words": IN_A_REPORT,
    "reviews:add": IN_A_REPORT,
    "reviews:change": IN_A_REPORT,
    "reviews:remove": IN_A_REPORT,
    "reviews:restore": IN_A_REPORT,
    "reviews:adopt": IN_A_REPORT,
    "reviews:withdraw": IN_A_REPORT,
    "reviews:adopt-all": IN_A_REPORT,
    "dashboards:home": ("list_teams",),
    "dashboards:team": ("list_months",),
    "dashboards:month": ("get_month",),
    "dashboards:goal": (
        "get_outlook",
        "get_pace",
        "explain_goal",
    ),
    "dashboards:content": ("compare_posts",),
    "dashboards:effects": (
        "list_deeds",
        "get_effect",
    ),
    "dashboards:forecasts": ("get_forecast_check",),
    "dashboards:remove-demo": Without(
        "takes the example team away, once, for whoever has seen enough"
    ),
}
