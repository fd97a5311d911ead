"""What the clock has done every day."""

from __future__ import annotations

from django_tasks import task

from yunce.config.work import perform

BACKUPS_KEPT = 7


@task()
def back_up() -> str:
    """A backup into the data folder; the newest seven daily ones are kept."""
    return str(perform("backup", {"daily": True, "keep": BACKUPS_KEPT})["file"])


@task()
def tidy_uploads() -> int:
    """Files dropped a month ago and never committed."""
    return int(perform("tidy_uploads", {})["removed"])
