"""Filters and tags every template may use without loading."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from yunce.engines.metrics import Metric
from yunce.engines.platforms import platforms
from yunce.kit.months import Month
from yunce.kit.numbers import MISSING, format_prose, format_signed, format_value
from yunce.kit.segments import segment_words
from yunce.web.drawing import Number, bullet_shape, spark_shape
from yunce.web.statuses import DIMENSIONS, STATUSES

register = template.Library()


@register.filter
def unit(value: Number | None, unit: str = "count") -> str:
    """A value for a table: 12,000 · 8% · ¥3,000; missing is —."""
    return format_value(value, unit)


@register.filter
def stated(value: Number, unit: str = "count") -> str:
    """One of the values a batch stated: 12,000; taken back it is 已清空."""
    return _("已清空") if value != value else format_value(value, unit)


@register.filter
def prose(value: Number | None) -> str:
    """A count inside a sentence: 1.5万."""
    return format_prose(value)


@register.filter
def signed(value: Number | None, unit: str = "count") -> str:
    """A difference with its sign: +600 · −8; of shares in 百分点."""
    return MISSING if value is None else format_signed(value, unit)


@register.filter
def month_label(month: Month) -> str:
    return _("%(year)d 年 %(month)d 月") % {"year": month.year, "month": month.number}


@register.filter
def short_day(day: date | None) -> str:
    """5/20: days inside a month."""
    return MISSING if day is None else f"{day.month}/{day.day}"


@register.filter
def segment(value: str) -> str:
    """渠道：扫码."""
    return segment_words(value)


@register.filter
def minutes(value: int | None) -> str:
    """45 分 · 1 小时 30 分; missing is —."""
    if value is None:
        return MISSING
    hours, rest = divmod(int(value), 60)
    whole = _("%s 小时") % hours if hours else ""
    part = _("%s 分") % rest if rest or not hours else ""
    return f"{whole} {part}".strip()


@register.filter
def weekday(day: date) -> str:
    return _("周一 周二 周三 周四 周五 周六 周日").split()[day.weekday()]


@register.simple_tag
def tolerant_url(name: str, *args: object, **kwargs: object) -> str:
    """The page's address; empty while the page does not exist, so that no link is dead."""
    try:
        return reverse(name, args=args or None, kwargs=kwargs or None)
    except NoReverseMatch:
        return ""


@register.inclusion_tag("components/_opens.html")
def rows_link(
    slug: str,
    metric: str,
    shown: str,
    *,
    start: date | None = None,
    end: date | None = None,
    month: Month | str = "",
    account: int | str | None = None,
    post: int | None = None,
    css: str = "",
) -> dict[str, Any]:
    """A metric's number that opens to its rows and files; a missing one has nothing to open.

    Without days: of a post all its days, else the newest 30. ``month`` may be "2025-05".
    """
    if month:
        whole = Month.parse(str(month))
        start, end = whole.first, whole.last
    asked = {"from": start, "to": end, "account": account, "post": post}
    query = urlencode({name: value for name, value in asked.items() if value})
    address = "" if shown == MISSING else tolerant_url("facts:rows", slug, metric)
    return {
        "address": f"{address}?{query}" if address and query else address,
        "shown": shown,
        "css": css,
        "title": _("看这个数由哪些行、哪些文件来"),
        "spoken": _("，看明细"),
    }


@register.inclusion_tag("components/_opens.html")
def metric_link(slug: str, metric: Metric, shown: str = "", *, css: str = "") -> dict[str, Any]:
    """A metric's name (or a shorter word for it) that opens to its definition."""
    return {
        "address": tolerant_url("facts:metric", slug, metric.code),
        "shown": shown or metric.name,
        "css": css,
        "title": _("看口径：%s") % metric.meaning,
        "spoken": "",
    }


@register.inclusion_tag("components/_chip.html")
def chip(tone: str, icon: str, word: str) -> dict[str, Any]:
    return {"tone": tone, "icon": icon, "word": word}


@register.inclusion_tag("components/_chip.html")
def status(value: str) -> dict[str, Any]:
    """A chip for a pace, standing, plan state or task state."""
    shown = STATUSES[str(value)]
    return {"tone": shown.tone, "icon": shown.icon, "word": shown.word}


@register.inclusion_tag("components/_dimension_mark.html")
def dimension_mark(dimension: str, *, words: bool = False) -> dict[str, Any]:
    """The dimension's icon; with ``words=True`` its name too."""
    return {"look": DIMENSIONS[str(dimension)], "words": words}


@register.simple_tag
def dimension_class(dimension: str) -> str:
    """The class that sets a dimension's colours (--c, --w)."""
    return DIMENSIONS[str(dimension)].css


@register.inclusion_tag("components/_platform_mark.html")
def platform_mark(key: str, *, decorative: bool = False) -> dict[str, Any]:
    """The platform's one-character mark; ``decorative`` when its name stands beside it."""
    platform = platforms().get(key)
    return {
        "mark": platform.mark if platform else "?",
        "label": platform.label if platform else key,
        "css": f"c-{platform.colour}" if platform and platform.colour else "",
        "decorative": decorative,
    }


@register.inclusion_tag("components/_avatar.html")
def avatar(name: object, *, decorative: bool = False) -> dict[str, Any]:
    """The first character of a person's position or name."""
    text = str(name or "").strip()
    return {"name": text, "first": text[:1].upper() or "?", "decorative": decorative}


@register.inclusion_tag("components/_bullet.html")
def bullet(
    *,
    name: str,
    unit: str,
    must: Number,
    actual: Number | None = None,
    stretch: Number | None = None,
    expected: Number | None = None,
    low: Number | None = None,
    middle: Number | None = None,
    high: Number | None = None,
    tone: str = "",
) -> dict[str, Any]:
    """Actual against 必达 and 挑战; pass ``expected`` only for a goal that accumulates.

    ``low``, ``middle`` and ``high`` are a forecast: drawn all together or not at all.
    """
    told = None if low is None or middle is None or high is None else (low, middle, high)
    return {
        "shape": bullet_shape(
            actual=actual, must=must, stretch=stretch, expected=expected, forecast=told
        ),
        "low": low,
        "middle": middle,
        "high": high,
        "tone": tone or "good",
        "same": stretch is not None and stretch == must,
        "name": name,
        "unit": unit,
        "actual": actual,
        "must": must,
        "stretch": stretch,
        "expected": expected,
    }


@register.inclusion_tag("components/_sparkline.html")
def sparkline(
    points: Sequence[Number | None],
    expected: Sequence[Number | None] = (),
    *,
    tone: str = "",
    label: str = "",
) -> dict[str, Any]:
    """Up to 20 days, oldest first; None is a day without numbers and breaks the line."""
    return {"shape": spark_shape(points, expected), "tone": tone, "label": label}


@register.inclusion_tag("components/_progress.html")
def progress(ratio: Number | None, *, label: str = "", tone: str = "") -> dict[str, Any]:
    """A bar of the width it stands in; ``ratio`` 0.68 fills 68 %."""
    share = Decimal(0) if ratio is None else Decimal(ratio) * 100
    width = min(max(share, Decimal(0)), Decimal(100)).quantize(Decimal("0.1"))
    return {"width": width, "label": label, "tone": tone}
