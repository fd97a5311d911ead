"""Calendar feeds: what a calendar is told, by whom, and when it stops."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from tests.cast import AccessOf
from yunce.ground.journal.models import Entry
from yunce.ground.teams.models import Member, User
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.plans.actions import edit_task, open_feed, remove_task, revoke_feed
from yunce.loop.plans.feeds import events_of
from yunce.loop.plans.models import Feed, Task
from yunce.loop.plans.rules import TaskField

SignIn = Callable[[Member | User], Client]
NOW = datetime(2025, 5, 20, 4, tzinfo=UTC)


@pytest.fixture
def streams(plan: MonthPlan, bob: Member) -> Task:
    goal = Goal.objects.create(plan=plan, dimension="user", metric="new_followers", must=12_000)
    task = Task.objects.create(
        plan=plan,
        goal=goal,
        dimension="user",
        title="3 场视频直播，每场新增 ≥ 3,000",
        nodes=["2025-05-10", "2025-05-20", "2025-05-30"],
        standard="每场观看 ≥ 2,000；提前 3 天预热",
    )
    task.owners.set([bob])
    return task


@pytest.fixture
def articles(plan: MonthPlan, alice: Member) -> Task:
    task = Task.objects.create(
        plan=plan,
        dimension="content",
        title="20 篇图文",
        starts_on=date(2025, 5, 6),
        ends_on=date(2025, 5, 30),
    )
    task.owners.set([alice])
    return task


@pytest.fixture
def today() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def address_of(access_of: AccessOf, member: Member, scope: str = "mine") -> str:
    _feed, token = open_feed(access=access_of(member), scope=scope)
    return f"/calendar/{token}.ics"


def told(address: str) -> list[dict[str, Any]]:
    answer = Client().get(address)
    assert answer.status_code == 200
    return [dict(event) for event in Calendar.from_ical(answer.content).walk("VEVENT")]


def test_every_node_is_an_all_day_event(
    today: time_machine.Traveller, access_of: AccessOf, streams: Task, bob: Member
) -> None:
    events = told(address_of(access_of, bob))
    assert [(event["DTSTART"].dt, event["DTEND"].dt) for event in events] == [
        (date(2025, 5, 10), date(2025, 5, 11)),
        (date(2025, 5, 20), date(2025, 5, 21)),
        (date(2025, 5, 30), date(2025, 5, 31)),
    ]
    assert str(events[1]["SUMMARY"]) == "3 场视频直播，每场新增 ≥ 3,000（2/3）"
    assert str(events[0]["UID"]) == f"task-{streams.pk}-node1@yunce"
    assert "完成标准：每场观看 ≥ 2,000；提前 3 天预热" in str(events[0]["DESCRIPTION"])


def test_a_span_is_one_event_to_the_day_after(
    today: time_machine.Traveller, access_of: AccessOf, articles: Task, alice: Member
) -> None:
    [event] = told(address_of(access_of, alice))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2025, 5, 6), date(2025, 5, 31))
    assert str(event["TRANSP"]) == "TRANSPARENT"


def test_mine_are_ones_own_and_the_teams_are_all(
    today: time_machine.Traveller, access_of: AccessOf, streams: Task, articles: Task, bob: Member
) -> None:
    assert len(told(address_of(access_of, bob))) == 3
    assert len(told(address_of(access_of, bob, "team"))) == 4


def test_the_calendar_says_its_name_and_how_often_to_ask(
    today: time_machine.Traveller, access_of: AccessOf, streams: Task, bob: Member
) -> None:
    answer = Client().get(address_of(access_of, bob))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    lines = answer.content.decode().split("\r\n")
    assert "X-WR-CALNAME:运策 · 内容电商组 · 我的任务" in lines
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines
    assert "X-PUBLISHED-TTL:PT60M" in lines
    assert "X-WR-TIMEZONE:Asia/Shanghai" in lines


def test_long_chinese_lines_are_folded_between_letters(
    today: time_machine.Traveller, access_of: AccessOf, streams: Task, bob: Member
) -> None:
    Task.objects.update(title="直播" * 90)
    content = Client().get(address_of(access_of, bob)).content
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75  # octets, RFC 5545 §3.1
    assert all(line.decode() or True for line in lines)  # no letter is cut in two
    assert "直播" * 90 in content.decode().replace("\r\n ", "")


def test_a_change_keeps_the_uid_and_raises_the_sequence(
    today: time_machine.Traveller,
    access_of: AccessOf,
    streams: Task,
    alice: Member,
    bob: Member,
) -> None:
    address = address_of(access_of, bob)
    [before, *_rest] = told(address)
    today.shift(3600)
    edit_task(
        access=access_of(alice),
        task=streams,
        field=TaskField.NODES,
        value="5/11、5/20、5/30",
        seen="5/10、5/20、5/30",
    )
    [after, *_rest] = told(address)
    assert (after["UID"], after["DTSTART"].dt) == (before["UID"], date(2025, 5, 11))
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt


def test_a_removed_task_is_cancelled_for_a_month_and_then_gone(
    access_of: AccessOf, streams: Task, alice: Member, bob: Member
) -> None:
    feed, _token = open_feed(access=access_of(bob), scope="mine")
    remove_task(access=access_of(alice), task=streams)
    when = timezone.now()
    Task.objects.update(deleted_at=when)
    MonthPlan.objects.update(month_start=when.date().replace(day=1))
    soon = events_of(feed, now=when + timedelta(days=29), address=lambda task: "")
    late = events_of(feed, now=when + timedelta(days=31), address=lambda task: "")
    assert [event.is_cancelled for event in soon] == [True] * 3
    assert late == []


def test_a_done_task_is_ticked_off(
    today: time_machine.Traveller, access_of: AccessOf, articles: Task, alice: Member
) -> None:
    Task.objects.update(state="done")
    [event] = told(address_of(access_of, alice))
    assert str(event["SUMMARY"]) == "✓ 20 篇图文"


def test_the_same_tasks_give_the_same_bytes(
    today: time_machine.Traveller, access_of: AccessOf, streams: Task, bob: Member
) -> None:
    address = address_of(access_of, bob)
    assert Client().get(address).content == Client().get(address).content


def test_asked_for_again_the_old_address_is_dead(
    today: time_machine.Traveller, access_of: AccessOf, streams: Task, bob: Member
) -> None:
    old, new = address_of(access_of, bob), address_of(access_of, bob)
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    assert Feed.objects.count() == 1


def test_an_ended_an_unknown_and_an_outlived_address_answer_alike(
    today: time_machine.Traveller, access_of: AccessOf, streams: Task, bob: Member, vera: Member
) -> None:
    ended, outlived = address_of(access_of, bob), address_of(access_of, vera, "team")
    revoke_feed(access=access_of(bob), scope="mine")
    Member.objects.filter(pk=vera.pk).update(left_at=NOW)
    answers = [Client().get(each) for each in (ended, outlived, "/calendar/unknown.ics")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_who_becomes_a_guest_is_told_nothing_more(
    today: time_machine.Traveller, access_of: AccessOf, streams: Task, bob: Member
) -> None:
    address = address_of(access_of, bob, "team")
    Member.objects.filter(pk=bob.pk).update(role="guest")
    assert Client().get(address).status_code == 404


def test_a_guest_gets_no_feed(access_of: AccessOf, gus: Member) -> None:
    with pytest.raises(PermissionDenied):
        open_feed(access=access_of(gus), scope="team")


def test_an_unknown_scope_is_refused(access_of: AccessOf, bob: Member) -> None:
    with pytest.raises(ValidationError, match="没有这种订阅"):
        open_feed(access=access_of(bob), scope="everything")


def test_the_address_is_kept_as_a_hash_and_never_in_the_journal(
    access_of: AccessOf, bob: Member
) -> None:
    feed, token = open_feed(access=access_of(bob), scope="mine")
    assert token not in str(Feed.objects.values().get())
    assert token not in str(list(Entry.objects.values()))
    assert Entry.objects.get().verb == "plans.open_feed"
    assert len(feed.token_hash) == 64


def test_openings_are_counted_but_not_written_in_the_journal(
    today: time_machine.Traveller, access_of: AccessOf, bob: Member
) -> None:
    address = address_of(access_of, bob)
    Client().get(address)
    Client().head(address)
    assert Feed.objects.get().opened == 1
    assert Entry.objects.count() == 1


def test_more_tasks_ask_the_database_no_more(
    access_of: AccessOf,
    plan: MonthPlan,
    streams: Task,
    bob: Member,
    django_assert_num_queries: Any,
) -> None:
    feed, _token = open_feed(access=access_of(bob), scope="team")
    for number in range(12):
        other = Task.objects.create(
            plan=plan, dimension="user", title=f"任务 {number}", nodes=["2025-05-12"]
        )
        other.owners.set([bob])
    feed = Feed.objects.select_related("member__team").get(pk=feed.pk)
    with django_assert_num_queries(5):  # tasks, goals, owners, the metrics' names, the journal
        assert len(events_of(feed, now=NOW, address=lambda task: "")) == 15


def test_the_page_shows_the_address_once(signed_in: SignIn, plan: MonthPlan, bob: Member) -> None:
    client = signed_in(bob)
    answer = client.post("/t/content/2025-05/plan/addresses/feeds/", {"scope": "mine"})
    assert answer.status_code == 200
    assert "http://testserver/calendar/" in answer.content.decode()
    again = client.get("/t/content/2025-05/plan/addresses/").content.decode()
    assert "http://testserver/calendar/" not in again
    assert "取过 0 次" in again
