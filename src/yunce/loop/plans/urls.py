from __future__ import annotations

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from yunce.loop.plans.views import (
    addresses,
    arranging,
    blocks,
    cells,
    changes,
    contributions,
    intake,
    life,
    lines,
    menus,
    objectives,
    onward,
    plan,
    proposals,
    task,
    tasks,
    timelines,
    today,
    versions,
    workload,
)


class StepConverter(StringConverter):
    """What can be done to a line of the table."""

    regex = "remove|restore|up|down"


class DayStepConverter(StringConverter):
    """What one does with a task on the 今日 page."""

    regex = "start|stop|done|undone|place|minutes|quadrant|bring|back"


class TickStepConverter(StringConverter):
    """What can be done to a check item."""

    regex = "tick|untick|remove"


class WordStepConverter(StringConverter):
    """What can be done to a comment."""

    regex = "edit|remove|restore"


class FileStepConverter(StringConverter):
    """What can be done to a file."""

    regex = "remove|restore"


register_converter(StepConverter, "step")
register_converter(DayStepConverter, "daystep")
register_converter(TickStepConverter, "tickstep")
register_converter(WordStepConverter, "wordstep")
register_converter(FileStepConverter, "filestep")

ADDRESSES = "t/<slug:slug>/<month:month>/plan/addresses"
MONTH = "t/<slug:slug>/<month:month>"
PLAN = f"{MONTH}/plan"
OBJECTIVES = "t/<slug:slug>/objectives"
TASK = f"{MONTH}/tasks/<int:task_id>"

app_name = "plans"
urlpatterns: list[URLPattern] = [
    path(f"{PLAN}/", plan.plan, name="plan"),
    path(f"{PLAN}/direction/", plan.direction, name="direction"),
    path(f"{PLAN}/copy/", plan.copy, name="copy"),
    path(f"{PLAN}/submit/", life.submit, name="submit"),
    path(f"{OBJECTIVES}/", objectives.objectives, name="objectives"),
    path(f"{OBJECTIVES}/new/", objectives.new, name="new-objective"),
    path(f"{OBJECTIVES}/<int:objective_id>/", objectives.change, name="objective"),
    *(
        path(
            f"{OBJECTIVES}/<int:objective_id>/{step}/",
            objectives.step,
            {"step": step},
            name=f"{step}-objective",
        )
        for step in objectives.STEPS
    ),
    path(f"{OBJECTIVES}/align/<int:goal_id>/", objectives.align, name="align-goal"),
    path(f"{PLAN}/changes/", changes.changes, name="changes"),
    *(
        path(
            f"{PLAN}/changes/<int:change_id>/{word}/",
            changes.decide,
            {"decision": word},
            name=f"{word}-change",
        )
        for word in changes.DECISIONS
    ),
    path(f"{PLAN}/changes/remove/goals/<int:goal_id>/", changes.remove_goal, name="ask-goal-off"),
    path(f"{PLAN}/changes/remove/tasks/<int:task_id>/", changes.remove_task, name="ask-task-off"),
    path(f"{PLAN}/versions/", versions.versions, name="versions"),
    path(f"{ADDRESSES}/", addresses.addresses, name="addresses"),
    path(f"{ADDRESSES}/feeds/", addresses.subscribe, name="subscribe"),
    path(f"{ADDRESSES}/feeds/<slug:scope>/end/", addresses.end_feed, name="end-feed"),
    path(f"{ADDRESSES}/shares/", addresses.share, name="share"),
    path(f"{ADDRESSES}/shares/<int:share_id>/renew/", addresses.renew, name="renew-share"),
    path(f"{ADDRESSES}/shares/<int:share_id>/end/", addresses.end_share, name="end-share"),
    path("calendar/<slug:token>.ics", addresses.feed, name="feed"),
    path("shared/<slug:token>/", addresses.shared, name="shared"),
    *(path(f"{PLAN}/{step}/", life.step, {"step": step}, name=step) for step in life.STEPS),
    path(f"{PLAN}/file/", intake.read_file, name="read-file"),
    path(f"{PLAN}/start/<slug:starter>/", intake.start, name="start"),
    path(f"{PLAN}/take-in/", intake.take, name="take-in"),
    path(f"{PLAN}/taken/<int:taking_id>/undo/", intake.undo, name="undo-taking"),
    *(
        path(
            f"{PLAN}/goals/<int:goal_id>/repair-{what}/",
            plan.repair,
            {"what": what},
            name=f"repair-{what}",
        )
        for what in ("baseline", "dates")
    ),
    path(f"{MONTH}/contributions/", contributions.contributions, name="contributions"),
    path(f"{PLAN}/goals/new/", lines.new_goal, name="new-goal"),
    path(f"{PLAN}/goals/proposals/", proposals.proposals, name="proposals"),
    path(f"{PLAN}/goals/<int:goal_id>/cell/<slug:part>/", cells.goal, name="goal-cell"),
    path(f"{PLAN}/goals/<int:goal_id>/menu/", menus.goal, name="goal-menu"),
    path(f"{PLAN}/goals/<int:goal_id>/<step:step>/", lines.goal_step, name="goal-step"),
    path(f"{PLAN}/paste/", blocks.paste, name="paste"),
    path(f"{PLAN}/fill/", blocks.fill, name="fill"),
    path(f"{PLAN}/put-back/", blocks.back, name="put-back"),
    path(f"{PLAN}/tasks/new/", lines.new_task, name="new-task"),
    path(f"{PLAN}/tasks/<int:task_id>/cell/<slug:column>/", cells.task, name="task-cell"),
    path(f"{PLAN}/tasks/<int:task_id>/menu/", menus.task, name="task-menu"),
    path(f"{PLAN}/tasks/<int:task_id>/<step:step>/", lines.task_step, name="task-step"),
    path("t/<slug:slug>/today/", today.today, name="today"),
    path("t/<slug:slug>/today/jot/", today.jot, name="jot"),
    path("t/<slug:slug>/today/carry/", today.carry, name="carry"),
    path("t/<slug:slug>/today/<int:task_id>/<daystep:act>/", today.step, name="today-step"),
    path(f"{PLAN}/schedule/", arranging.schedule, name="schedule"),
    path(f"{PLAN}/schedule/apply/", arranging.apply_schedule, name="apply-schedule"),
    path(f"{PLAN}/tasks/<int:task_id>/move/", timelines.move, name="move"),
    path(f"{MONTH}/tasks/gantt/", timelines.gantt, name="gantt"),
    path(f"{MONTH}/tasks/days/", timelines.days, name="days"),
    path(f"{MONTH}/tasks/workload/", workload.workload, name="workload"),
    path(f"{MONTH}/tasks/", tasks.tasks, name="tasks"),
    path(f"{MONTH}/tasks/board/", tasks.board, name="board"),
    path(f"{MONTH}/tasks/bulk/", blocks.bulk, name="bulk"),
    path(f"{MONTH}/tasks/onward/", onward.onward, name="onward"),
    path(f"{MONTH}/tasks/onward/back/", onward.undo, name="onward-back"),
    path(f"{TASK}/", task.task, name="task"),
    path(f"{TASK}/subtasks/", task.subtask, name="subtask"),
    path(f"{TASK}/copy/", task.copy, name="copy-task"),
    path(f"{TASK}/checks/", task.checks, name="checks"),
    path(f"{TASK}/checks/<int:check_id>/<tickstep:do>/", task.check, name="check"),
    path(f"{TASK}/contribution/", task.contribution, name="contribution"),
    path(f"{TASK}/comments/", task.comments, name="comments"),
    path(f"{TASK}/comments/<int:comment_id>/<wordstep:do>/", task.comment, name="comment"),
    path(f"{TASK}/files/", task.files, name="files"),
    path(f"{TASK}/files/<int:file_id>/", task.file, name="file"),
    path(f"{TASK}/files/<int:file_id>/<filestep:do>/", task.file_step, name="file-step"),
    path(f"{TASK}/state/", tasks.task_state, name="task-state"),
]
