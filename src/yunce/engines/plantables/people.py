"""The 负责人 cell: who, each by the word people wrote."""

from __future__ import annotations

import re
import unicodedata

from yunce.kit.text import tidy

_SPLIT = re.compile(r"[、,，/+＋&;；|\n]|\s+(?:和|及|与)\s+|(?<=[员长人管理师])[和及与]")
_LABEL = re.compile(r"^[^:：]{1,12}[:：]")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]|[@＠]")
_BLANK = re.compile(r"^(?:|[-–—/\\·.…]+|无|暂无|待定|待确认|未定|tbd|n/?a)$", re.IGNORECASE)
_NAMES = re.compile(r"[\u4e00-\u9fff]{2,4}(?: [\u4e00-\u9fff]{2,4})+")


def is_blank(text: str) -> bool:
    """Empty, or a sign people write for nothing: — / 无 待定."""
    return _BLANK.match(tidy(unicodedata.normalize("NFKC", text))) is not None


def read_people(text: str) -> tuple[str, ...]:
    """Each once, in order.

    >>> read_people("运营组长 + 社群专员、UI 设计")
    ('运营组长', '社群专员', 'UI 设计')
    """
    found: dict[str, None] = {}
    for piece in _SPLIT.split(_BRACKETS.sub("", text)):
        name = tidy(_LABEL.sub("", piece)).strip("。. ")
        if is_blank(name):
            continue
        for one in name.split() if _NAMES.fullmatch(name) else [name]:
            found[one] = None
    return tuple(found)
