"""四、路径与评估: the month's days, what happens in each week, what it should bring and brings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from yunce.engines.calendars import DayKind
from yunce.engines.documents import (
    Block,
    Cell,
    Chart,
    Charts,
    Column,
    Mark,
    Note,
    Paragraph,
    Series,
    Tone,
)
from yunce.ground.calendars.queries import Square
from yunce.kit.numbers import MISSING
from yunce.kit.timing import short
from yunce.loop.goals.models import DimensionChoice, Goal
from yunce.loop.goals.queries.outlook import Outlook
from yunce.loop.goals.rules import accumulates
from yunce.loop.goals.rules.chances import chance_shown, chance_tone, chance_word
from yunce.loop.plans.dossier import Helped, weeks_of
from yunce.loop.plans.models import Task
from yunce.outputs.reports.catalogue._chapters._material import Material, aimed, apart, shown
from yunce.outputs.reports.catalogue._chapters._wording import (
    axis_format,
    chapter,
    owners,
    percent,
    prompt,
    section,
    table,
    titles,
)

QUIET: dict[str, Tone] = {"warn": "warn", "bad": "bad"}  # what goes well needs no colour
MOST_IN_WEEK = 12  # tasks; the whole table is chapter ten
MOST_HELPERS = 6  # tasks named beside a goal
MOST_LINES = 3  # in a calendar square, under the day


def blocks(material: Material) -> Iterator[Block]:
    yield chapter(4, _("路径与评估"))
    yield section(4, 1, _("本月日历"))
    yield from _calendar(material)
    yield section(4, 2, _("每周做什么"))
    yield from _weeks(material)
    yield section(4, 3, _("任务怎样帮到指标"))
    yield from _contributions(material)
    yield section(4, 4, _("计划曲线与数据监测"))
    yield from _curves(material)
    yield section(4, 5, _("流程：选题、生产、发布、反馈"))
    yield prompt(
        _("一篇内容从选题到反馈的步骤：谁做、谁审、多久、什么标准才算过。"),
        _("文案专员、内容设计"),
        _("「周一选题会定 5 题；周三初稿，组长 24 小时内一审；发布后 2 小时内回复评论。」"),
    )
    yield section(4, 6, _("互动与社群"))
    yield prompt(
        _("评论谁回、多久回、社群什么节奏做什么活动。"),
        _("社群专员、活动专员"),
        _("「工作日 10–22 点，2 小时内回复；每周五晚群内抽奖一次。」"),
    )


def _calendar(material: Material) -> Iterator[Block]:
    calendar = material.calendar
    yield Paragraph(_("本月 %s 个工作日；灰底是休息日。") % calendar.workdays)
    names = _("一 二 三 四 五 六 日").split()
    columns = tuple(Column(_("周%s") % name, 14, align="left") for name in names)
    yield table(columns, ([_square(square) for square in week] for week in calendar.weeks))
    if not calendar.is_announced:
        yield Note(_("这一年的放假安排还没有公布，休息日按周末估计。"))


def _square(square: Square) -> Cell:
    """A day with its names; days of other months stay empty."""
    if not square.in_month:
        return Cell("", tone="muted")
    day = square.day
    sign = {DayKind.HOLIDAY: _(" 休"), DayKind.MAKEUP: _(" 班")}.get(day.kind, "")
    named = [day.holiday, *(mark.name for mark in day.marks)]
    named += [_("%s 请假") % leave.member for leave in square.leaves]
    lines = list(dict.fromkeys(name for name in named if name))[:MOST_LINES]
    return Cell("\n".join([f"{day.date.day}{sign}", *lines]), is_shaded=not day.is_work)


def _weeks(material: Material) -> Iterator[Block]:
    tasks = material.dossier.lines
    dated = [task for task in tasks if task.timing.days]
    if not dated:
        yield prompt(
            _("把任务排到周：谁、哪几天、做完的标准。"),
            _("运营组长，在计划表的「时间节点」一格"),
            _("「5/10、5/20、5/30 直播；5/12 前定主播和货盘。」"),
        )
    else:
        columns = (
            Column(_("周"), 18, align="center"),
            Column(_("任务"), 44),
            Column(_("这一周"), 30),
            Column(_("负责人"), 22),
        )
        yield table(columns, _week_rows(material, dated))
        loose = [task for task in tasks if not task.timing.days]
        if loose:
            yield Note(_("没有日期：%s。") % titles(loose))
    if tasks:
        yield _by_dimension(material)


def _week_rows(material: Material, tasks: list[Task]) -> Iterator[tuple[Cell | str, ...]]:
    weeks = weeks_of(material.plan.month)
    for number, (first, last) in enumerate(weeks, start=1):
        met = [(task, told) for task in tasks if (told := _in_week(task, first, last))]
        name = _("第 %s 周") % number + f"\n{short(first)}–{short(last)}"
        if not met:
            yield Cell(name, bold=True), MISSING, MISSING, MISSING
        more = len(met) - MOST_IN_WEEK
        span = len(met) if more <= 0 else MOST_IN_WEEK + 1
        for at, (task, told) in enumerate(met[:MOST_IN_WEEK]):
            head = Cell(name, bold=True, row_span=span) if not at else Cell()
            yield head, task.title, told, owners(task)
        if more > 0:
            rest = _("另有 %s 项，见第十章计划表") % more
            yield Cell(), Cell(rest, tone="muted"), Cell(), Cell()


def _in_week(task: Task, first: date, last: date) -> str:
    """What of a task falls into the week: its nodes, its beginning, its end; else nothing."""
    timing = task.timing
    start, end = timing.starts_on, timing.ends_on
    told = [short(node) for node in timing.nodes if first <= node <= last]
    if start and end and first <= start and end <= last:
        told.append(short(start) if start == end else f"{short(start)}–{short(end)}")
    elif start and first <= start <= last:
        begins = _("%s 开始") % short(start)
        told.append(begins + (_("，到 %s") % short(end) if end else ""))
    elif end and first <= end <= last:
        told.append(_("%s 前完成") % short(end))
    return "、".join(told)


def _by_dimension(material: Material) -> Block:
    columns = (
        Column(_("目标维度"), 18),
        Column(_("目标"), 12, align="right"),
        Column(_("任务"), 12, align="right"),
        Column(_("已完成"), 12, align="right"),
        Column(_("没有负责人"), 16, align="right"),
        Column(_("没有日期"), 16, align="right"),
        Column(_("没有完成标准"), 18, align="right"),
    )
    rows = (_dimension_row(material, each) for each in DimensionChoice)
    return replace(table(columns, rows), caption=_("按目标维度"))


def _dimension_row(material: Material, dimension: DimensionChoice) -> tuple[Cell | str, ...]:
    dossier = material.dossier
    mine = [task for task in dossier.lines if task.dimension == dimension]
    lacking = (dossier.without_owner, dossier.without_days, dossier.without_standard)
    return (
        Cell(str(dimension.label), bold=True),
        Cell(sum(goal.dimension == dimension for goal in material.goals)),
        Cell(len(mine)),
        Cell(sum(task.is_done for task in mine)),
        *(Cell(sum(task in each for task in mine)) for each in lacking),
    )


def _contributions(material: Material) -> Iterator[Block]:
    told = [each for each in material.dossier.contributions.columns if each.total is not None]
    if not told:
        yield prompt(
            _("每项任务预计给哪个目标带来多少，加起来够不够。"),
            _("任务的负责人，在「预计贡献」页填"),
            _("「5/20 直播 → 新增粉丝 3,000；限时优惠 3 篇 → 点击率 +0.5 个百分点」"),
        )
        return
    shares = [each for each in told if not each.is_points and each.goal.must]
    if shares:
        yield Charts((_share_chart(shares),))
    columns = (
        Column(_("目标"), 20),
        Column(_("必达"), 16, align="right"),
        Column(_("任务合计"), 18, align="right"),
        Column(_("对必达"), 24),
        Column(_("哪些任务"), 60),
    )
    yield table(columns, (_helped_row(material, each) for each in told))
    idle = material.dossier.contributions.idle
    if idle:
        yield Note(_("没有写预计贡献：%s。") % titles(idle))


def _share_chart(helped: list[Helped]) -> Chart:
    short_of = sum(each.must.gap > 0 for each in helped)
    title = (
        _("任务预计贡献占必达：%s 个目标还不够") % short_of
        if short_of
        else _("任务预计贡献占必达：都够了")
    )
    values = tuple(float((each.total or Decimal(0)) / each.goal.must) for each in helped)
    series = (Series(_("占必达"), values, Mark.BAR, is_labelled=True),)
    return Chart(title, tuple(each.goal.name for each in helped), series, "0%")


def _helped_row(material: Material, helped: Helped) -> tuple[Cell | str, ...]:
    goal = helped.goal
    helpers = [
        f"{helper.task.title}：{_brought(helped, share.amount)}"
        for helper in material.dossier.contributions.helpers
        for share in helper.shares
        if share.goal.pk == goal.pk and share.amount is not None
    ]
    amount = apart(goal, helped.must.amount) if helped.must.amount else ""
    tone: Tone = "bad" if helped.must.gap else ""
    return (
        Cell(goal.name, bold=True),
        aimed(goal, goal.must),
        _brought(helped, helped.total),
        Cell(f"{helped.word} {amount}".strip(), tone=tone),
        "\n".join(_first(helpers)),
    )


def _first(lines: list[str]) -> list[str]:
    """As many as fit into a cell, and how many more there are."""
    more = len(lines) - MOST_HELPERS
    rest = [_("另有 %s 项") % more] if more > 0 else []
    return [*lines[:MOST_HELPERS], *rest]


def _brought(helped: Helped, amount: Decimal | None) -> str:
    """Of a rate, tasks bring points on top of the baseline."""
    if amount is None:
        return MISSING
    return f"+{apart(helped.goal, amount)}" if helped.is_points else aimed(helped.goal, amount)


def _curves(material: Material) -> Iterator[Block]:
    if not material.goals:
        yield prompt(
            _("目标定好以后，这里会画出每个目标的计划曲线和实际。"),
            _("运营组长"),
            _("「到 5/15 应有 6,000 新增粉丝，实际 6,400。」"),
        )
        return
    charts = [_curve(material, goal) for goal in material.goals if accumulates(goal.spec.kind)]
    for at in range(0, len(charts), 2):
        yield Charts(tuple(charts[at : at + 2]))
    columns = (
        Column(_("目标"), 20),
        Column(_("必达"), 15, align="right"),
        Column(_("实际"), 15, align="right"),
        Column(_("达成率"), 11, align="right"),
        *(_forecast_columns() if material.outlooks else ()),
    )
    yield Paragraph(_state(material))
    yield table(columns, (_state_row(material, goal) for goal in material.goals))
    meanings = dict.fromkeys(f"{goal.name}：{goal.spec.meaning}" for goal in material.goals)
    yield Note("\n".join((_("口径"), *meanings)))


def _forecast_columns() -> tuple[Column, ...]:
    """Only while the month runs: a month that is over is known."""
    return (
        Column(_("月末预测（80% 区间）"), 32, align="right"),
        Column(_("达到必达的把握"), 20, align="center"),
    )


def _state(material: Material) -> str:
    if not material.has_begun:
        return _("本月还没有开始，还没有实际数。")
    day = {"day": short(material.until)}
    if material.is_over:
        return _("本月已经结束，实际数到 %(day)s。") % day
    return _("实际数到 %(day)s；预测按近半年的走势，给中位、80%% 区间和达到必达的把握。") % day


def _state_row(material: Material, goal: Goal) -> tuple[Cell | str, ...]:
    progress, outlook = material.progress[goal.pk], material.outlooks.get(goal.pk)
    return (
        Cell(goal.name, bold=True),
        aimed(goal, goal.must),
        shown(goal, progress.actual) if material.has_begun else MISSING,
        progress.achievement.shown if material.has_begun else MISSING,
        *(_forecast(goal, outlook) if outlook else ()),
    )


def _forecast(goal: Goal, outlook: Outlook) -> tuple[Cell | str, ...]:
    """Never a bare point; what cannot be said says why."""
    if not outlook.is_said:
        return Cell(outlook.reason, tone="muted"), MISSING
    middle = shown(goal, outlook.middle)
    low, high = (shown(goal, value, is_bare=True) for value in (outlook.low, outlook.high))
    word = f"{chance_shown(outlook.p_must)} {chance_word(outlook.p_must)}".strip()
    tone = QUIET.get(chance_tone(outlook.p_must), "")
    return f"{middle}（{low}–{high}）", Cell(word, tone=tone)


def _curve(material: Material, goal: Goal) -> Chart:
    """Planned and reached, day by day from the first."""
    month, progress = material.plan.month, material.progress[goal.pk]
    curve = material.dossier.curve_of(goal)
    days = list(month.days())
    planned = tuple(float(curve.expected_by(day)) for day in days)
    reached: list[float | None] = []
    total = Decimal(0)
    for day in days:
        total += progress.series.get(day, Decimal(0))
        reached.append(float(total) if day <= material.until and progress.series else None)
    series = [Series(_("计划累计"), planned, Mark.DASHED)]
    if any(value is not None for value in reached):
        series.append(Series(_("实际累计"), tuple(reached), Mark.LINE))
    title = _curve_title(material, goal)
    return Chart(title, tuple(str(day.day) for day in days), tuple(series), axis_format(goal))


def _curve_title(material: Material, goal: Goal) -> str:
    progress = material.progress[goal.pk]
    words = {"goal": goal.name, "must": aimed(goal, goal.must), "day": short(material.until)}
    if not material.has_begun or progress.actual is None:
        return _("%(goal)s：月末要到 %(must)s") % words
    words["share"] = percent(progress.achievement.ratio)
    return _("%(goal)s：到 %(day)s 完成 %(share)s") % words
