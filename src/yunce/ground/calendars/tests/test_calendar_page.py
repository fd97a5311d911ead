"""The calendar: seen, written to, and refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yunce.ground.calendars.actions import add_day, add_leave, set_working_time
from yunce.ground.calendars.models import Leave, TeamDay, WorkingTime
from yunce.ground.calendars.queries import available_hours, calendar_of
from yunce.ground.journal.models import Entry
from yunce.ground.teams.models import Member, User
from yunce.ground.teams.queries import Access

SignIn = Callable[..., Client]
AccessOf = Callable[[Member], Access]
PAGE = "/t/content/2025-05/calendar/"
MAY = date(2025, 5, 1), date(2025, 5, 31)
NINTH = date(2025, 5, 9)


def test_the_month_says_its_workdays_and_hours(
    alice: Member, bob: Member, signed_in: SignIn
) -> None:
    text = signed_in(alice).get(PAGE).text
    assert "5 月有 19 个工作日，2 人共 304 小时可排" in text  # 2 × 19 × 8
    assert "母亲节" in text


def test_a_year_without_announcement_says_so(alice: Member, signed_in: SignIn) -> None:
    assert "放假通知还没有" in signed_in(alice).get("/t/content/2031-05/calendar/").text


def test_an_own_day_off_takes_hours_away(
    alice: Member, access_of: AccessOf, signed_in: SignIn
) -> None:
    form = {"name": "团建", "first": "2025-05-09", "last": "2025-05-09", "effect": "rest"}
    assert signed_in(alice).post(f"{PAGE}days/", form)["Location"] == PAGE
    assert not calendar_of(alice.team).is_workday(NINTH)
    assert sum(available_hours(alice.team, *MAY)[alice.pk].values()) == 144  # 18 × 8
    assert Entry.objects.get().verb == "calendars.add_day"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "必填"),
        ("name", "长" * 21, "20"),
        ("first", "5月9日", "日期请写成"),
        ("last", "2025-05-01", "早于"),
        ("last", "2027-05-09", "366"),
        ("effect", "party", "party"),
    ],
)
def test_a_bad_day_is_explained_and_what_was_typed_stays(
    alice: Member, signed_in: SignIn, field: str, value: str, words: str
) -> None:
    form = {"name": "团建", "first": "2025-05-09", "last": "2025-05-09", "effect": "rest"}
    response = signed_in(alice).post(f"{PAGE}days/", {**form, field: value})
    assert response.status_code == 422
    assert words in response.text
    assert not TeamDay.objects.exists()


def test_people_enter_their_own_leave(bob: Member, signed_in: SignIn) -> None:
    form = {"member": bob.pk, "first": "2025-05-08", "last": "2025-05-09"}
    assert signed_in(bob).post(f"{PAGE}leave/", form).status_code == 302
    assert sum(available_hours(bob.team, *MAY)[bob.pk].values()) == 136  # 17 × 8


def test_nobody_enters_leave_for_a_colleague_without_planning(
    bob: Member, alice: Member, signed_in: SignIn, access_of: AccessOf
) -> None:
    form = {"member": alice.pk, "first": "2025-05-08", "last": "2025-05-09"}
    assert signed_in(bob).post(f"{PAGE}leave/", form).status_code == 422
    with pytest.raises(PermissionDenied):
        add_leave(access=access_of(bob), member=alice, first=NINTH, last=NINTH)
    assert not Leave.objects.exists()


def test_who_plans_enters_and_cancels_anybodys_leave(
    alice: Member, bob: Member, signed_in: SignIn
) -> None:
    leave = Leave.objects.create(member=bob, first=NINTH, last=NINTH)
    assert "王文案 假" in signed_in(alice).get(PAGE).text
    signed_in(alice).post(f"{PAGE}leave/{leave.pk}/remove/")
    assert not Leave.objects.exists()


def test_a_colleague_cannot_cancel_my_leave(alice: Member, bob: Member, signed_in: SignIn) -> None:
    leave = Leave.objects.create(member=alice, first=NINTH, last=NINTH)
    assert signed_in(bob).post(f"{PAGE}leave/{leave.pk}/remove/").status_code == 403
    assert Leave.objects.exists()


def test_hours_are_set_in_per_cent(alice: Member, bob: Member, signed_in: SignIn) -> None:
    signed_in(alice).post(f"{PAGE}hours/{bob.pk}/", {"hours": "7.5", "percent": "80"})
    assert WorkingTime.objects.get(member=bob).share == Decimal("0.80")
    assert sum(available_hours(bob.team, *MAY)[bob.pk].values()) == 114  # 19 × 7.5 × 0.8


@pytest.mark.parametrize(("hours", "percent"), [("30", "80"), ("8", "120"), ("", "80"), ("a", "1")])
def test_bad_hours_are_explained(
    alice: Member, signed_in: SignIn, hours: str, percent: str
) -> None:
    form = {"hours": hours, "percent": percent}
    response = signed_in(alice).post(f"{PAGE}hours/{alice.pk}/", form)
    assert response.status_code == 422
    assert "field-error" in response.text
    assert not WorkingTime.objects.exists()


def test_another_teams_people_and_days_are_not_touched(
    alice: Member, charlie: User, access_of: AccessOf, signed_in: SignIn
) -> None:
    stranger = Member.objects.get(user=charlie)
    with pytest.raises(ValidationError):
        set_working_time(
            access=access_of(alice), member=stranger, hours=Decimal(1), share=Decimal(1)
        )
    day = TeamDay.objects.create(team=stranger.team, name="店庆", first=NINTH, last=NINTH)
    assert signed_in(alice).post(f"{PAGE}days/{day.pk}/remove/").status_code == 404
    assert signed_in(charlie).get(PAGE).status_code == 404
    assert TeamDay.objects.exists()


def test_an_own_day_is_removed(alice: Member, access_of: AccessOf, signed_in: SignIn) -> None:
    day = add_day(access=access_of(alice), name="店庆", first=NINTH, last=NINTH, effect="mark")
    assert "店庆" in signed_in(alice).get(PAGE).text
    signed_in(alice).post(f"{PAGE}days/{day.pk}/remove/")
    assert not TeamDay.objects.exists()


def test_the_page_asks_no_more_with_more_people(
    alice: Member,
    bob: Member,
    vera: Member,
    gus: Member,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for member in (alice, bob, vera):
        Leave.objects.create(member=member, first=NINTH, last=NINTH)
    with django_assert_num_queries(4):
        available_hours(alice.team, *MAY)
