"""The clock: due jobs are queued once, missed ones are made up for once."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from yunce.config.process.clock import DailyJob, last_due, tick
from yunce.ground.journal.models import ClockRun

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2025, 5, day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def queued() -> list[str]:
    return []


@pytest.fixture
def job(queued: list[str]) -> DailyJob:
    return DailyJob("backup", time(3, 30), lambda: queued.append("backup"))


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (at(2, 3, 29), at(1, 3, 30)),  # a minute early: still yesterday's
        (at(2, 3, 30), at(2, 3, 30)),
        (at(2, 23), at(2, 3, 30)),
    ],
)
def test_the_last_due_moment(now: datetime, due: datetime) -> None:
    assert last_due(time(3, 30), now) == due


@pytest.mark.django_db
def test_a_new_installation_has_nothing_to_catch_up_on(job: DailyJob, queued: list[str]) -> None:
    assert tick(at(1, 12), (job,)) == []
    assert queued == []


@pytest.mark.django_db
def test_a_due_job_is_queued_once(job: DailyJob, queued: list[str]) -> None:
    tick(at(1, 12), (job,))
    assert tick(at(2, 3, 31), (job,)) == ["backup"]
    assert tick(at(2, 3, 32), (job,)) == []
    assert queued == ["backup"]


@pytest.mark.django_db
def test_days_missed_are_made_up_for_once(job: DailyJob, queued: list[str]) -> None:
    tick(at(1, 12), (job,))
    tick(at(9, 8), (job,))
    tick(at(9, 9), (job,))
    assert queued == ["backup"]


@pytest.mark.django_db
def test_a_job_that_could_not_be_queued_is_still_due(job: DailyJob) -> None:
    tick(at(1, 12), (job,))
    failing = DailyJob("backup", time(3, 30), lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        tick(at(2, 4), (failing,))
    assert ClockRun.objects.count() == 1
    assert tick(at(2, 5), (job,)) == ["backup"]
