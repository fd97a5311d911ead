"""The formula language: numbers, codes, functions, + − × ÷, parentheses; reading it into a tree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from yunce.engines.metrics.errors import FormulaError, did_you_mean
from yunce.engines.metrics.functions import FUNCTIONS, Function
from yunce.engines.metrics.trees import (
    Call,
    Code,
    Node,
    Number,
    Operation,
    added_kinds,
    calls,
    codes,
    divisors,
    evaluate,
    is_linear,
    is_sum,
    parts,
    written,
    zero_divisor,
)
from yunce.kit.wording import gettext as _

__all__ = [
    "Call",
    "Code",
    "Node",
    "Number",
    "Operation",
    "added_kinds",
    "calls",
    "codes",
    "columns",
    "divisors",
    "evaluate",
    "is_linear",
    "is_sum",
    "parse",
    "parts",
    "written",
    "zero_divisor",
]

LONGEST = 500  # characters; far above any real definition
DEEPEST = 50  # nested parentheses and signs; keeps the parser off Python's recursion limit
MOST_STEPS = 40  # operations and calls, and so deep a tree: pages draw it piece inside piece
MOST_INSIDE = 15  # of them in the brackets of a function of posts, which becomes SQL
LARGEST = 1e15  # number; further ones are no longer exact
SMALLEST = 1 / LARGEST  # beside 0; so no sum inside a function of posts is too big for a store
MOST_DAYS = 3650  # a function may be told
_TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<code>[^\W\d]\w*)|(?P<sign>[-+*/(),]))")
_SIGNS = str.maketrans({"×": "*", "÷": "/", "−": "-", "·": "*"})


class Token(NamedTuple):
    kind: str  # number, code, sign or end
    text: str
    column: int  # from 1


@lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """The tree of a formula; FormulaError says what is wrong and at which character."""
    if len(text) > LONGEST:
        raise FormulaError(
            _("公式太长：最多 %(most)d 个字符，请分成几个指标来写。") % {"most": LONGEST}
        )
    return _Parser(text).whole()


def columns(text: str) -> dict[str, int]:
    """Each code of a readable formula and the character (from 1) where it first stands."""
    found: dict[str, int] = {}
    for token, after in pairwise(_tokens(text)):
        if token.kind == "code" and after.text != "(":
            found.setdefault(token.text, token.column)
    return found


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


def _is_days(node: Node) -> bool:
    return isinstance(node, Number) and node.value.is_integer()


def _too_many_days(node: Node) -> bool:
    return isinstance(node, Number) and node.value > MOST_DAYS


def _check_brackets(
    token: Token, function: Function, arguments: Sequence[Node], steps: int
) -> None:
    words = {"column": token.column, "name": token.text, "example": function.example}
    plain = arguments[len(arguments) - function.numbers :]
    if len(arguments) != function.takes or not all(map(_is_days, plain)):
        raise FormulaError(
            _("公式第 %(column)d 个字符「%(name)s」的括号里不对，应像这样写：%(example)s。") % words
        )
    if any(map(_too_many_days, plain)):
        raise FormulaError(
            _("公式第 %(column)d 个字符「%(name)s」里的天数太多：最多 %(most)d 天。")
            % {**words, "most": MOST_DAYS}
        )
    if function.of_posts and steps > MOST_INSIDE:
        raise FormulaError(
            _("公式第 %(column)d 个字符「%(name)s」的括号里超过 %(most)d 步运算，请写短些。")
            % {**words, "most": MOST_INSIDE}
        )


def _number(token: Token) -> Number:
    value = float(token.text)
    if value > LARGEST:
        words = {"column": token.column, "most": f"{LARGEST:.0f}"}
        raise FormulaError(_("公式第 %(column)d 个字符起的数太大：最大可以写 %(most)s。") % words)
    if value < SMALLEST and token.text.strip("0."):
        raise FormulaError(
            _("公式第 %(column)d 个字符起的数太小：最多写 15 位小数。") % {"column": token.column}
        )
    return Number(value)


class _Parser:
    """Recursive descent: sum → product → factor."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._at = 0
        self._depth = 0
        self._steps = 0

    def whole(self) -> Node:
        node = self._sum()
        if self._next.kind != "end":
            raise self._unexpected(_("这里应是 +、−、×、÷，或公式到此为止"))
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
            self._step()
            node = Operation(sign, node, self._product())
        return node

    def _product(self) -> Node:
        node = self._factor()
        while sign := self._take("*", "/"):
            self._step()
            node = Operation(sign, node, self._factor())
        return node

    def _factor(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise FormulaError(
                _("公式的括号套得太深：最多 %(most)d 层，请去掉几层。") % {"most": DEEPEST}
            )
        node = self._negated() if self._take("-") else self._atom()
        self._depth -= 1
        return node

    def _step(self) -> None:
        """One more operation, whose sign or bracket was taken last."""
        self._steps += 1
        if self._steps > MOST_STEPS:
            words = {"column": self._tokens[self._at - 1].column, "most": MOST_STEPS}
            raise FormulaError(
                _("公式到第 %(column)d 个字符已超过 %(most)d 步运算，请分成几个指标来写。") % words
            )

    def _negated(self) -> Node:
        self._step()
        return Operation("-", Number(0.0), self._factor())

    def _atom(self) -> Node:
        if self._take("("):
            node = self._sum()
            if not self._take(")"):
                raise self._unexpected(_("这里应是右括号"))
            return node
        token = self._next
        if token.kind not in ("number", "code"):
            raise self._unexpected(_("这里应是数字、指标代码或左括号"))
        self._at += 1
        if token.kind == "number":
            return _number(token)
        return self._call(token) if self._take("(") else Code(token.text)

    def _call(self, token: Token) -> Node:
        self._step()
        function = FUNCTIONS.get(token.text)
        words = {"column": token.column, "name": token.text}
        if function is None:
            words["near"] = did_you_mean(token.text, FUNCTIONS) or _("有这些函数：%(names)s。") % {
                "names": "、".join(FUNCTIONS)
            }
            raise FormulaError(_("公式第 %(column)d 个字符「%(name)s」不是函数。%(near)s") % words)
        before = self._steps
        arguments = self._arguments()
        _check_brackets(token, function, arguments, self._steps - before)
        return Call(function.name, tuple(arguments))

    def _arguments(self) -> list[Node]:
        if self._take(")"):
            return []
        self._depth += 1
        if self._depth > DEEPEST:
            raise FormulaError(
                _("公式的括号套得太深：最多 %(most)d 层，请去掉几层。") % {"most": DEEPEST}
            )
        arguments = [self._sum()]
        while self._take(","):
            arguments.append(self._sum())
        self._depth -= 1
        if not self._take(")"):
            raise self._unexpected(_("这里应是右括号"))
        return arguments

    def _unexpected(self, wanted: str) -> FormulaError:
        token = self._next
        if token.kind == "end":
            return FormulaError(_("公式没有写完：%(wanted)s。") % {"wanted": wanted})
        return FormulaError(
            _("公式第 %(column)d 个字符「%(text)s」不该在这里：%(wanted)s。")
            % {"column": token.column, "text": token.text, "wanted": wanted}
        )
