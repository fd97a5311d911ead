"""How a goal is split, as people read it: tree, curve, weight; and what changed in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from yunce.kit.numbers import format_value
from yunce.kit.timing import short
from yunce.kit.wording import gettext as _
from yunce.loop.goals.models import Goal
from yunce.loop.goals.queries.curves import curve_weeks
from yunce.loop.goals.queries.parts import Branch, shown_value, tree_of, words_of
from yunce.loop.goals.rules import accumulates

TOLD = ("part", "sum", "week", "shape")  # what follows from something else and is told all the same
LONGEST = 600  # letters of a sentence kept with a change


@dataclass(frozen=True)
class Entry:
    """One thing the split says."""

    label: str
    text: str
    is_own: bool = True  # written by people; else it follows from what they wrote


Picture = Mapping[str, Entry]


@dataclass(frozen=True)
class Difference:
    """What two pictures of one goal do not share."""

    was: Mapping[str, str]  # key → text before; empty: it was not there
    own: tuple[str, ...]  # the keys people wrote
    was_text: str
    now_text: str


def picture_of_goal(goal: Goal) -> dict[str, Entry]:
    return dict([*_tree(goal), *_curve(goal), *_aim(goal)])


def _tree(goal: Goal) -> Iterator[tuple[str, Entry]]:
    tree = tree_of(goal)
    for branch in tree.walk():
        yield from _branch(branch)
    if tree.branches:
        total = format_value(tree.value, tree.unit)
        yield "sum", Entry(_("拆解加总"), total, is_own=False)


def _branch(branch: Branch) -> Iterator[tuple[str, Entry]]:
    key, name = f"part-{branch.part.pk}", branch.part.name
    yield key, Entry(name, shown_value(branch), is_own=branch.is_leaf)
    yield f"{key}-is", Entry(_("%s 的说明") % name, words_of(branch.part))


def _curve(goal: Goal) -> Iterator[tuple[str, Entry]]:
    if not accumulates(goal.spec.kind):
        return
    yield "shape", Entry(_("计划曲线"), str(goal.get_shape_display()))
    for week in curve_weeks(goal):
        yield f"week-{week.monday}", Entry(week.name, week.typed, is_own=False)
        for cell in week.cells:
            day = cell.day.date
            yield f"day-{day}", Entry(short(day), cell.typed, is_own=cell.is_fixed)


def _aim(goal: Goal) -> Iterator[tuple[str, Entry]]:
    yield "importance", Entry(_("重要性"), str(goal.get_importance_display()))
    yield "baseline", Entry(_("基线"), format_value(goal.baseline, goal.spec.unit))
    names = [each.name for each in goal.plan.goals.all()]
    yield "order", Entry(_("优先级"), "、".join(names))


def difference(before: Picture, after: Picture) -> Difference:
    keys = [*before, *(key for key in after if key not in before)]
    changed = [key for key in keys if _text(before, key) != _text(after, key)]
    own = [key for key in changed if any(key in at and at[key].is_own for at in (before, after))]
    told = [key for key in changed if key in own or key.startswith(TOLD)]
    return Difference(
        was={key: _text(before, key) for key in changed},
        own=tuple(own),
        was_text=_sentence(before, told),
        now_text=_sentence(after, told),
    )


def _text(picture: Picture, key: str) -> str:
    return picture[key].text if key in picture else ""


def _sentence(picture: Picture, keys: list[str]) -> str:
    said = [f"{picture[key].label} {picture[key].text}" for key in keys if key in picture]
    return "；".join(said)[:LONGEST] or "—"
