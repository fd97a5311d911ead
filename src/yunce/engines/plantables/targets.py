"""The 具体指标 cell: which numbers the month aims at, of what; several metrics in one cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from yunce.engines.plantables.items import items_of
from yunce.engines.plantables.parts import Part
from yunce.engines.plantables.quantities import parts_of
from yunce.engines.plantables.spelling import spelled
from yunce.engines.plantables.tokens import (
    EQUALS,
    TIMES,
    Each,
    Group,
    Num,
    Sign,
    Token,
    Word,
    tokens_of,
)
from yunce.kit.numbers import Unit

_STRETCH = re.compile(r"挑战|冲刺|冲高|力争|争取|奋斗|理想|stretch", re.IGNORECASE)
_MUST = re.compile(r"必达|保底|底线|基础目标|确保|必须完成|must", re.IGNORECASE)
_FILLER = re.compile(
    r"目标值|目标为|目标|计划值|计划|本月|月度|当月|完成|实现|达成|达到|突破|预计|总计|合计|共计|约"
    r"|(?:提升|提高|增长|增加|降低|降|保持|维持|稳定|控制)(?:到|至|在)|不?达|[值为是到至]$|^[从由]|[从由]$"
)
_MADE = re.compile(r"^(?:发布|产出|制作|输出|举办|开展|开播|组织|策划|上线)+")
_RISE = re.compile(
    r"^\W*(?:提升|提高|增长|增加|上升|涨|优化|降低|下降|降|缩短)?(?:到|至|为|→|->)\W*$"
)
_FALL = re.compile(r"降|缩短|减少")
_CHANGE = re.compile(r"提升|提高|增长|增加|环比|同比|上涨|上升|降低|下降|减少|缩短")
_RANGE = re.compile(r"^\s*[-–—~～至到]\s*$")
_EDGES = " \t:：,，、;；/|·-–—~=≥≤()（）[]【】「」。."
_SHARE = re.compile(r"率|占比|比例|比重")


@dataclass(frozen=True)
class Target:
    """A metric in people's words and the numbers aimed at, in the base unit (rates: fractions)."""

    words: str
    must: Decimal | None = None
    stretch: Decimal | None = None
    baseline: Decimal | None = None  # 「从 5% 提升至 8%」
    unit: Unit = Unit.COUNT
    measure: str = ""  # 篇, 人 … as written
    is_at_most: bool = False  # ≤: lower is better
    is_change: bool = False  # 「提升 10%」: by how much, not where to
    parts: tuple[Part, ...] = ()  # how the cell itself says it is made up


@dataclass(frozen=True)
class TargetCell:
    targets: tuple[Target, ...]
    unread: tuple[str, ...]  # numbers nothing says the meaning of


def read_targets(text: str) -> TargetCell:
    """Every metric of a 具体指标 cell.

    >>> [(t.words, t.must) for t in read_targets("点击率 3 % / 转化率 1.5 %").targets]
    [('点击率', Decimal('0.03')), ('转化率', Decimal('0.015'))]
    """
    reading = _Reading()
    for item in items_of(spelled(text)):
        reading.take_item(tokens_of(item))
    found = tuple(
        _finished(target) for target in reading.targets if target.words or target.must is not None
    )
    if not found and (words := _cleaned(text)):
        found = (Target(words),)
    return TargetCell(found, tuple(reading.unread))


def with_number(target: Target, *, must: str = "", stretch: str = "") -> Target:
    """The target with what columns of their own say."""
    for name, text in (("must", must), ("stretch", stretch)):
        numbers = [token for token in tokens_of(spelled(text)) if isinstance(token, Num)]
        if numbers:
            target = _put(target, numbers[0], name)
    return _finished(target)


def _put(target: Target, number: Num, name: str) -> Target:
    value = number.value
    if not number.is_percent and target.unit is Unit.PERCENT and value > 1:
        value /= 100
    changed = replace(target, must=value) if name == "must" else replace(target, stretch=value)
    unit = _unit_of(number, target.words)
    return replace(
        changed,
        unit=target.unit if target.unit is not Unit.COUNT else unit,
        measure=target.measure or number.unit,
        is_at_most=target.is_at_most or number.compared == "≤",
    )


def _finished(target: Target) -> Target:
    """「互动率 8」 and a cell kept as 0.08 are 8 per cent."""
    if target.unit is Unit.COUNT and _SHARE.search(target.words) and not target.measure:
        values = [
            value for value in (target.must, target.stretch, target.baseline) if value is not None
        ]
        scale = 100 if any(value > 1 for value in values) else 1
        return replace(
            target,
            unit=Unit.PERCENT,
            must=None if target.must is None else target.must / scale,
            stretch=None if target.stretch is None else target.stretch / scale,
            baseline=None if target.baseline is None else target.baseline / scale,
        )
    return target


def _unit_of(number: Num, words: str) -> Unit:
    if number.is_percent:
        return Unit.PERCENT
    if number.unit == "秒":
        return Unit.SECOND
    if number.unit in ("元", "块") or re.search(
        r"GMV|销售额|营收|成交额|客单价|流水", words, re.IGNORECASE
    ):
        return Unit.YUAN
    return Unit.COUNT


def _cleaned(words: str) -> str:
    text = _MUST.sub("", _STRETCH.sub("", words))
    text = _FILLER.sub("", text.strip(_EDGES)).strip(_EDGES)
    return " ".join(text.split())


class _Reading:
    def __init__(self) -> None:
        self.targets: list[Target] = []
        self.unread: list[str] = []
        self.words: list[str] = []
        self.wants_words = False  # 「20 篇图文」: the name follows the number

    def take_item(self, tokens: Sequence[Token]) -> None:
        tokens, made_of = _made_of(tokens)
        self.words, self.wants_words = [], False
        before = len(self.targets)
        self.take(tokens)
        if self.words and len(self.targets) == before and (words := _cleaned(" ".join(self.words))):
            self.targets.append(Target(words))
        if made_of and self.targets:
            self.targets[-1] = replace(self.targets[-1], parts=parts_of(made_of))

    def take(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if isinstance(token, Word):
                self.take_words(token.text)
            elif isinstance(token, Num):
                self.take_number(token)
            elif isinstance(token, Group):
                self.take_group(token)
            elif isinstance(token, Each):
                self.words.append(f"每{token.unit}")
            else:
                self.take_sign(token)

    def take_sign(self, sign: Sign) -> None:
        if self.wants_words or not self.words:
            self.wants_words = False
            self.words = []

    def take_words(self, words: str) -> None:
        if self.wants_words and not _STRETCH.search(words) and not _MUST.search(words):
            self.wants_words = False
            if name := _cleaned(words):
                held = _MADE.sub("", self.targets[-1].words)
                if not _RANGE.match(words) and not _RISE.match(words):
                    self.targets[-1] = replace(self.targets[-1], words=held + name)
                    return
        self.words.append(words)

    def take_group(self, group: Group) -> None:
        if _is_breakdown(group.tokens) and self.targets:
            self.targets[-1] = replace(self.targets[-1], parts=parts_of(group.tokens))
            return
        if any(isinstance(token, Num) for token in group.tokens):
            held, self.words, self.wants_words = self.words, [], False
            self.take(group.tokens)
            self.words = held if not self.targets else []

    def take_number(self, number: Num) -> None:
        words = " ".join(self.words)
        self.words = []
        name = _cleaned(words)
        last = self.targets[-1] if self.targets else None
        if last and _RISE.match(words) and last.must is not None:
            self._replace(
                last, baseline=last.must, must=number.value, is_at_most=bool(_FALL.search(words))
            )
        elif last and (_STRETCH.search(words) or _RANGE.match(words)) and name in ("", last.words):
            self._replace(last, stretch=number.value)
        elif last and _MUST.search(words) and name in ("", last.words) and last.must is None:
            self._replace(last, must=number.value)
        elif last and not name and last.must is None:
            self.targets[-1] = _put(last, number, "must")
        elif name or last is None:
            self._begin(name, words, number)
        else:
            self.unread.append(_written(number))

    def _replace(self, last: Target, **changes: object) -> None:
        self.targets[-1] = replace(last, **changes)  # type: ignore[arg-type]

    def _begin(self, name: str, words: str, number: Num) -> None:
        if number.unit in ("粉", "粉丝") and "粉" not in name:
            name = f"{name}粉丝"
        bare = _MADE.sub("", name)
        is_stretch = bool(_STRETCH.search(words)) and not _MUST.search(words)
        target = Target(
            words=name,
            unit=_unit_of(number, name),
            measure="" if number.unit in ("元", "块", "秒") else number.unit,
            is_at_most=number.compared == "≤",
            is_change=number.is_percent
            and bool(_CHANGE.search(words))
            and not re.search(r"[到至]\W*$", words),
        )
        self.targets.append(_put(target, number, "stretch" if is_stretch else "must"))
        self.wants_words = not bare or bare in ("新增", "净增", "增长", "涨")


def _written(number: Num) -> str:
    value = number.value * 100 if number.is_percent else number.value
    return f"{value.normalize():f}{'%' if number.is_percent else ''}{number.unit}"


def _is_breakdown(tokens: Sequence[Token]) -> bool:
    events = [token for token in tokens if isinstance(token, Num) and token.is_event]
    return (
        TIMES in tokens
        or len(events) > 1
        or (bool(events) and any(isinstance(token, Each) for token in tokens))
    )


def _made_of(tokens: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    """「新增粉丝 10,000 = 3 篇 × 3,000 + …」: the target, and what it is made of."""
    if EQUALS in tokens:
        at = list(tokens).index(EQUALS)
        if _is_breakdown(tokens[at + 1 :]):
            return tokens[:at], tokens[at + 1 :]
    return tokens, ()
