"""From a task's words to its parts, clause by clause.

Read without knowing the goal: which of several numbers counts is decided by ``shares``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from yunce.engines.plantables.clauses import (
    SPELLS,
    before_equals,
    clauses,
    counts_like,
    follows,
    multiplies,
    repeats_event,
    split_at,
    spoken,
    with_event,
    words_beside,
)
from yunce.engines.plantables.measures import same_kind
from yunce.engines.plantables.parts import Amount, Factor, Part
from yunce.engines.plantables.tokens import (
    COLON,
    HARD,
    SOFT,
    TIMES,
    Each,
    Group,
    Num,
    Sign,
    Token,
    words_of,
)

_INSIDE = ("其中", "包括", "包含", "分别", "含")


_TOTALS = ("共", "合计", "总计", "累计", "总共")


@dataclass
class _Head:
    """A part being read."""

    words: list[str] = field(default_factory=list)
    count: Num | None = None
    each_unit: str = ""
    has_each: bool = False
    amounts: list[Amount] = field(default_factory=list)
    inside: list[Part] = field(default_factory=list)
    product: Part | None = None
    is_total: bool = False
    is_closed: bool = False  # 「每周 500（4 周）」: its count came last
    repeats: str = ""
    times: Decimal | None = None  # how many weeks of 「每周 2 场」

    def done(self) -> Part:
        if self.product is not None:
            return self.product
        count = self.count.value if self.count else None
        return Part(
            words=" ".join(filter(None, self.words)),
            count=count * self.times if count is not None and self.times else count,
            repeats="" if self.times else self.repeats,
            unit=self.count.unit if self.count else self.each_unit,
            amounts=tuple(self.amounts),
            inside=tuple(self.inside),
            is_total=self.is_total,
        )


def parts_of(tokens: Sequence[Token]) -> tuple[Part, ...]:
    """Every part an item of a task cell speaks of, in order."""
    reading = _Reading()
    for sign, clause in clauses(tokens):
        reading.take(sign, clause)
    return tuple(part for part in (head.done() for head in reading.heads) if _says_something(part))


def _says_something(part: Part) -> bool:
    if part.factors or part.amounts or part.inside:
        return True
    # 「共 4 周」 left over beside what it multiplied says nothing by itself.
    return part.count is not None and part.unit not in SPELLS


class _Reading:
    """Clause by clause; each says more of the part before it, or begins one."""

    def __init__(self) -> None:
        self.heads: list[_Head] = []
        self.names: list[str] = []  # 「测评、案例各 5 篇」: what 各 is of
        self.label = ""  # 「直播：」 before what it names
        self.is_inside = False  # after 「其中」

    def take(self, sign: Sign, clause: list[Token]) -> None:
        clause = before_equals(clause)
        if not clause:
            return
        if sign is HARD:
            self.is_inside = False
        if sign is not COLON:
            self.label = ""
        if TIMES in clause:
            self._take_product(clause)
        elif self._says_of_which(sign, clause):
            self.is_inside = True
            self._take_counted(clause)
        else:
            self._take_plain(sign, clause)

    def _says_of_which(self, sign: Sign, clause: list[Token]) -> bool:
        """「20 篇：10 篇…」 and 「20 篇，其中 10 篇…」."""
        if self._open_head(clause) is None:
            return False
        words = words_of(clause)
        return (sign is COLON and not self.label) or any(word in words for word in _INSIDE)

    def _take_plain(self, sign: Sign, clause: list[Token]) -> None:
        has_each = any(isinstance(token, Each) for token in clause)
        clause = with_event(clause, has_each=has_each)
        event = next((t for t in clause if isinstance(t, Num) and t.is_event), None)
        numbers = [t for t in clause if isinstance(t, Num) and t is not event]
        head = self.heads[-1] if self.heads else None
        if event is not None and head is not None and self._repeats(head, event):
            head.times = event.value
        elif event is not None and not self._completes(head, event):
            self._take_counted(clause)
        elif event is not None and head is not None:
            head.count, head.is_closed = event, True
            self._amounts(head, clause, numbers, is_each=True if has_each else None)
        elif numbers and words_of(clause).startswith(_TOTALS):
            self._take_amounts(HARD, clause, numbers)
        elif has_each or (numbers and head is not None and head.has_each and sign is not HARD):
            self._take_each(sign, clause, numbers)
        elif numbers:
            self._take_amounts(sign, clause, numbers)
        else:
            self._take_words(sign, clause)

    def _completes(self, head: _Head | None, event: Num) -> bool:
        """「每周 500，共 4 周」: the count of what each was said of."""
        if head is None or head.count is not None or not head.has_each or head.product:
            return False
        return bool(head.each_unit) and same_kind(head.each_unit, event.unit)

    def _repeats(self, head: _Head, event: Num) -> bool:
        """「每周 2 场直播，每场 1,000，共 4 周」."""
        return bool(head.repeats) and head.times is None and same_kind(head.repeats, event.unit)

    def _take_counted(self, clause: list[Token]) -> None:
        """「3 场视频直播（每场 ≥ 3,000）」 and 「每场 3,000 的直播 3 场」."""
        event = next((t for t in clause if isinstance(t, Num) and t.is_event), None)
        if event is None:
            self._take_words(SOFT, clause)
            return
        head = _Head(words=[self.label, words_of(clause)], count=event)
        self.label = ""
        split = [t for t in clause if isinstance(t, Each)]
        if (
            split
            and not split[0].unit
            and not split[0].is_after
            and follows(clause, split[0], event)
        ):
            self._take_split(clause, event)  # 「产品测评、用户案例各 5 篇」
            return
        numbers = [t for t in clause if isinstance(t, Num) and t is not event]
        is_each = True if split else None
        head.has_each, head.each_unit = bool(split), split[0].unit if split else ""
        if split and repeats_event(clause, split[0], event):
            head.repeats, is_each = split[0].unit, None
        parent = self._open_head(clause) if self.is_inside else None
        if parent is not None:
            parent.inside.append(replace(head.done(), words=_without_inside(head.done().words)))
            return
        self.heads.append(head)
        self._amounts(head, clause, numbers, is_each=is_each)

    def _take_split(self, clause: list[Token], event: Num) -> None:
        names = [*self.names, words_of(clause[: clause.index(event)])]
        self.names = []
        for name in filter(None, names):
            self.heads.append(_Head(words=[name.strip("和与及 ")], count=event))

    def _take_each(self, sign: Sign, clause: list[Token], numbers: list[Num]) -> None:
        each = next((t for t in clause if isinstance(t, Each)), None)
        head = self.heads[-1] if self.heads else None
        is_other = each is not None and head is not None and not self._goes_with(head, each)
        if head is None or head.product is not None or is_other:
            head = _Head(words=[self.label])
            self.label = ""
            self.heads.append(head)
        if each is not None:
            head.has_each = True
            head.each_unit = head.each_unit or each.unit
        if not head.words or not any(head.words):
            head.words = [words_of(clause)]
        self._amounts(head, clause, numbers, is_each=True)

    def _goes_with(self, head: _Head, each: Each) -> bool:
        if head.is_closed:
            return False
        if head.count is None:
            return same_kind(each.unit, head.each_unit)
        return same_kind(each.unit, head.count.unit) or each.unit in ("个", "次")

    def _take_amounts(self, sign: Sign, clause: list[Token], numbers: list[Num]) -> None:
        """「扫码 500」 by itself is a part; after 「3 场直播，」 it is said of them."""
        words = words_of(clause)
        is_total = any(words.startswith(word) for word in _TOTALS)
        head = self.heads[-1] if self.heads else None
        counted = head is not None and head.count is not None and head.product is None
        if counted and sign in (SOFT, COLON) and not is_total and head is not None:
            self._amounts(head, clause, numbers, is_each=None)
            return
        fresh = _Head(words=[self.label, words], is_total=is_total)
        self.label = ""
        self.heads.append(fresh)
        self._amounts(fresh, clause, numbers, is_each=False)

    def _take_words(self, sign: Sign, clause: list[Token]) -> None:
        words = words_of(clause)
        self.names = [*self.names, words] if words else []
        self.label = words
        for group in (t for t in clause if isinstance(t, Group)):
            for inner_sign, inner in clauses(group.tokens):
                self.take(SOFT if inner_sign is HARD else inner_sign, inner)

    def _amounts(
        self,
        head: _Head,
        clause: list[Token],
        numbers: list[Num],
        *,
        is_each: bool | None,
    ) -> None:
        for number in numbers:
            words = words_beside(clause, number)
            head.amounts.append(
                Amount(
                    words, number.value, number.unit, number.is_percent, is_each, number.compared
                )
            )
        for group in (t for t in clause if isinstance(t, Group)):
            self._take_group(head, group)

    def _take_group(self, head: _Head, group: Group) -> None:
        """Brackets say more of what stands before them: of which, what each, which days."""
        inner = [clause for _sign, clause in clauses(group.tokens)]
        counted = [c for c in inner if head.count and counts_like(c, head.count)]
        if counted and head.count:
            head.inside += parts_of(group.tokens)
            return
        made = [c for c in inner if head.count and multiplies(c, head.count)]
        if made:
            factors = tuple(_factor(tokens) for tokens in split_at(made[0], TIMES))
            head.product = Part(words=" ".join(filter(None, head.words)), factors=factors)
            return
        for sign, clause in clauses(group.tokens):
            self.take(SOFT if sign is HARD else sign, clause)

    def _take_product(self, clause: list[Token]) -> None:
        factors = tuple(_factor(tokens) for tokens in split_at(clause, TIMES))
        words = [self.label, *(factor.words for factor in factors)]
        self.label = ""
        self.heads.append(
            _Head(product=Part(words=" × ".join(filter(None, words)), factors=factors))
        )

    def _open_head(self, clause: list[Token]) -> _Head | None:
        """The part 「其中」 is of: counted in the same things, nothing else said of it yet."""
        event = next((t for t in clause if isinstance(t, Num) and t.is_event), None)
        head = self.heads[-1] if self.heads else None
        if event is None or head is None or head.count is None or head.amounts or head.has_each:
            return None
        return head if head.count.unit == event.unit else None


def _without_inside(words: str) -> str:
    for word in _INSIDE:
        words = words.replace(word, "")
    return words.strip()


def _factor(tokens: Sequence[Token]) -> Factor:
    numbers = [token for token in tokens if isinstance(token, Num)]
    words = spoken(tokens)
    if numbers:
        return Factor(words, numbers[0].value, numbers[0].unit)
    for group in (token for token in tokens if isinstance(token, Group)):
        if parts := parts_of(group.tokens):
            return Factor(words, parts=parts)
    return Factor(words)
