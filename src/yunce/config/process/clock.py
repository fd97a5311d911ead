"""The clock: each due job is queued exactly once, however many processes look at the time.

The claim (a unique line in the journal's table) and the queued job are one transaction.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone

from yunce.config import tasks
from yunce.config.environment import Environment
from yunce.config.inbox.watching import InboxWatch
from yunce.ground.journal.actions import claim_run
from yunce.ground.journal.queries import has_run

TICK_SECONDS = 20.0
LOOK_SECONDS = 5.0  # when a folder is watched as well

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class DailyJob:
    """Something to do once a day."""

    name: str  # under which the run is claimed; never reuse one for something else
    at: time  # local time of day
    queue: Callable[[], object]  # puts the job into the queue


FIXED_JOBS = (
    DailyJob("backup", time(3, 30), lambda: tasks.back_up.enqueue()),
    DailyJob("tidy-uploads", time(4, 0), lambda: tasks.tidy_uploads.enqueue()),
)


def daily_jobs() -> tuple[DailyJob, ...]:
    """Also the check of yesterday's data, at the hour the operator chose."""
    at = time.fromisoformat(settings.ENVIRONMENT.daily_check)
    check = DailyJob("check-data", at, lambda: tasks.check_data.enqueue())
    return (*FIXED_JOBS, check)


def tick(now: datetime, jobs: tuple[DailyJob, ...] | None = None) -> list[str]:
    """Queue what is due and was not queued yet; the names of what was.

    What a sleeping machine missed is made up for once. A job nobody ever ran waits for its next
    time: a new installation has nothing to catch up on.
    """
    due = daily_jobs() if jobs is None else jobs
    return [job.name for job in due if _queue_once(job, last_due(job.at, now))]


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
        environment: Environment = settings.ENVIRONMENT
        self._inbox = InboxWatch(
            environment.inbox,
            float(environment.inbox_settle),
            queue=lambda names: tasks.take_in.enqueue(names=names),
        )
        self._thread = threading.Thread(target=self._run, name="yunce-clock", daemon=True)

    @property
    def _pause(self) -> float:
        return TICK_SECONDS if self._inbox.root is None else LOOK_SECONDS

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
            try:
                self._inbox.look()
            except Exception:
                logger.exception("the watched folder could not be looked at; trying again")
            connections.close_all()
            self._stopping.wait(self._pause)
