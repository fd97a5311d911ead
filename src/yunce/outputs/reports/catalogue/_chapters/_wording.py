"""Small things every chapter says the same way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from yunce.engines.documents import Cell, Column, Heading, Prompt, Table
from yunce.kit.numbers import MISSING, Unit
from yunce.loop.goals.models import Goal
from yunce.loop.plans.models import Task
from yunce.loop.plans.rules import write_timing

FEW = 3  # titles named before 「等」


def chapter(number: int, name: str) -> Heading:
    numeral = _("一 二 三 四 五 六 七 八 九 十").split()[number - 1]
    words = {"numeral": numeral, "name": name}
    return Heading(_("%(numeral)s、%(name)s") % words, on_new_page=number == 1)


def section(chapter_number: int, number: int, name: str) -> Heading:
    return Heading(f"{chapter_number}.{number} {name}", 2)


def prompt(what: str, who: str, example: str) -> Prompt:
    return Prompt(what, who, example)


def table(columns: Sequence[Column], rows: Iterable[Sequence[Cell | str]]) -> Table:
    """Text becomes a cell; empty text becomes —."""
    cells = (
        tuple(each if isinstance(each, Cell) else Cell(each or MISSING) for each in row)
        for row in rows
    )
    return Table(tuple(columns), tuple(cells))


def owners(task: Task) -> str:
    return "、".join(str(member) for member in task.people)


def timing(task: Task) -> str:
    return write_timing(task.timing)


def titles(tasks: Sequence[Task]) -> str:
    """「直播」「裂变」「海报」等 5 项."""
    named = "".join(f"「{task.title[:16]}」" for task in tasks[:FEW])
    if len(tasks) <= FEW:
        return named
    return _("%(named)s等 %(count)s 项") % {"named": named, "count": len(tasks)}


def percent(share: Fraction | Decimal | float | None) -> str:
    """A share in whole per cent, half up."""
    if share is None:
        return MISSING
    return f"{int(Fraction(share) * 100 + Fraction(1, 2))}%"


def axis_format(goal: Goal) -> str:
    """How a chart writes the goal's numbers."""
    match goal.spec.unit:
        case Unit.PERCENT:
            return "0.0%"
        case Unit.YUAN:
            return '"¥"#,##0'
        case Unit.SECOND:
            return '0.0" 秒"'
        case _:
            return "#,##0"
