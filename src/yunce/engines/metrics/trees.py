"""A read formula: its parts, what they name, and working it out; never run as code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from operator import add, mul, sub, truediv

from yunce.engines.metrics.definitions import Kind
from yunce.engines.metrics.functions import FUNCTIONS, Function


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


@dataclass(frozen=True)
class Call:
    name: str  # of FUNCTIONS
    arguments: tuple[Node, ...]

    @property
    def function(self) -> Function:
        return FUNCTIONS[self.name]


Node = Number | Code | Operation | Call


def codes(node: Node) -> frozenset[str]:
    """Every metric code a formula names."""
    match node:
        case Number():
            return frozenset()
        case Code(code):
            return frozenset({code})
        case Operation(_, left, right):
            return codes(left) | codes(right)
        case Call(_, arguments):
            return frozenset().union(*map(codes, arguments))


def parts(node: Node) -> frozenset[Code | Call]:
    """What has to be known to work a formula out: metrics, and what stores find out by posts."""
    match node:
        case Number():
            return frozenset()
        case Code():
            return frozenset({node})
        case Operation(_, left, right):
            return parts(left) | parts(right)
        case Call(_, arguments):
            if node.function.apply is None:
                return frozenset({node})
            return frozenset().union(*map(parts, arguments))


def calls(node: Node) -> Iterator[Call]:
    """Every call, the ones inside others too."""
    match node:
        case Operation(_, left, right):
            yield from calls(left)
            yield from calls(right)
        case Call(_, arguments):
            yield node
            for argument in arguments:
                yield from calls(argument)


def written(node: Node, name_of: Callable[[str], str] = str) -> str:
    """The formula in one fixed way of writing."""
    match node:
        case Number(value):
            return f"{value:.15g}"
        case Code(code):
            return name_of(code)
        case Operation(sign, left, right):
            return f"({written(left, name_of)} {sign} {written(right, name_of)})"
        case Call(name, arguments):
            return f"{name}({', '.join(written(each, name_of) for each in arguments)})"


def evaluate(node: Node, value_of: Callable[[str], float | None]) -> float | None:
    """The value, or None when a part is missing, a divisor is zero or there is no such number.

    ``value_of`` is asked for codes, and for what stores find out by the call as it is ``written``.
    """
    match node:
        case Number(value):
            return value
        case Code(code):
            return value_of(code)
        case Operation(sign, left, right):
            return _combined(sign, evaluate(left, value_of), evaluate(right, value_of))
        case Call(_, arguments):
            apply = node.function.apply
            if apply is None:
                return value_of(written(node))
            given = evaluate(arguments[0], value_of)
            return None if given is None else _finite(apply(given))


def zero_divisor(node: Node, value_of: Callable[[str], float | None]) -> Node | None:
    """The first part something is divided by that is zero."""
    match node:
        case Operation(sign, left, right):
            if sign == "/" and evaluate(right, value_of) == 0:
                return right
            return zero_divisor(left, value_of) or zero_divisor(right, value_of)
        case Call(_, arguments):
            found = (zero_divisor(argument, value_of) for argument in arguments)
            return next((each for each in found if each), None)
        case _:
            return None


def is_zero(node: Node) -> bool:
    """Zero whatever the numbers are: 1 − 1, likes − likes, likes × 0."""
    match node:
        case Operation("-", left, right) if left == right:
            return True
        case Operation("+" | "-", left, right):
            return (is_zero(left) and is_zero(right)) or _comes_to_zero(node)
        case Operation("*", left, right):
            return is_zero(left) or is_zero(right)
        case Operation(_, left, _right):
            return is_zero(left)
        case _:
            return _comes_to_zero(node)


def _comes_to_zero(node: Node) -> bool:
    return not parts(node) and evaluate(node, lambda _name: None) == 0


def divisors(node: Node) -> Iterator[Node]:
    """Everything something is divided by, inside functions too."""
    match node:
        case Operation(sign, left, right):
            if sign == "/":
                yield right
            yield from divisors(left)
            yield from divisors(right)
        case Call(_, arguments):
            for argument in arguments:
                yield from divisors(argument)


def is_converted(node: Node) -> bool:
    """Something is times or over a number, which may turn it into another unit."""
    match node:
        case Operation(sign, left, right):
            scales = sign in "*/" and not (parts(left) and parts(right))
            return scales or is_converted(left) or is_converted(right)
        case Call(_, arguments):
            return any(map(is_converted, arguments))
        case _:
            return False


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
            return (is_linear(left) and not parts(right)) or (is_linear(right) and not parts(left))
        case Operation(_, left, right):
            return is_linear(left) and not parts(right)
        case Call():
            return node.function.kind is not Kind.RATIO


def is_sum(node: Node, is_sum_of: Callable[[str], bool]) -> bool:
    """Only metrics added to each other, perhaps each times a number."""
    match node:
        case Code(code):
            return is_sum_of(code)
        case Operation("+", left, right):
            return is_sum(left, is_sum_of) and is_sum(right, is_sum_of)
        case Operation("*", left, right):
            pairs = ((left, right), (right, left))
            return any(isinstance(a, Number) and is_sum(b, is_sum_of) for a, b in pairs)
        case Operation("/", left, right):
            return isinstance(right, Number) and is_sum(left, is_sum_of)
        case _:
            return False


def added_kinds(node: Node, kind_of: Callable[[str], Kind]) -> frozenset[Kind]:
    """The kinds of everything a formula names."""
    return frozenset(
        kind_of(part.code) if isinstance(part, Code) else part.function.kind for part in parts(node)
    )


def _combined(sign: str, left: float | None, right: float | None) -> float | None:
    if left is None or right is None or (sign == "/" and right == 0):
        return None
    return _finite(_OPERATORS[sign](left, right))


def _finite(value: float | None) -> float | None:
    """Too big to be worked out is unknown."""
    return value if value is not None and isfinite(value) else None


_OPERATORS: Mapping[str, Callable[[float, float], float]] = {
    "+": add,
    "-": sub,
    "*": mul,
    "/": truediv,
}
