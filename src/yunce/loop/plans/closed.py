"""A closed cell as `_cell.html` draws it: in the plan table, on a task's page, after saving."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import Access
from yunce.kit.months import Month
from yunce.loop.goals.models import Goal
from yunce.loop.goals.rules.smart import Smart
from yunce.loop.plans.cells import Cell
from yunce.loop.plans.rules import TaskField

NAME_LENGTH = 20  # letters of a task that its menu is called by


@dataclass(frozen=True)
class Closed:
    """Everything the template asks for; a text may be a stencil's mark."""

    id: str
    kind: str
    field: str
    label: str
    url: str  # "" where this person cannot edit it now
    asks: bool  # editing proposes a change
    shown: str = ""  # empty is —
    people: str = ""  # drawn already
    old: str = ""  # what it read when the plan was locked
    wanted: str = ""  # what somebody proposes
    menu: str = ""  # the address of the line's menu
    menu_label: str = ""
    name: str = ""  # of a goal, in its cell of targets, with …
    must_text: str = ""
    stretch_text: str = ""
    old_stretch: str = ""
    span: int = 1  # rows it covers
    smart: Smart | None = None


def closed(access: Access, cell: Cell, *, span: int = 1, smart: Smart | None = None) -> Closed:
    """The cell as it is drawn."""
    goal, has_menu = cell.goal, _has_menu(cell)
    return Closed(
        id=cell.id,
        kind=cell.kind,
        field=cell.field,
        label=cell.label,
        url=cell.url,
        asks=cell.asks,
        shown=cell.shown,
        people=faces(cell.people) if cell.kind in ("people", "person") else "",
        old=cell.old,
        wanted=cell.waiting.wanted_text if cell.waiting else "",
        menu=_menu_of(access, cell) if has_menu else "",
        menu_label=menu_label(cell.subject) if has_menu else "",
        name=goal.name if goal else "",
        must_text=cell.must_text,
        stretch_text=cell.stretch_text,
        old_stretch=cell.old_stretch,
        span=span,
        smart=smart,
    )


def faces(people: Iterable[Member]) -> SafeString:
    """Each person with their mark."""
    return mark_safe("".join(map(face, people)))  # noqa: S308 - drawn by a template each


def face(person: Member) -> str:
    return render_to_string("plans/_person.html", {"person": person})


def menu_address(access: Access, month: Month, kind: str, number: object) -> str:
    """Of a goal's or task's line; ``number`` may be a stencil's mark."""
    return _menu_pattern(access.team.slug, month, kind).replace("/0/menu/", f"/{number}/menu/")


@lru_cache(maxsize=64)
def _menu_pattern(slug: str, month: Month, kind: str) -> str:
    return reverse(f"plans:{kind}-menu", args=[slug, month, 0])


def menu_label(subject: object) -> str:
    if isinstance(subject, Goal):
        return _("%s的操作") % subject.name
    name = str(subject)
    return _("「%s」的操作") % (name if len(name) <= NAME_LENGTH else f"{name[: NAME_LENGTH - 1]}…")


def _has_menu(cell: Cell) -> bool:
    opens_line = cell.kind == "targets" or (cell.field == TaskField.TITLE and not cell.on)
    return bool(cell.url) and opens_line


def _menu_of(access: Access, cell: Cell) -> str:
    kind = "goal" if cell.goal else "task"
    return menu_address(access, cell.subject.plan.month, kind, cell.subject.pk)
