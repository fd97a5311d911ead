"""Going through a plan: every goal against its parts, and everything a plan should say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from yunce.config.plancheck.fitting import Fits, Fitting, fit_of
from yunce.config.plancheck.vocabulary import HOW_MUCH, VAGUE
from yunce.engines.plantables import GoalLine, Place, PlanTable, TaskLine
from yunce.kit.numbers import Unit, format_value
from yunce.kit.wording import gettext as _


@dataclass(frozen=True)
class Finding:
    """One thing to mend, or to know."""

    code: str
    sentence: str
    is_wrong: bool  # False: worth knowing
    goal: int | None  # index of the goal it is about
    place: Place | None


@dataclass(frozen=True)
class Checked:
    """A plan gone through."""

    plan: PlanTable
    fittings: tuple[Fitting, ...]  # one for each goal
    findings: tuple[Finding, ...]

    @property
    def adds_up(self) -> bool:
        return not any(finding.is_wrong for finding in self.findings)

    def missing(self, goal: int) -> list[str]:
        """What the goal lacks: number, date, owner, standard."""
        codes = {f.code for f in self.findings if f.goal == goal and f.code.startswith("no_")}
        return [name for name in ("number", "date", "owner", "standard") if f"no_{name}" in codes]


def check_plan(plan: PlanTable) -> Checked:
    fittings = tuple(fit_of(goal, plan.shares(at)) for at, goal in enumerate(plan.goals))
    return Checked(plan, fittings, tuple(_findings(plan, fittings)))


def _findings(plan: PlanTable, fittings: tuple[Fitting, ...]) -> Iterator[Finding]:
    for at, goal in enumerate(plan.goals):
        yield from _of_numbers(plan, at, goal, fittings[at])
        yield from _of_words(plan, at, goal)
    for task in plan.tasks:
        yield from _of_days(plan, task)
        yield from _vague(task)
    if plan.month is None:
        sentence = _("不知道是哪个月的计划，日期没有检查。请加 --month，例如 --month 2025-05。")
        yield Finding("no_month", sentence, False, None, None)
    if not plan.goals:
        yield Finding("no_goals", _("计划表里没有读到任何目标。"), True, None, None)
    for unread in plan.unread:
        said = unread.reason or _("没有看懂。")
        yield Finding("unread", f"「{unread.text}」{said}", False, None, unread.place)


def told(goal: GoalLine) -> str:
    """新增粉丝 12,000."""
    target = goal.target
    value = target.must if target.must is not None else target.stretch
    if value is None:
        return target.words
    measure = target.measure if target.unit is Unit.COUNT else ""
    return f"{target.words} {format_value(value, target.unit)}{' ' + measure if measure else ''}"


def _of_numbers(plan: PlanTable, at: int, goal: GoalLine, fitting: Fitting) -> Iterator[Finding]:
    def finding(code: str, sentence: str, *, is_wrong: bool = True) -> Finding:
        return Finding(code, sentence.format(goal=told(goal)), is_wrong, at, goal.place)

    target = goal.target
    if fitting.fits is Fits.NO_NUMBER:
        yield finding("no_number", _("「{goal}」没有写数值，无法衡量。"))
    elif fitting.fits is Fits.GAP and fitting.must:
        amount = format_value(fitting.must.gap, target.unit)
        yield finding("gap", _("「{goal}」的任务合计还差 {amount}。").replace("{amount}", amount))
    elif fitting.fits is Fits.SURPLUS and fitting.must:
        amount = format_value(fitting.must.surplus, target.unit)
        sentence = _("「{goal}」的任务合计多出 {amount}，超配。").replace("{amount}", amount)
        yield finding("surplus", sentence, is_wrong=fitting.is_wrong)
    elif fitting.fits is Fits.OPEN:
        yield finding("open_part", _open_sentence(fitting), is_wrong=False)
    elif fitting.fits is Fits.UNSPLIT:
        sentence = _("「{goal}」的任务没有写各自带来多少，没有核对合计。")
        yield finding("unsplit", sentence, is_wrong=False)
    if target.is_change:
        sentence = _("「{goal}」只写了变化幅度，请写要达到的数值。")
        yield finding("change_only", sentence)
    if _is_upside_down(goal):
        yield finding("stretch_below_must", _("「{goal}」的挑战目标没有必达目标高。"))
    if any(share.has_guess for share in plan.shares(at)):
        sentence = _("「{goal}」有任务没写明数值是每次的还是合计的，请写“每场”或“合计”。")
        yield finding("unclear_part", sentence, is_wrong=False)


def _open_sentence(fitting: Fitting) -> str:
    if fitting.needed:
        part = fitting.needed[0]
        return _("「{goal}」还有一个数没写：「%(name)s」要有 %(value)s 才够。") % {
            "name": part.name,
            "value": format_value(part.value),
        }
    return _("「{goal}」有任务没有写带来多少，合计对不出来。")


def _is_upside_down(goal: GoalLine) -> bool:
    must, stretch = goal.target.must, goal.target.stretch
    if must is None or stretch is None:
        return False
    return stretch > must if goal.target.is_at_most else stretch < must


def _of_words(plan: PlanTable, at: int, goal: GoalLine) -> Iterator[Finding]:
    """Owner, date and standard: of every task of the goal, or of the goal itself."""
    tasks = plan.tasks_of(at)
    if not tasks:
        sentence = _("「%s」没有核心任务。") % told(goal)
        yield Finding("no_task", sentence, True, at, goal.place)
    held = {
        "owner": bool(goal.owners),
        "date": bool(goal.timing_text),
        "standard": bool(goal.standard),
    }
    words = {"owner": _("负责人"), "date": _("时间节点"), "standard": _("完成标准")}
    lacks: dict[str, Callable[[TaskLine], bool]] = {
        "owner": lambda task: not task.owners,
        "date": lambda task: not _has_days(plan, task),
        "standard": lambda task: not task.standard,
    }
    for name, lacking in lacks.items():
        without = [task for task in tasks if lacking(task)]
        if not without and (tasks or held[name]):
            continue
        values = {"goal": told(goal), "what": words[name]}
        if len(without) == len(tasks):
            sentence = _("「%(goal)s」没有写%(what)s。") % values
        else:
            values["tasks"] = "、".join(f"「{task.title[:20]}」" for task in without)
            sentence = _("「%(goal)s」的%(tasks)s没有写%(what)s。") % values
        yield Finding(f"no_{name}", sentence, True, at, goal.place)


def _has_days(plan: PlanTable, task: TaskLine) -> bool:
    if plan.month is None:
        return bool(task.timing_text)
    return bool(task.timing.days or task.timing_reasons or task.timing_outside)


def _of_days(plan: PlanTable, task: TaskLine) -> Iterator[Finding]:
    goal = task.goals[0] if task.goals else None
    for reason in task.timing_reasons:
        yield Finding("bad_date", f"「{task.title[:20]}」：{reason}", True, goal, task.place)
    if plan.month is None:
        return
    outside = [_spoken(day) for day in task.timing.days if day not in plan.month]
    outside += task.timing_outside
    if outside:
        sentence = _("「%(task)s」的 %(days)s 不在 %(month)s 里。") % {
            "task": task.title[:20],
            "days": "、".join(outside),
            "month": plan.month,
        }
        yield Finding("date_outside_month", sentence, True, goal, task.place)


def _spoken(day: date) -> str:
    return f"{day.month}/{day.day}"


def _vague(task: TaskLine) -> Iterator[Finding]:
    """A word like 「加强」 is fine beside a number that says how much."""
    goal = task.goals[0] if task.goals else None
    for what, text in ((_("核心任务"), task.title), (_("完成标准"), task.standard)):
        found = VAGUE.search(text)
        if found and not HOW_MUCH.search(text):
            sentence = _("%(what)s「%(text)s」里的“%(word)s”说不清做到什么程度，请写数字。") % {
                "what": what,
                "text": text[:30],
                "word": found[0],
            }
            yield Finding("vague", sentence, False, goal, task.place)
