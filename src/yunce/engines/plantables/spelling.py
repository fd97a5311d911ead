"""One spelling for what people write many ways: widths, ×, Chinese numbers, days inside text.

Every step keeps what is not about numbers as it was, so that a name cut out of the result reads as
people wrote it.
"""

from __future__ import annotations

import re
import unicodedata

from yunce.kit.text import tidy

_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_TENS = {"十": 10, "百": 100, "千": 1_000}
# Units a number of things is counted in; a Chinese number is only read before one of them.
MEASURES = (
    "人次|个月|场|篇|次|个|条|支|期|周|星期|天|轮|波|档|份|组|套|家|位|名|人|单|件|款|部|张|项|户"
    "|万|亿"
)
_CHINESE = re.compile(
    rf"(?<![第每其单唯之统同专逐进周期一二两三四五六七八九十百千])(?!一次性|一个月)"
    rf"[一二两三四五六七八九十百千]+(?={MEASURES})"
    r"|[一二两三四五六七八九十]+[百千万][一二三四五六七八九十百千万]*"
)
_CIRCLED = re.compile(r"[①-⑳⑴-⒇⒈-⒛❶-❿㈠-㈩]")
_WIDE_COMMA = re.compile(r"(?<![０-９])，|，(?![０-９]{3})")
_TIMES = re.compile(r"[×✕✖⨯∗]|乘以|乘|(?<=[\d\u4e00-\u9fff)%])\s*[*xX]\s*(?=[\d(（≥>每约单])")
_SPACED_DIGITS = re.compile(r"(?<=\d)[ ,](?=\d{3}(?!\d))")
_COMPARED = re.compile(r">=|≧|⩾|>|不低于|不少于|不小于|至少|最少|大于等于|大于|高于|超过|多于")
_COMPARED_LESS = re.compile(r"<=|≦|⩽|<|不高于|不超过|不多于|不大于|小于等于|小于|低于|少于|控制在")
# Days are no quantities: 5/10 · 5月10日 · 1–30日 · 2025-05-10 · 10 日.
_DAYS = re.compile(
    r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?"
    r"|\d{4}\s*年(?:\s*\d{1,2}\s*月)?|\d{1,2}\s*月\s*\d{1,2}\s*[日号]?"
    r"|(?<![\d.])\d{1,2}/\d{1,2}(?![\d/])|\d{1,2}\s*[-–~至到]\s*\d{1,2}\s*[日号](?!均)"
    r"|\d{1,2}\s*[日号](?![均活])|(?<!\d)\d{1,2}\s*月(?!均|活)|\d{1,2}:\d{2}"
)
# Numbers that are part of a name or say when, how long, how old: never what a goal counts.
_NAMES = re.compile(
    r"\d+\s*[-–~至到]\s*\d+\s*岁|\d+\s*岁|第\s*\d+|[A-Za-z]+\d+|双\s*1[12]|(?<!\d)(?:38|520|618|818|1111|1212)"
    r"(?=\s*(?![扫场篇次个条支期周天人名位粉单元份万千百亿])[\u4e00-\u9fff])"
    r"|(?:提前|前|后|近|连续)\s*\d+\s*(?:天|周|日|小时|分钟)|\d+\s*(?:小时|分钟|天|日|周)(?:内|前|后|之内)"
    r"|\d+\s*[日天]\s*(?:留存|回访|复购|阅读|活跃)|\d+\s*[:：]\s*\d+"
)
MASK = "\u2007"  # stands for each character of what is no quantity


def spelled(text: str) -> str:
    """Widths, signs and Chinese numbers in one form, line breaks kept.

    >>> spelled("三场直播ｘ３，０００（每场≧3千）")
    '3场直播×3000(每场≥3千)'
    """
    # Before NFKC: it would make 「①3 场」 thirteen, and 「500，300」 one number.
    text = _WIDE_COMMA.sub(", ", _CIRCLED.sub("\n", text))
    lines = (tidy(unicodedata.normalize("NFKC", line)) for line in text.splitlines())
    plain = "\n".join(line for line in lines if line)
    plain = _SPACED_DIGITS.sub("", plain)
    plain = _CHINESE.sub(lambda found: str(chinese_number(found[0])), plain)
    plain = _COMPARED_LESS.sub("≤", _COMPARED.sub("≥", plain))
    return _TIMES.sub("×", plain)


def masked(plain: str) -> str:
    """The same length, days and numbers inside names blotted out."""
    for pattern in (_NAMES, _DAYS):
        plain = pattern.sub(lambda found: MASK * len(found[0]), plain)
    return plain


def chinese_number(text: str) -> int:
    """
    >>> chinese_number("十二"), chinese_number("三千五百"), chinese_number("两万")
    (12, 3500, 20000)
    >>> chinese_number("一千五")
    1500
    """
    whole = section = digit = 0
    scale = 1  # of the word just read: 「一千五」 is 1500, not 1005
    for letter in text:
        if letter == "万":
            whole, section, digit, scale = (section + digit or 1) * 10_000, 0, 0, 10_000
        elif letter in _TENS:
            section += (digit or 1) * _TENS[letter]
            digit, scale = 0, _TENS[letter]
        else:
            digit = _DIGITS[letter]
    return whole + section + digit * (scale // 10 if scale > 10 else 1)
