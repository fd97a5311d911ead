"""A task's tokens clause by clause, and what can be told of one clause alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from yunce.engines.plantables.measures import same_kind
from yunce.engines.plantables.tokens import (
    COLON,
    EQUALS,
    HARD,
    PLUS,
    SOFT,
    TIMES,
    Each,
    Group,
    Num,
    Sign,
    Token,
    Word,
    words_of,
)

SPELLS = ("周", "星期", "天", "日", "个月")


def clauses(tokens: Iterable[Token]) -> Iterator[tuple[Sign, list[Token]]]:
    """Each clause with the sign before it; the first stands after a full stop, as it were."""
    sign: Sign = HARD
    clause: list[Token] = []
    for token in tokens:
        if token in (PLUS, SOFT, COLON, HARD):
            yield sign, clause
            assert isinstance(token, Sign)  # noqa: S101  narrows
            sign, clause = token, []
        else:
            clause.append(token)
    yield sign, clause


def with_event(clause: list[Token], *, has_each: bool) -> list[Token]:
    """「直播 3，每次 3,000」 without a unit: the first of two numbers is how many."""
    numbers = [token for token in clause if isinstance(token, Num)]
    if not has_each or len(numbers) < 2 or any(number.is_event for number in numbers):
        return clause
    first = numbers[0]
    if first.unit or first.compared or first.is_percent or first.value > 100:
        return clause
    return [replace(first, is_event=True) if token is first else token for token in clause]


def counts_like(clause: Sequence[Token], count: Num) -> bool:
    has_each = any(isinstance(token, Each) for token in clause)
    return not has_each and any(
        isinstance(token, Num) and token.is_event and token.unit == count.unit for token in clause
    )


def multiplies(clause: Sequence[Token], count: Num) -> bool:
    """「3 场直播（3,000 × 3）」 works out what stands before the bracket."""
    values = [token.value for token in clause if isinstance(token, Num)]
    return TIMES in clause and count.value in values


def repeats_event(clause: Sequence[Token], each: Each, event: Num) -> bool:
    """「每周 2 场」: the doing comes back."""
    is_spell = each.unit in SPELLS and not same_kind(each.unit, event.unit)
    return is_spell and not each.is_after and follows(clause, each, event)


def follows(clause: Sequence[Token], each: Each, event: Num) -> bool:
    return clause.index(each) < clause.index(event)


def before_equals(clause: list[Token]) -> list[Token]:
    """「3 × 3,000 = 9,000」: what stands behind is worked out anew."""
    if EQUALS not in clause:
        return clause
    before = clause[: clause.index(EQUALS)]
    return before if any(isinstance(t, Num | Group) for t in before) else clause[len(before) + 1 :]


def words_beside(clause: Sequence[Token], number: Num) -> str:
    """The words of this number: those between the number before and it, else those behind it."""
    at = next(i for i, token in enumerate(clause) if token is number)
    before: list[Token] = []
    for token in reversed(clause[:at]):
        if isinstance(token, Num):
            break
        before.insert(0, token)
    behind: list[Token] = []
    for token in clause[at + 1 :]:
        if isinstance(token, Num):
            break
        behind.append(token)
    return words_of(before) or words_of(behind)


def split_at(tokens: Sequence[Token], sign: Sign) -> list[list[Token]]:
    groups: list[list[Token]] = [[]]
    for token in tokens:
        if token == sign:
            groups.append([])
        else:
            groups[-1].append(token)
    return groups


def spoken(tokens: Sequence[Token]) -> str:
    said = (f"每{t.unit}" if isinstance(t, Each) else t.text for t in tokens
            if isinstance(t, Word | Each))  # fmt: skip
    return "".join(said).strip()
