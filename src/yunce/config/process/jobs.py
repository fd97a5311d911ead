"""Background jobs: the worker of django-tasks' database backend, in a thread or by itself."""

from __future__ import annotations

import logging
import secrets
import threading

from django.db import connections
from django_tasks_db.management.commands.db_worker import Worker

POLL_SECONDS = 2.0  # how long a new job may wait; each look takes the write lock for a moment
RETRY_SECONDS = 5.0  # after the queue itself could not be read
FINISH_SECONDS = 10.0

logger = logging.getLogger(__name__)


class JobThread:
    """Does jobs one after the other until stopped."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._worker = make_worker()
        self._thread = threading.Thread(target=self._run, name="yunce-jobs", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """A job that is running may finish within FINISH_SECONDS."""
        self._stopping.set()
        self._worker.running = False
        if self._thread.is_alive():
            self._thread.join(FINISH_SECONDS if self._worker.running_task else POLL_SECONDS + 1)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._worker.run()
            except Exception:
                logger.exception("the job queue could not be read; trying again")
                self._stopping.wait(RETRY_SECONDS)
        connections.close_all()


def make_worker() -> Worker:
    """Signals are the business of whoever owns the process."""
    return Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=POLL_SECONDS,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=secrets.token_hex(16),
    )
