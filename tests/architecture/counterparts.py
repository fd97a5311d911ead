"""What programs have for each page of numbers: operations of the API, or why there is none.

A new page of facts, imports or a metric's goals needs one line here.
"""

from __future__ import annotations

from dataclasses import dataclass

APPS = ("facts", "imports")  # every address of these has a line; others may


@dataclass(frozen=True)
class Without:
    """No operation does the same, and why none has to."""

    why: str


Counterpart = tuple[str, ...] | Without

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
    "plans:close": ("close_month",),
    "plans:reopen": ("reopen_month",),
    "plans:onward": ("move_tasks_onward",),
    "plans:onward-back": ("bring_tasks_back",),
}
