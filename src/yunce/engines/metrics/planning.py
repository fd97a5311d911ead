"""What was planned, in the shape of an answer: plans are whole months of the whole team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from yunce.engines.metrics.cataloguing import Catalogue
from yunce.engines.metrics.definitions import Kind, Metric, is_last
from yunce.engines.metrics.errors import QueryError
from yunce.engines.metrics.query import Answer, AnswerRow, MetricQuery
from yunce.kit.months import Month
from yunce.kit.wording import gettext as _


def check_plan(query: MetricQuery) -> None:
    """QueryError when no plan can answer: a part of a month, or a part of the team."""
    first, last = Month.of(query.start), Month.of(query.end)
    if query.start != first.first or query.end != last.last:
        words = {"start": first.first, "end": last.last}
        raise QueryError(
            _("计划是按整月定的。请从 %(start)s 问到 %(end)s，再与计划（plan）比较。") % words
        )
    if query.where or not {"month"}.issuperset(query.by):
        raise QueryError(
            _(
                "计划是整个团队按月定的，没有再细分。与计划（plan）比较时，只能按月（month）分组，不能筛选。"
            )
        )


def planned_answer(query: MetricQuery, catalogue: Catalogue) -> Answer:
    """The planned values of the period, in the rows the same question has."""
    months = _months(Month.of(query.start), Month.of(query.end))
    groups = [((str(month),), [month]) for month in months] if query.by else [((), months)]
    rows = tuple(
        _row(catalogue.metric(code), group, inside, query)
        for group, inside in groups
        for code in query.metrics
    )
    return Answer(replace(query, compare=""), rows, query.days, None)


def _row(
    metric: Metric, group: tuple[str, ...], months: Sequence[Month], query: MetricQuery
) -> AnswerRow:
    said = {
        month: query.planned[str(month)][metric.code]
        for month in months
        if metric.code in query.planned.get(str(month), {})
    }
    days = sum(month.day_count for month in said)
    # Of a level the plan of the last month is the plan of them all.
    needed = months[-1:] if is_last(metric) else months
    missing = "、".join(str(month) for month in needed if month not in said)
    if missing:
        words = {"months": missing, "name": metric.name}
        return AnswerRow(
            metric.code, group, None, days, _("%(months)s 没有「%(name)s」的目标") % words
        )
    if len(said) == 1 or is_last(metric):
        return AnswerRow(metric.code, group, said[max(said)], days)
    if metric.kind is Kind.FLOW:
        return AnswerRow(metric.code, group, sum(said.values()), days)
    reason = _("几个月的「%(name)s」目标不能相加。请按月（month）分组") % {"name": metric.name}
    return AnswerRow(metric.code, group, None, days, reason)


def _months(first: Month, last: Month) -> list[Month]:
    months = [first]
    while months[-1] < last:
        months.append(months[-1].next)
    return months
