"""The formula language: numbers, metric codes, + − × ÷, parentheses; never run as code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from yunce.engines.metrics.errors import FormulaError
from yunce.kit.wording import gettext as _

LONGEST = 500  # characters; far above any real definition
DEEPEST = 50  # nested parentheses and signs; keeps the parser off Python's recursion limit
_TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<code>[^\W\d]\w*)|(?P<sign>[-+*/()]))")
_SIGNS = str.maketrans({"×": "*", "÷": "/", "−": "-", "·": "*"})


@dataclass(frozen=True)
class Number:
    value: float


@dataclass(frozen=True)
class Code:
    code: str


@dataclass(frozen=True)
class Operation:
    sign: str  # one of + - * /
    left: Node
    right: Node


Node = Number | Code | Operation


class Token(NamedTuple):
    kind: str  # number, code, sign or end
    text: str
    column: int  # from 1


def parse(text: str) -> Node:
    """The tree of a formula; FormulaError says what is wrong and at which character."""
    if len(text) > LONGEST:
        raise FormulaError(_("公式太长：最多 %(most)d 个字符。") % {"most": LONGEST})
    return _Parser(text).whole()


def columns(text: str) -> dict[str, int]:
    """Each code of a readable formula and the character (from 1) where it first stands."""
    found: dict[str, int] = {}
    for token in _tokens(text):
        if token.kind == "code":
            found.setdefault(token.text, token.column)
    return found


def codes(node: Node) -> frozenset[str]:
    """Every metric code a formula names."""
    match node:
        case Number():
            return frozenset()
        case Code(code):
            return frozenset({code})
        case Operation(_, left, right):
            return codes(left) | codes(right)


def evaluate(node: Node, value_of: Callable[[str], float | None]) -> float | None:
    """The value, or None when a part is missing or a divisor is zero."""
    match node:
        case Number(value):
            return value
        case Code(code):
            return value_of(code)
        case Operation(sign, left, right):
            return _combined(sign, evaluate(left, value_of), evaluate(right, value_of))


def is_linear(node: Node) -> bool:
    """Sums and multiples of metrics only: such a formula may be summed over days and accounts."""
    match node:
        case Number():
            return False
        case Code():
            return True
        case Operation("+" | "-", left, right):
            return (is_linear(left) or left == Number(0.0)) and is_linear(right)
        case Operation("*", left, right):
            return (is_linear(left) and not codes(right)) or (is_linear(right) and not codes(left))
        case Operation(_, left, right):
            return is_linear(left) and not codes(right)


def _combined(sign: str, left: float | None, right: float | None) -> float | None:
    if left is None or right is None or (sign == "/" and right == 0):
        return None
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            return left / right


def _tokens(text: str) -> Iterator[Token]:
    # Full-width signs count as the plain ones (Chinese input methods type them).
    plain = unicodedata.normalize("NFKC", text).translate(_SIGNS).rstrip()
    position = 0
    while position < len(plain):
        found = _TOKEN.match(plain, position)
        if found is None:
            raise _unreadable(plain, position)
        kind = str(found.lastgroup)
        yield Token(kind, found[kind], found.start(kind) + 1)
        position = found.end()
    yield Token("end", "", len(plain) + 1)


def _unreadable(text: str, position: int) -> FormulaError:
    rest = text[position:].lstrip()
    words = {"column": len(text) - len(rest) + 1, "character": rest[0]}
    message = _("公式第 %(column)d 个字符「%(character)s」看不懂：只能写数字、代码、+−×÷ 和括号。")
    return FormulaError(message % words)


class _Parser:
    """Recursive descent: sum → product → factor."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        node = self._sum()
        if self._next.kind != "end":
            raise self._unexpected()
        return node

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self, *signs: str) -> str | None:
        if self._next.kind != "sign" or self._next.text not in signs:
            return None
        self._at += 1
        return self._tokens[self._at - 1].text

    def _sum(self) -> Node:
        node = self._product()
        while sign := self._take("+", "-"):
            node = Operation(sign, node, self._product())
        return node

    def _product(self) -> Node:
        node = self._factor()
        while sign := self._take("*", "/"):
            node = Operation(sign, node, self._factor())
        return node

    def _factor(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise FormulaError(_("公式的括号套得太深：最多 %(most)d 层。") % {"most": DEEPEST})
        node = self._negated() if self._take("-") else self._atom()
        self._depth -= 1
        return node

    def _negated(self) -> Node:
        return Operation("-", Number(0.0), self._factor())

    def _atom(self) -> Node:
        if self._take("("):
            node = self._sum()
            if not self._take(")"):
                raise self._unexpected(_("这里应是右括号"))
            return node
        token = self._next
        if token.kind not in ("number", "code"):
            raise self._unexpected()
        self._at += 1
        return Number(float(token.text)) if token.kind == "number" else Code(token.text)

    def _unexpected(self, wanted: str = "") -> FormulaError:
        token = self._next
        wanted = wanted or _("这里应是数字、指标代码或左括号")
        if token.kind == "end":
            return FormulaError(_("公式没有写完：%(wanted)s。") % {"wanted": wanted})
        return FormulaError(
            _("公式第 %(column)d 个字符「%(text)s」不该在这里。")
            % {"column": token.column, "text": token.text}
        )
