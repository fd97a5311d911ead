"""Text as people type and paste it: widths, invisible characters, comparing titles."""

from __future__ import annotations

import unicodedata

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def tidy(text: str) -> str:
    """Without invisible characters, surrounding space and doubled spaces; letters unchanged.

    >>> tidy(" 笔记\\u200b标题\\u00a0 ")
    '笔记标题'
    """
    visible = text.translate(_INVISIBLE).replace("\u00a0", " ").replace("\u3000", " ")
    return " ".join(visible.split())


def comparable(text: str) -> str:
    """The form under which two spellings of one title or header are equal (NFKC, lower case).

    >>> comparable("完播率（％）") == comparable("完播率(%)")
    True
    """
    return tidy(unicodedata.normalize("NFKC", text)).casefold()


def listed(text: str) -> tuple[str, ...]:
    """Words with commas between.

    >>> listed("day, platform,")
    ('day', 'platform')
    """
    return tuple(word.strip() for word in text.split(",") if word.strip())
