"""Why a number moved between two periods: contributions of its parts that add up to the change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from yunce.engines.explain import PLAN_NOTE as PLAN_NOTE
from yunce.engines.explain import (
    Explanation,
    Ratio,
    Segment,
    Status,
    explain_against_plan,
    explain_ratio,
    explain_sum,
    ratio_plan,
)
from yunce.engines.metrics import (
    COMPARISONS,
    PLAN,
    POST_ATTRIBUTES,
    Answer,
    Catalogue,
    Metric,
    QueryError,
    earlier_period,
)
from yunce.engines.metrics.formula import Node, codes, evaluate
from yunce.ground.facts.queries import answer, catalogue_of
from yunce.ground.facts.queries._ordinary import strays
from yunce.ground.facts.queries._terms import Terms, terms_of
from yunce.ground.teams.models import Team
from yunce.kit.segments import families as known_families

SPLITS = ("platform", "account", "owner", "group", "segment", *POST_ATTRIBUTES)


@dataclass(frozen=True)
class Why:
    """An explanation with what it is about. A segment's words are raw: codes, account numbers."""

    metric: Metric
    start: date
    end: date
    before_start: date  # of a plan: of the month it is shared out by
    before_end: date
    compare: str
    explanation: Explanation
    unknown: tuple[Segment, ...]  # without a number in one of the periods: counted as 0 there


def why(
    team: Team,
    code: str,
    *,
    start: date,
    end: date,
    by: Sequence[str] = ("platform",),
    compare: str = "previous",
    planned: Mapping[str, Mapping[str, float]] | None = None,
    target: float | None = None,
    is_gated: bool = True,
    known: Catalogue | None = None,
) -> Why:
    """QueryError (or another MetricsError) in a sentence for what cannot be explained.

    ``target``: with ``plan``, what the period must have brought (a month's plan by today); without
    it whole months are compared with ``planned``. ``is_gated``: mark what is in ordinary variation.
    """
    known = known or catalogue_of(team, on=end)
    metric, terms = known.metric(code), terms_of(known, code)
    _check(by, compare)
    earlier = "last_month" if compare == PLAN else compare
    asked = _Asked(team, start, end, tuple(by), earlier, known)
    if compare == PLAN and target is None:
        target = _planned(asked, metric, planned or {})
    found, unknown = _explained(asked, metric, terms, target)
    if is_gated and terms.den is None and found.status is Status.OK:
        found = found.gated(strays(team, code, start=start, end=end, by=by, known=known))
    before_start, before_end = earlier_period(start, end, earlier)
    return Why(metric, start, end, before_start, before_end, compare, found, unknown)


@dataclass(frozen=True)
class _Asked:
    team: Team
    start: date
    end: date
    by: tuple[str, ...]
    compare: str
    known: Catalogue

    def answer(self, *nodes: Node, by: Sequence[str] = ()) -> Answer:
        metrics = sorted(frozenset().union(*map(codes, nodes)))
        return answer(
            self.team,
            metrics,
            start=self.start,
            end=self.end,
            by=by,
            compare=self.compare,
            known=self.known,
        )


def _check(by: Sequence[str], compare: str) -> None:
    for word in by:
        if word not in SPLITS:
            words = {"word": word, "splits": "、".join(SPLITS)}
            raise QueryError(_("不能按「%(word)s」拆解。可选：%(splits)s。") % words)
    if not by or len(set(by)) < len(by):
        raise QueryError(_("请写明按什么拆解，每项只写一次，如 platform 或 platform,account。"))
    if compare not in COMPARISONS:
        words = {"word": compare, "choices": "、".join(COMPARISONS)}
        raise QueryError(_("不能与「%(word)s」比较。可选：%(choices)s。") % words)


def _planned(asked: _Asked, metric: Metric, planned: Mapping[str, Mapping[str, float]]) -> float:
    found = answer(
        asked.team,
        [metric.code],
        start=asked.start,
        end=asked.end,
        compare=PLAN,
        planned=planned,
        known=asked.known,
    )
    row = found.before.row(metric.code) if found.before else None
    if row is None or row.value is None:
        reason = row.reason if row and row.reason else ""
        raise QueryError(
            _("「%(name)s」在这段时间没有计划可比：%(reason)s")
            % {"name": metric.name, "reason": reason or _("计划只有整月的。")}
        )
    return row.value


def _explained(
    asked: _Asked, metric: Metric, terms: Terms, target: float | None
) -> tuple[Explanation, tuple[Segment, ...]]:
    if terms.den is None:
        return _sum(asked, metric, terms.num, target)
    return _ratio(asked, metric, terms.num, terms.den, target)


def _sum(
    asked: _Asked, metric: Metric, node: Node, target: float | None
) -> tuple[Explanation, tuple[Segment, ...]]:
    whole, split = asked.answer(node), asked.answer(node, by=asked.by)
    now, then = _parts(split, node), _parts(split.before, node)
    last = _total(whole, node, metric)
    if target is not None:
        found = explain_against_plan(target, then, now, total_after=last, dims=asked.by)
        return _usable(found), ()
    first = _total(whole.before, node, metric)
    found = explain_sum(then, now, total_before=first, total_after=last, dims=asked.by)
    return _usable(found), tuple(sorted(then.keys() ^ now.keys()))


def _ratio(
    asked: _Asked, metric: Metric, num: Node, den: Node, target: float | None
) -> tuple[Explanation, tuple[Segment, ...]]:
    whole = asked.answer(num, den)
    split = asked.answer(num, by=asked.by)
    try:
        under: Answer | None = asked.answer(num, den, by=asked.by)
    except QueryError:
        under = None  # followers have no form: numerator by form, denominator as a whole
    periods = [
        _period(of_whole, of_num, of_den, (num, den), metric)
        for of_whole, of_num, of_den in (
            (whole.before, split.before, under.before if under else None),
            (whole, split, under),
        )
    ]
    before, after = periods
    note = ""
    if target is not None:
        planned = ratio_plan(target, before)
        if planned is None:
            raise QueryError(_("上月没有这个比率，计划无法按上月结构分摊。"))
        before, note = planned, PLAN_NOTE
    found = explain_ratio(
        before, after, grain="same" if under else "different", dims=asked.by, note=note
    )
    missing = () if target is not None else tuple(sorted(before.num.keys() ^ after.num.keys()))
    return _usable(found), missing


def _period(
    whole: Answer | None,
    of_num: Answer | None,
    of_den: Answer | None,
    nodes: tuple[Node, Node],
    metric: Metric,
) -> Ratio:
    num, den = nodes
    total_num, total_den = _total(whole, num, metric), _total(whole, den, metric)
    parts = _parts(of_num, num)
    if of_den is None:
        width = len(of_num.query.by) if of_num else 1
        everything = (_("分母（整体）"),) * width
        return Ratio(parts, {everything: total_den}, total_num=total_num, total_den=total_den)
    return Ratio(parts, _parts(of_den, den), total_num=total_num, total_den=total_den)


def _parts(found: Answer | None, node: Node) -> dict[Segment, float]:
    """Each group's value; of a group without one nothing is said."""
    if found is None:
        return {}
    told: dict[Segment, float] = {}
    for group in dict.fromkeys(row.group for row in found.rows):
        values = {code: found.value(code, *group) for code in codes(node)}
        if any(value is not None for value in values.values()):
            told[tuple(map(str, group))] = _worked_out(node, values)
    _check_families(found.query.by, told)
    return told


def _check_families(by: Sequence[str], parts: Mapping[Segment, float]) -> None:
    """Channels and regions are two ways to cut the same whole: together they count it twice."""
    if "segment" not in by:
        return
    place = by.index("segment")
    families = sorted({part[place].partition("=")[0] for part in parts})
    if len(families) > 1:
        names = "、".join(known_families().get(each, each) for each in families)
        words = {"names": names}
        raise QueryError(_("这个指标有几种细分（%(names)s），放在一起会重复相加。") % words)


def _worked_out(node: Node, values: Mapping[str, float | None]) -> float:
    """One of several added parts may be missing: platforms differ in what they tell."""
    return evaluate(node, lambda code: values.get(code) or 0.0) or 0.0


def _total(found: Answer | None, node: Node, metric: Metric) -> float:
    values = {code: found.value(code) if found else None for code in codes(node)}
    if found is None or all(value is None for value in values.values()):
        period = f"{found.query.start} – {found.query.end}" if found else "—"
        words = {"period": period, "name": metric.name}
        raise QueryError(_("%(period)s 没有「%(name)s」的数据，无法比较。") % words)
    return _worked_out(node, values)


def _usable(found: Explanation) -> Explanation:
    if found.status is Status.INSUFFICIENT:
        raise QueryError(found.reason)
    return replace(found, rows=tuple(row for row in found.rows if row.value or row.segment))
