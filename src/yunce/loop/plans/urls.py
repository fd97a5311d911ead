from __future__ import annotations

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from yunce.loop.plans.views import cells, lines, plan, tasks


class StepConverter(StringConverter):
    """What can be done to a line of the table."""

    regex = "remove|restore|up|down"


register_converter(StepConverter, "step")

MONTH = "t/<slug:slug>/<month:month>"
PLAN = f"{MONTH}/plan"

app_name = "plans"
urlpatterns: list[URLPattern] = [
    path(f"{PLAN}/", plan.plan, name="plan"),
    path(f"{PLAN}/direction/", plan.direction, name="direction"),
    path(f"{PLAN}/copy/", plan.copy, name="copy"),
    *(
        path(f"{PLAN}/{step}/", plan.state, {"step": step}, name=step)
        for step in ("finalise", "take-back", "close", "reopen")
    ),
    path(f"{PLAN}/goals/new/", lines.new_goal, name="new-goal"),
    path(f"{PLAN}/goals/<int:goal_id>/cell/<slug:part>/", cells.goal, name="goal-cell"),
    path(f"{PLAN}/goals/<int:goal_id>/<step:step>/", lines.goal_step, name="goal-step"),
    path(f"{PLAN}/tasks/new/", lines.new_task, name="new-task"),
    path(f"{PLAN}/tasks/<int:task_id>/cell/<slug:column>/", cells.task, name="task-cell"),
    path(f"{PLAN}/tasks/<int:task_id>/<step:step>/", lines.task_step, name="task-step"),
    path(f"{MONTH}/tasks/", tasks.tasks, name="tasks"),
    path(f"{MONTH}/tasks/<int:task_id>/state/", tasks.task_state, name="task-state"),
]
