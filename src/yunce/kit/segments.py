"""Segments as people write them (渠道：扫码) and as facts hold them (channel=扫码)."""

from __future__ import annotations

import re
import unicodedata

from yunce.kit.text import tidy
from yunce.kit.wording import gettext as _

_PARTED = re.compile(r"\s*[=:]\s*")


def families() -> dict[str, str]:
    """Code → word, of every kind of segment the product knows."""
    return {
        "channel": _("渠道"),
        "form": _("体裁"),
        "age": _("年龄"),
        "sex": _("性别"),
        "region": _("地区"),
        "city": _("城市"),
        "hour": _("小时"),
    }


def segment_words(segment: str) -> str:
    """For reading; a kind the product does not know keeps its own name.

    >>> segment_words("channel=扫码"), segment_words("天气=晴"), segment_words("")
    ('渠道：扫码', '天气：晴', '')
    """
    family, equals, value = segment.partition("=")
    return f"{families().get(family, family)}：{value}" if equals else segment


def read_segment(text: str) -> str:
    """As facts hold it; text that is no «kind and value» comes back as it was, tidied.

    >>> read_segment("渠道：扫码"), read_segment("channel = 扫码"), read_segment("扫码")
    ('channel=扫码', 'channel=扫码', '扫码')
    """
    typed = tidy(text)
    kind, *rest = _PARTED.split(typed.replace("：", ":").replace("＝", "="), maxsplit=1)
    if not rest:
        return typed
    codes = {word: code for code, word in families().items()}
    return f"{codes.get(unicodedata.normalize('NFKC', kind), kind)}={rest[0]}"
