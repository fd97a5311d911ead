"""What the jobs thread does for goals. Jobs are only pointers: the check says what is to do."""

from __future__ import annotations

from importlib import import_module

from django_tasks import task

ACTIONS = "yunce.loop.goals.actions"  # imported when run: actions queue these jobs


@task()
def check_forecasts(check: int) -> str:
    """How true a metric's forecasts would have been on the months past."""
    return str(import_module(ACTIONS).make_check(check))
