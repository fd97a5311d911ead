"""A cell's text cut into numbers, 「每场」, ×, +, brackets and words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from yunce.engines.plantables.spelling import MASK, masked

# Things a plan counts the doing of; people and money are what the doing brings.
EVENTS = "场|篇|次|条|支|期|周|星期|天|日|轮|波|档|份|组|套|家|位|名|件|款|部|张|项|户|个月|个"
_AMOUNTS = "人次|人|粉丝|粉|单|元|块|秒|分钟|小时|倍|分"
_SCALES = {"百": 100, "千": 1_000, "k": 1_000, "万": 10_000, "w": 10_000, "百万": 1_000_000,
           "千万": 10_000_000, "亿": 100_000_000}  # fmt: skip
_NUMBER = (
    r"(?P<compared>[≥≤])?\s*(?P<sign>[+-](?=\s*\d+(?:\.\d+)?\s*(?:%|个?百分点|pp)))?\s*[¥￥]?\s*"
    r"(?P<digits>\d+(?:\.\d+)?)\s*"
    r"(?P<scale>百万|千万|[百千万亿]|[wWkK](?![A-Za-z]))?\s*(?P<percent>%|个?百分点|pp)?"
    r"(?:\+(?=\s*(?:[,、;。)]|$|人|粉|篇|次|单)))?\s*(?:左右|以上|余|多)?\s*"
    rf"(?P<unit>{_AMOUNTS}|(?:{EVENTS})(?!均))?(?:以上|左右)?"
)
_EACH = (
    rf"(?:平均)?每(?:一)?(?P<each>{EVENTS}|人|单)?(?![一二三四五六日]\b)"
    rf"|单(?P<single>场|篇|次|期|条|个|支)|(?P<mean>场|篇|次|条|期|人|单)均"
    r"|(?P<split>各(?![类种平自项部方大岗环门个]))|\beach\b"
    rf"|(?:/|\bper\b)\s*(?P<per>{EVENTS}|人)(?!\s*\d)"
)
_TOKEN = re.compile(
    rf"(?P<number>{_NUMBER})|(?P<eachword>{_EACH})|(?P<times>×)|(?P<equals>[=≈])"
    r"|(?P<open>[(\[【{「])|(?P<close>[)\]】}」])|(?P<plus>\+|加(?=\s*\d))"
    r"|(?P<soft>[,、:]|/(?=\s*\d)|(?<=[\u4e00-\u9fff\s)])(?<!参)[和及与](?=\s*\d)|(?<=\))\s*(?:以及|[和及与]))|(?P<hard>[;。\n!])"
)


@dataclass(frozen=True)
class Num:
    value: Decimal
    unit: str = ""  # as written: 场, 人; empty without one
    is_percent: bool = False
    compared: str = ""  # ≥ or ≤
    is_event: bool = False  # counted doings: 3 场


@dataclass(frozen=True)
class Each:
    unit: str  # 场 of 「每场」; empty of 「各」
    is_after: bool = False  # 「3000/场」


@dataclass(frozen=True)
class Word:
    text: str


@dataclass(frozen=True)
class Sign:
    """× + = and what parts clauses: ``,`` ``:`` ``;``."""

    kind: str


@dataclass(frozen=True)
class Group:
    tokens: tuple[Token, ...]


Token: TypeAlias = Num | Each | Word | Sign | Group
TIMES, PLUS, EQUALS, SOFT, COLON, HARD = (Sign(kind) for kind in "×+=,:;")


def tokens_of(plain: str) -> tuple[Token, ...]:
    """Of a text in one spelling (see ``spelled``); days and numbers in names are words."""
    flat, at, text = [], 0, masked(plain)
    for found in _TOKEN.finditer(text):
        flat += _words(plain[at : found.start()], text[at : found.start()])
        flat.append(_token(found))
        at = found.end()
    flat += _words(plain[at:], text[at:])
    return _grouped(flat)


def _words(written: str, blotted: str) -> list[Token | str]:
    shown = "".join(" " if blot == MASK and not letter.strip() else letter
                    for letter, blot in zip(written, blotted, strict=True))  # fmt: skip
    return [Word(shown.strip())] if shown.strip() else []


def _token(found: re.Match[str]) -> Token | str:
    if found["number"]:
        return _number(found)
    if found["eachword"]:
        unit = found["each"] or found["single"] or found["mean"] or found["per"] or ""
        is_after = bool(found["per"]) or found["eachword"] == "each"
        return Each(unit, is_after)
    if found["soft"]:
        return COLON if found["soft"] == ":" else SOFT
    for kind, sign in (("times", TIMES), ("equals", EQUALS), ("plus", PLUS), ("hard", HARD)):
        if found[kind]:
            return sign
    return "(" if found["open"] else ")"


def _number(found: re.Match[str]) -> Num:
    value = Decimal(found["digits"]) * _SCALES.get((found["scale"] or "").lower(), 1)
    unit = found["unit"] or ""
    is_percent = bool(found["percent"])
    if found["sign"] == "-":
        value = -value
    return Num(
        value=value / 100 if is_percent else value,
        unit=unit,
        is_percent=is_percent,
        compared=found["compared"] or "",
        is_event=bool(unit) and re.fullmatch(EVENTS, unit) is not None and not found["compared"],
    )


def _grouped(flat: Sequence[Token | str]) -> tuple[Token, ...]:
    """Brackets that never close close at the end; those that never opened are nothing."""
    stack: list[list[Token]] = [[]]
    for piece in flat:
        if not isinstance(piece, str):
            stack[-1].append(piece)
        elif piece == "(":
            stack.append([])
        elif len(stack) > 1:
            inner = stack.pop()
            stack[-1].append(Group(tuple(inner)))
    while len(stack) > 1:
        inner = stack.pop()
        stack[-1].append(Group(tuple(inner)))
    return tuple(stack[0])


def words_of(tokens: Sequence[Token]) -> str:
    return " ".join(token.text for token in tokens if isinstance(token, Word))
