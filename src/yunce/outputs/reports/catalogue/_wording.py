"""Phrases several reports share."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from yunce.kit.months import Month


def month_name(month: Month) -> str:
    return _("%(year)s 年 %(number)s 月") % {"year": month.year, "number": month.number}


def day_name(day: date) -> str:
    return _("%(number)s 月 %(day)s 日") % {"number": day.month, "day": day.day}


def short_day(day: date) -> str:
    return f"{day.month}/{day.day}"
