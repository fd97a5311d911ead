"""What the jobs thread does for imports. Jobs are only pointers: the upload says what is to do."""

from __future__ import annotations

from importlib import import_module

from django_tasks import task

ACTIONS = "yunce.ground.imports.actions"  # imported when run: actions queue these jobs


@task()
def read_upload(upload: int) -> str:
    """Read a large file and work out what it would do."""
    return str(import_module(ACTIONS).read_in_background(upload))


@task()
def commit_upload(upload: int, user: int | None) -> str:
    """Bring in a large file, in the name of the person who pressed."""
    return str(import_module(ACTIONS).commit_in_background(upload, user))
