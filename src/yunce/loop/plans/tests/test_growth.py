"""With years of months, no page goes through whole tables: rows are found by an index."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yunce.ground.teams.models import Member, User
from yunce.loop.plans.models import Task

SignedIn = Callable[[User | Member], Client]
MONTH = "/t/content/2025-05/"
GROWING = re.compile(r"SCAN (plans|goals|journal|reviews)_\w+")


def scans(queries: list[dict[str, str]]) -> list[str]:
    """Tables that grow and are gone through from end to end."""
    found = []
    with connection.cursor() as cursor:
        for query in queries:
            if query["sql"].startswith("SELECT"):
                cursor.execute("EXPLAIN QUERY PLAN " + query["sql"].replace("%", "%%"))
                steps = [step[3] for step in cursor.fetchall()]
                is_newest_line = "LIMIT 1" in query["sql"] and "ORDER BY 1 DESC" in query["sql"]
                found += [s for s in steps if GROWING.match(s) and not is_newest_line]
    return found


@pytest.mark.parametrize(
    "page",
    [
        f"{MONTH}plan/",
        f"{MONTH}plan/versions/",
        f"{MONTH}plan/changes/",
        f"{MONTH}tasks/",
        f"{MONTH}tasks/board/",
        f"{MONTH}tasks/gantt/",
        f"{MONTH}tasks/days/",
        f"{MONTH}tasks/workload/",
        f"{MONTH}contributions/",
        "/t/content/today/",
        "/t/content/objectives/",
    ],
)
def test_no_page_reads_a_whole_table(
    page: str, alice: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    client = signed_in(alice)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    assert scans(asked.captured_queries) == []


def test_a_scan_would_be_seen(django_assert_num_queries: Any, livestreams: Task) -> None:
    with CaptureQueriesContext(connection) as asked:
        list(Task.objects.filter(note="提前 3 天预热"))
    assert scans(asked.captured_queries) == ["SCAN plans_task"]
