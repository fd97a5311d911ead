"""A checked plan as text for people and as JSON for programs; docs/check.md names the keys."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from yunce.config.plancheck.checking import Checked, Finding, told
from yunce.config.plancheck.fitting import Fits, Fitting
from yunce.engines.plantables import GoalLine, Joined, Place, Share, TaskLine, Unread
from yunce.engines.targets import Fit, Reconciliation
from yunce.kit.numbers import MISSING, format_value
from yunce.kit.wording import gettext as _


def as_json(checked: Checked) -> dict[str, Any]:
    plan = checked.plan
    return {
        "file": plan.file,
        "month": str(plan.month) if plan.month else None,
        "adds_up": checked.adds_up,
        "goals": [_goal(checked, at, goal) for at, goal in enumerate(plan.goals)],
        "tasks": [_task(task) for task in plan.tasks],
        "findings": [_finding(finding) for finding in checked.findings],
        "unread": [_unread(unread) for unread in plan.unread],
    }


def _goal(checked: Checked, at: int, goal: GoalLine) -> dict[str, Any]:
    fitting, target = checked.fittings[at], goal.target
    stretch = fitting.stretch
    return {
        "dimension": goal.dimension,
        "metric": target.words,
        "must": _number(target.must),
        "stretch": _number(target.stretch),
        "baseline": _number(target.baseline),
        "unit": target.unit.value,
        "measure": target.measure,
        "fit": fitting.fits.value,
        "parts_total": _number(fitting.total),
        **_sides(fitting.must),
        "against_stretch": {"fit": stretch.fit.value, **_sides(stretch)} if stretch else None,
        "parts": [_share(share) for share in checked.plan.shares(at)],
        "needed": [{"part": n.name, "value": _number(n.value)} for n in fitting.needed],
        "missing": checked.missing(at),
        "where": _place(goal.place),
    }


def _sides(found: Reconciliation | None) -> dict[str, Any]:
    if found is None or found.fit is Fit.UNKNOWN:
        return {"gap": None, "surplus": None}
    return {"gap": _number(found.gap), "surplus": _number(found.surplus)}


def _share(share: Share) -> dict[str, Any]:
    known: dict[str, Any] = {"name": share.name, "amount": _number(share.amount)}
    if share.joined is not Joined.LEAF:
        known |= {"joined": share.joined.value, "parts": [_share(part) for part in share.parts]}
    return known


def _task(task: TaskLine) -> dict[str, Any]:
    timing = task.timing
    return {
        "title": task.title,
        "goals": list(task.goals),
        "owners": list(task.owners),
        "starts_on": timing.starts_on.isoformat() if timing.starts_on else None,
        "ends_on": timing.ends_on.isoformat() if timing.ends_on else None,
        "nodes": [day.isoformat() for day in timing.nodes],
        "standard": task.standard,
        "note": task.note,
        "where": _place(task.place),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": "wrong" if finding.is_wrong else "hint",
        "sentence": finding.sentence,
        "goal": finding.goal,
        "where": _place(finding.place) if finding.place else None,
    }


def _unread(unread: Unread) -> dict[str, Any]:
    return {"text": unread.text, "reason": unread.reason, "where": _place(unread.place)}


def _place(place: Place) -> dict[str, Any]:
    return {"table": place.table, "name": place.name, "row": place.row, "column": place.column}


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def as_text(checked: Checked) -> Iterator[str]:
    """Line by line: the goals, then what is wrong, then what is worth knowing."""
    plan = checked.plan
    month = f" · {plan.month}" if plan.month else ""
    values = {"goals": len(plan.goals), "tasks": len(plan.tasks)}
    yield f"{plan.file}{month} · " + _("%(goals)s 个目标，%(tasks)s 个任务") % values
    for at, goal in enumerate(plan.goals):
        fitting = checked.fittings[at]
        yield f"{_mark(fitting)} {told(goal)}：{_sum(checked.plan.shares(at), fitting)}"
    for title, is_wrong in ((_("要改的："), True), (_("供参考："), False)):
        found = [finding for finding in checked.findings if finding.is_wrong == is_wrong]
        if found:
            yield ""
            yield title
        yield from (f"  {'✗' if is_wrong else '·'} {_where(f)}{f.sentence}" for f in found)
    yield ""
    wrong = sum(finding.is_wrong for finding in checked.findings)
    yield _("有 %s 处要改。") % wrong if wrong else _("全部对得上。")


def _mark(fitting: Fitting) -> str:
    if fitting.is_wrong or fitting.fits is Fits.NO_NUMBER:
        return "✗"
    return "✓" if fitting.fits in (Fits.EXACT, Fits.SURPLUS) else "·"


def _sum(shares: tuple[Share, ...], fitting: Fitting) -> str:
    """视频直播 9,000 + 裂变活动 3,000 = 12,000，吻合."""
    said = {
        Fits.NO_NUMBER: _("没有数值"),
        Fits.NOT_ADDITIVE: _("比率、平均值和存量不能由任务相加，不核对合计"),
        Fits.UNSPLIT: _("任务没有写各自带来多少"),
        Fits.EXACT: _("吻合"),
    }.get(fitting.fits, "")
    if not shares:
        return said
    sides = " + ".join(_spoken(share) for share in shares)
    result = f"{sides} = {format_value(fitting.total)}"
    if fitting.must and fitting.must.fit is Fit.GAP:
        said = _("缺口 %s") % format_value(fitting.must.gap)
    elif fitting.must and fitting.must.fit is Fit.SURPLUS:
        said = _("超配 %s") % format_value(fitting.must.surplus)
    elif fitting.fits is Fits.OPEN:
        said = _("还有数没写")
    return f"{result}，{said}"


def _spoken(share: Share) -> str:
    """视频直播 3 × 3,000."""
    if share.joined is Joined.LEAF:
        return f"{share.name} {format_value(share.value)}".strip()
    if share.joined is Joined.SUM:
        return f"（{' + '.join(map(_spoken, share.parts))}）"
    factors = (
        f"{part.name} {MISSING}".strip()
        if part.joined is Joined.LEAF and part.value is None
        else (format_value(part.value) if part.joined is Joined.LEAF else _spoken(part))
        for part in share.parts
    )
    name = share.name.split(" × ")[0]
    return f"{name} {' × '.join(factors)}".strip()


def _where(finding: Finding) -> str:
    if finding.place is None:
        return ""
    return _("第 %s 行：") % finding.place.row
