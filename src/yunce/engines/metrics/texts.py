"""Text every store can keep: PostgreSQL has no character 0, and half a character is no UTF-8."""

from __future__ import annotations

import re

_UNFIT = re.compile("[\0\ud800-\udfff]")


def is_fit(text: str) -> bool:
    return _UNFIT.search(text) is None


def shown(text: str) -> str:
    """The text as a message may show it.

    >>> shown("a\\0b")
    'a�b'
    """
    return _UNFIT.sub("\ufffd", text)
