"""What a post's title is like: how long, with a number, asking, moving. Plain signs, no guessing.

Signs are counted, not understood: «带数字» is a digit or a counted Chinese numeral (三款, 第一期).
Whether a trait does anything is for ``groups`` to say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

# Words that are meant to move, not to tell; a word more or less changes a share, not the method.
MOVING = (
    "后悔", "惊", "绝了", "绝绝子", "神器", "必看", "必买", "必备", "真香", "崩溃", "哭", "泪",
    "爱了", "太美", "太好", "太香", "震撼", "炸裂", "逆天", "宝藏", "封神", "上头", "破防", "治愈",
    "救命", "天花板", "千万别", "别再", "不要再", "踩雷", "避雷", "避坑", "血亏", "暴富", "狂喜",
    "心动", "感动", "可怕", "恐怖", "离谱", "居然", "竟然", "终于", "万万没想到", "笑死", "气死",
)  # fmt: skip
LENGTHS = ((10, "1–10"), (20, "11–20"), (30, "21–30"))  # characters, at most
LONGER = "31+"

_COUNTED = (
    r"[一二两三四五六七八九十百千万半几]+\s*"
    r"[个条件种招步天年月周日款大块元分秒小时次人篇期部集张斤米平倍折]"
)
_NUMBER = re.compile(rf"[0-9０-９]|{_COUNTED}")
_ASKING = re.compile(
    r"[?？]|吗|怎么|怎样|如何|为什么|为啥|什么|哪[个些里种款家]|难不难|能不能|会不会|该不该|值不值"
    r"|要不要|是不是|多久|多少"
)
_MOVING = re.compile("|".join(MOVING))
_EXCLAIMING = re.compile(r"[!！]")
_TO_READER = re.compile(r"你|您")
_BRACKETS = re.compile(r"[【\[「『《].+?[】\]」』》]")
_TAGS = re.compile(r"[#＃]\S+")
_YES_NO: Mapping[str, re.Pattern[str]] = {
    "number": _NUMBER,
    "question": _ASKING,
    "moving": _MOVING,
    "exclamation": _EXCLAIMING,
    "reader": _TO_READER,
    "brackets": _BRACKETS,
}
TRAITS = ("length", *_YES_NO)
YES, NO = "yes", "no"


def title_traits(title: str) -> dict[str, str]:
    """Trait → its value, of TRAITS; {} of a post without a title. Topics (#…) are no title.

    >>> title_traits("通勤包真能装吗？一周实测")["question"]
    'yes'
    >>> title_traits("露营推车爬坡")["length"], title_traits("#话题")
    ('1–10', {})
    """
    plain = _TAGS.sub("", title).strip()
    if not plain:
        return {}
    signs = {name: YES if sign.search(plain) else NO for name, sign in _YES_NO.items()}
    return {"length": _length(plain), **signs}


def _length(plain: str) -> str:
    count = len("".join(plain.split()))
    return next((name for most, name in LENGTHS if count <= most), LONGER)
