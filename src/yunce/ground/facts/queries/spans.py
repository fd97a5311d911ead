"""Which days are asked for, when an end or both are left open."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from yunce.ground.facts.models import Post
from yunce.ground.facts.queries.defining import RECENT_DAYS, Span, recent_span
from yunce.ground.facts.queries.posts import identities_of, own_days
from yunce.ground.teams.models import Team
from yunce.kit.days import YEARS

LONGEST = timedelta(days=1096)  # three years: more than that is a slip of the finger


def span_problem(start: date | None, end: date | None) -> str:
    """What is wrong with the days asked for; empty when nothing is."""
    if any(day.year not in YEARS for day in (start, end) if day):
        words = {"first": YEARS[0], "last": YEARS[-1]}
        return _("日期的年份不对：应在 %(first)d 到 %(last)d 之间。") % words
    if start and end and start > end:
        return _("开始日期晚于结束日期，请换过来。")
    if start and end and end - start > LONGEST:
        return _("一次最多看三年，请缩短日期。")
    return ""


def span_asked(
    team: Team, start: date | None, end: date | None, *, post: Post | None = None
) -> Span:
    """One end alone means the 30 days on its side; none the newest 30 with numbers.

    Of a post all the days anything is stated of it.
    """
    month = timedelta(days=RECENT_DAYS - 1)
    if start:
        return Span(start, end or start + month)
    if end:
        return Span(end - month, end)
    return (_days_of(team, post) if post else None) or recent_span(team)


def _days_of(team: Team, post: Post) -> Span | None:
    days = own_days(team, [each.pk for each in identities_of(post)])
    return Span(max(min(days), max(days) - LONGEST), max(days)) if days else None
