"""All-day events as an iCalendar file (RFC 5545), the way calendars subscribe to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from yunce.engines.documents.wording import clean

PRODUCT = "-//Yunce//Yunce//ZH"
REFRESH = timedelta(hours=1)  # how often a calendar should ask again; each keeps its own pace
CONTENT_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class AllDay:
    """Something that fills whole days. Equal uids are one event, the higher revision wins."""

    uid: str  # stays while the thing stays
    title: str
    first: date
    last: date  # included
    changed_at: datetime
    revision: int  # grows with every change
    description: str = ""
    url: str = ""
    category: str = ""
    is_cancelled: bool = False


def calendar_bytes(name: str, events: Iterable[AllDay], *, time_zone: str) -> bytes:
    """The file: its name for subscribers, how often to ask again, one event after the other.

    Days are dates without a clock, so no time zone moves them; ``time_zone`` is told to calendars
    that want one. The same events give the same bytes: an event's stamp is its last change.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for word in ("x-wr-calname", "name"):  # what Apple, Outlook and 飞书 read; RFC 7986
        calendar.add(word, clean(name))
    calendar.add("x-wr-timezone", time_zone)
    calendar.add("x-published-ttl", _spoken(REFRESH))  # Outlook's word for the next line
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(_component(event))
    return bytes(calendar.to_ical())


def _component(event: AllDay) -> Event:
    written = Event()
    written.add("uid", event.uid)
    written.add("dtstamp", event.changed_at.astimezone(UTC))
    written.add("last-modified", event.changed_at.astimezone(UTC))
    written.add("sequence", event.revision)
    written.add("dtstart", event.first)
    written.add("dtend", event.last + timedelta(days=1))  # the first day after
    written.add("summary", clean(event.title))
    written.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    written.add("transp", "TRANSPARENT")  # a day with a task is no day away
    if event.description:
        written.add("description", clean(event.description))
    if event.url:
        written.add("url", event.url)
    if event.category:
        written.add("categories", [clean(event.category)])
    return written


def _spoken(span: timedelta) -> str:
    return f"PT{int(span.total_seconds()) // 60}M"
