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


@task()
def check_data() -> int:
    """Which accounts' data is missing for yesterday."""
    return int(perform("check_data", {})["missing"])


@task()
def take_in(names: list[list[str]]) -> int:
    """Files that lie still in the watched folder, each as its folders and its name."""
    return int(perform("take_in", {"names": names})["taken"])
