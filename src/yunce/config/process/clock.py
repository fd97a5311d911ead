"""The clock: each due job is queued exactly once, however many processes look at the time.

The claim (a unique line in the journal's table) and the queued job are one transaction.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import connections, transaction
from django.utils import timezone

from yunce.config import tasks
from yunce.ground.journal.actions import claim_run
from yunce.ground.journal.queries import has_run

TICK_SECONDS = 20.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class DailyJob:
    """Something to do once a day."""

    name: str  # under which the run is claimed; never reuse one for something else
    at: time  # local time of day
    queue: Callable[[], object]  # puts the job into the queue


DAILY_JOBS = (
    DailyJob("backup", time(3, 30), lambda: tasks.back_up.enqueue()),
    DailyJob("tidy-uploads", time(4, 0), lambda: tasks.tidy_uploads.enqueue()),
)


def tick(now: datetime, daily_jobs: tuple[DailyJob, ...] = DAILY_JOBS) -> list[str]:
    """Queue what is due and was not queued yet; the names of what was.

    What a sleeping machine missed is made up for once. A job nobody ever ran waits for its next
    time: a new installation has nothing to catch up on.
    """
    return [job.name for job in daily_jobs if _queue_once(job, last_due(job.at, now))]


def last_due(at: time, now: datetime) -> datetime:
    """The latest moment not after `now` with this local time of day."""
    local = timezone.localtime(now)
    due = local.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    return due if due <= local else due - timedelta(days=1)


def _queue_once(job: DailyJob, due: datetime) -> bool:
    is_first = not has_run(job.name)
    with transaction.atomic():
        if not claim_run(name=job.name, due_at=due) or is_first:
            return False
        job.queue()
    return True


class ClockThread:
    """Looks at the time until stopped."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="yunce-clock", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(TICK_SECONDS)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                tick(timezone.now())
            except Exception:
                logger.exception("the clock could not queue its jobs; trying again")
            connections.close_all()
            self._stopping.wait(TICK_SECONDS)
