"""The table of expected contributions as HTML: tasks × goals are thousands of small forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yunce.kit.numbers import format_value
from yunce.loop.plans.contributions import Contributions, Helper
from yunce.web.stencils import Stencils

NAME_LENGTH = 20  # letters of a task that its cells are called by


@dataclass(frozen=True)
class Row:
    """A task with its cells drawn."""

    helper: Helper
    cells: SafeString


def share_rows(table: Contributions, words: Mapping[str, object]) -> Iterator[Row]:
    """``words`` are the page's; its forms need the ``csrf_token`` among them."""
    stencils = Stencils("plans/_share.html", words)
    names = [column.goal.name for column in table.columns]
    for helper in table.helpers:
        task = helper.task
        cells = "".join(
            stencils.draw(
                {
                    "number": str(task.pk),
                    "goal": str(share.goal.pk),
                    "typed": share.typed,
                    "shown": format_value(share.amount, share.unit),
                    "name": name,
                    "label": _("%(task)s给%(goal)s") % {"task": short(task.title), "goal": name},
                },
                {"is_own": share.goal.pk == task.goal_id},
            )
            for share, name in zip(helper.shares, names, strict=True)
        )
        yield Row(helper, SafeString(cells))


def short(title: str) -> str:
    return title if len(title) <= NAME_LENGTH else f"{title[: NAME_LENGTH - 1]}…"
