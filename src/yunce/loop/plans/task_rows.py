"""The lines of the task list and the cards of the board as HTML, filled into stencils."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cache

from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from yunce.ground.teams.models import Member
from yunce.loop.plans.closed import face
from yunce.loop.plans.listing import TaskLine
from yunce.loop.plans.models import TaskState
from yunce.loop.plans.share_rows import short
from yunce.web.stencils import Stencils
from yunce.web.templatetags.yunce import minutes, short_day

LINE, CARD = "plans/_task_line.html", "plans/_card.html"


class TaskRows:
    """Draws lines and cards; ``words`` are the page's, with the ``csrf_token`` of its forms."""

    def __init__(self, words: Mapping[str, object]) -> None:
        self._words = {**words, "states": _states()}
        self._chips_words = {"access": words["access"]}
        self._stencils = {name: Stencils(name, self._words) for name in (LINE, CARD)}
        # The same dozen people stand on all of them.
        self._faces: Callable[[Member], str] = cache(face)
        self._avatars: Callable[[Member], str] = cache(_avatar)

    def line(self, line: TaskLine) -> SafeString:
        return self._stencils[LINE].draw(self._line_values(line), _fixed(line))

    def card(self, line: TaskLine) -> SafeString:
        return self._stencils[CARD].draw(self._card_values(line), _fixed(line))

    def one_line(self, line: TaskLine) -> SafeString:
        """By itself, where the page's words say more than a table of lines knows."""
        words = {**self._words, **_fixed(line), **self._line_values(line)}
        return render_to_string(LINE, words)

    def _line_values(self, line: TaskLine) -> dict[str, str]:
        task = line.task
        return {
            **self._values(line),
            "short": short(task.title),
            "note": task.note,
            "days": line.days,
            "standard": linebreaksbr(task.standard) if "\n" in task.standard else task.standard,
            "people": SafeString("".join(map(self._faces, task.people))),
        }

    def _card_values(self, line: TaskLine) -> dict[str, str]:
        people = SafeString("".join(map(self._avatars, line.task.people)))
        return {**self._values(line), "people": people}

    def _values(self, line: TaskLine) -> dict[str, str]:
        task = line.task
        return {
            "number": str(task.pk),
            "title": task.title,
            "chips": self._chips(line),
            "next": short_day(line.next_day) if line.next_day else "",
            "goal": task.goal.name if task.goal else "",
            "estimate": minutes(task.estimate_minutes) if task.estimate_minutes else "",
        }

    def _chips(self, line: TaskLine) -> str:
        if not (line.came_from or line.went_to):
            return ""
        return render_to_string("plans/_moved_chips.html", {**self._chips_words, "line": line})


def _fixed(line: TaskLine) -> dict[str, Hashable]:
    """What decides on the markup."""
    task = line.task
    return {
        "state": task.state,
        "dimension": task.dimension,
        "is_sub": task.parent_id is not None,
        "is_done": task.is_done,
        "is_overdue": line.is_overdue,
        "may_move": line.may_move,
    }


def _avatar(member: Member) -> str:
    return render_to_string("plans/_member_avatar.html", {"member": member})


def _states() -> Iterable[tuple[str, str]]:
    return [(state.value, str(state.label)) for state in TaskState]
