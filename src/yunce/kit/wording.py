"""gettext for the floors without Django; its catalogue is looked for once."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import translation

gettext = translation("yunce", fallback=True).gettext

NAMED = 3  # names in a sentence


def few(names: Sequence[str]) -> str:
    """The first of them; whether there are more.

    >>> few(["#1", "#2"]), few(["#1", "#2", "#3", "#4"])
    ('#1、#2', '#1、#2、#3 等')
    """
    some = "、".join(names[:NAMED])
    return some if len(names) <= NAMED else gettext("%(some)s 等") % {"some": some}
