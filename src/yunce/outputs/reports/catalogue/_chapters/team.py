"""三、资源与团队: whose hours there are, what is planned of them, which accounts are run."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

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
from yunce.kit.numbers import MINUS
from yunce.loop.plans.dossier import DayLoad, Filled, Fullness, PersonLoad, Workload
from yunce.outputs.reports.catalogue._chapters._material import Material
from yunce.outputs.reports.catalogue._chapters._wording import (
    chapter,
    prompt,
    section,
    table,
    titles,
)

TONES: dict[Fullness, Tone] = {
    Fullness.OFF: "muted",
    Fullness.OVER: "bad",
    Fullness.TIGHT: "warn",
    Fullness.WANTED: "",
    Fullness.EASY: "",
    Fullness.ROOM: "muted",
}


def blocks(material: Material) -> Iterator[Block]:
    yield chapter(3, _("资源与团队"))
    yield section(3, 1, _("人与工时"))
    yield from _people(material.dossier.workload)
    yield section(3, 2, _("账号"))
    yield from _accounts(material)
    yield section(3, 3, _("制作、外包与工具"))
    yield prompt(
        _("哪些自己做、哪些外包给谁、用什么工具，交付时间和验收人。"),
        _("运营组长、设计"),
        _("「2 条产品视频外包给某工作室，5/12 交初稿、5/16 定稿，UI 设计验收。」"),
    )


def fullness_word(filled: Filled) -> str:
    return {
        Fullness.OFF: _("没有工时"),
        Fullness.OVER: _("排超了"),
        Fullness.TIGHT: _("不足 10%"),
        Fullness.WANTED: _("合格"),
        Fullness.EASY: _("略宽"),
        Fullness.ROOM: _("还能再排"),
    }[filled.fullness]


def buffer_text(filled: Filled) -> str:
    return "" if filled.percent is None else f"{filled.percent}%".replace("-", MINUS)


def _people(load: Workload) -> Iterator[Block]:
    if not load.people:
        yield prompt(
            _("谁参加这个月的计划、每天几小时、可以投入几成；请假写在日历里。"),
            _("管理员，在「成员」和「日历」页"),
            _("「文案专员 8 小时 × 80%，5/19–5/20 请假。」"),
        )
        return
    yield Paragraph(_total(load))
    if load.is_known and any(week.filled.capacity for week in load.weeks):
        yield Charts((_chart(load),))
    columns = (
        Column(_("成员"), 24),
        Column(_("可排工时"), 14, align="right", number_format='#,##0.0" h"'),
        Column(_("已排"), 14, align="right", number_format='#,##0.0" h"'),
        Column(_("缓冲"), 12, align="right"),
        Column(_("判断"), 14, align="center"),
        *(Column(_week(number), 12, align="right") for number in range(1, len(load.weeks) + 1)),
    )
    yield table(columns, (_person(row, is_known=load.is_known) for row in load.people))
    yield Note(_("缓冲 = 1 − 已排 ÷ 可排，10–15% 为宜。各周一列是当周缓冲。"))
    if load.unknown:
        yield prompt(
            _("%(count)s 项任务没有预计用时，没有算进上面的工时：%(titles)s。")
            % {"count": len(load.unknown), "titles": titles(load.unknown)},
            _("任务的负责人"),
            _("「产品测评 10 篇：每篇 4 小时，共 40 小时。」"),
        )


def _total(load: Workload) -> str:
    total = load.total
    if not total.planned:
        return _("全月可排 %s 小时；还没有任务写预计用时，算不出缓冲。") % total.available
    words = {
        "there": total.available,
        "planned": total.hours,
        "buffer": buffer_text(total) or "—",
        "word": fullness_word(total),
    }
    return _("全月可排 %(there)s 小时，已排 %(planned)s 小时，缓冲 %(buffer)s：%(word)s。") % words


def _week(number: int) -> str:
    return _("第 %s 周") % number


def _chart(load: Workload) -> Chart:
    names = tuple(
        f"{_week(number)} {week.first.month}/{week.first.day}–{week.last.month}/{week.last.day}"
        for number, week in enumerate(load.weeks, start=1)
    )
    there = tuple(float(week.filled.available) for week in load.weeks)
    planned = tuple(float(week.filled.hours) for week in load.weeks)
    series = (
        Series(_("可排工时"), there, Mark.PALE, is_labelled=True),
        Series(_("已排"), planned, Mark.COLUMN, is_labelled=True),
    )
    return Chart(_load_title(load), names, series, "#,##0")


def _load_title(load: Workload) -> str:
    known = [
        (week.filled.buffer, number, week)
        for number, week in enumerate(load.weeks, start=1)
        if week.filled.buffer is not None
    ]
    _buffer, number, tightest = min(known, key=lambda each: each[:2])
    words = {"week": _week(number), "buffer": buffer_text(tightest.filled)}
    if tightest.filled.fullness in (Fullness.OVER, Fullness.TIGHT):
        return _("每周工时（小时）：%(week)s最紧，缓冲只有 %(buffer)s") % words
    return _("每周工时（小时）：最忙的%(week)s也有 %(buffer)s 缓冲") % words


def _person(row: PersonLoad, *, is_known: bool) -> tuple[Cell | str, ...]:
    """Without a single estimate nobody's buffer is known."""
    total = row.total
    name = str(row.member) if row.member else _("没有负责人的任务")
    return (
        Cell(name, bold=True),
        Cell(total.available),
        Cell(total.hours),
        buffer_text(total) if is_known else "",
        Cell(fullness_word(total), tone=TONES[total.fullness]) if is_known else "",
        *(_week_cell(week) if is_known else "" for week in row.weeks),
    )


def _week_cell(week: DayLoad) -> Cell:
    return Cell(buffer_text(week.filled) or "—", tone=TONES[week.filled.fullness])


def _accounts(material: Material) -> Iterator[Block]:
    if not material.accounts:
        yield prompt(
            _("本月经营哪些平台的哪些账号，各由谁负责。"),
            _("运营组长，在「账号」页添加"),
            _("「小红书 · 运策小红书，文案专员。」"),
        )
        return
    columns = (
        Column(_("平台"), 20),
        Column(_("账号"), 40),
        Column(_("分组"), 20),
        Column(_("负责人"), 30),
    )
    rows = (
        (account.spec.label, Cell(account.name, bold=True), account.group, str(account.owner or ""))
        for account in material.accounts
    )
    yield table(columns, rows)
