"""Formulas by the grammar, each with a second opinion of what it gives, in plain Python."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hypothesis import strategies as st

Value = float | None
Values = Mapping[str, float]


@dataclass(frozen=True)
class World:
    """What is known: of the whole by code, and of each post, first and last."""

    values: Mapping[str, Value]
    firsts: Sequence[Values] = ()
    lasts: Sequence[Values] = ()
    days: int = 0


class Written(NamedTuple):
    text: str
    work_out: Callable[[World], Value]


Formulas = st.SearchStrategy[Written]
SIGNS: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
NUMBERS = ("0", "1", "2", "0.5", "3", "100", "1000000000000000", "0.000000000000001")


def finite(value: Value) -> Value:
    return value if value is not None and math.isfinite(value) else None


def joined(sign: str, left: Value, right: Value) -> Value:
    if left is None or right is None or (sign == "/" and right == 0):
        return None
    return finite(SIGNS[sign](left, right))


def number(text: str) -> Written:
    return Written(text, lambda _world: float(text))


def code(name: str) -> Written:
    return Written(name, lambda world: world.values[name])


def in_brackets(inside: Written) -> Written:
    return Written(f"({inside.text})", inside.work_out)


def negated(inside: Written) -> Written:
    return Written(f"-{inside.text}", lambda world: joined("-", 0.0, inside.work_out(world)))


def in_a_row(first: Written, rest: Sequence[tuple[str, Written]]) -> Written:
    """a + b − c: from the left."""

    def work_out(world: World) -> Value:
        value = first.work_out(world)
        for sign, part in rest:
            value = joined(sign, value, part.work_out(world))
        return value

    text = "".join([first.text, *(f" {sign} {part.text}" for sign, part in rest)])
    return Written(text, work_out)


def ln(inside: Written) -> Written:
    def work_out(world: World) -> Value:
        value = inside.work_out(world)
        return math.log(value) if value is not None and value > 0 else None

    return Written(f"ln({inside.text})", work_out)


def square(inside: Written) -> Written:
    def work_out(world: World) -> Value:
        value = inside.work_out(world)
        return joined("*", value, value)

    return Written(f"square({inside.text})", work_out)


def posts_sum(inside: Written) -> Written:
    return _over_posts("posts_sum", inside, math.fsum)


def posts_max(inside: Written) -> Written:
    return _over_posts("posts_max", inside, max)


def _over_posts(name: str, inside: Written, gather: Callable[[list[float]], float]) -> Written:
    """One post without the value makes it unknown."""

    def work_out(world: World) -> Value:
        values = [inside.work_out(World(post)) for post in world.lasts]
        known = [value for value in values if value is not None]
        return gather(known) if len(known) == len(values) else None

    return Written(f"{name}({inside.text})", work_out)


def of_posts(name: str) -> Sequence[Written]:
    """The other functions of posts; all posts are of the period, so all of it is growth."""
    return (
        Written(f"posts_count({name})", lambda world: float(len(world.lasts))),
        Written(f"growth({name})", lambda world: math.fsum(p[name] for p in world.lasts)),
        Written(f"at_age({name}, 1, 1)", lambda world: math.fsum(p[name] for p in world.firsts)),
    )


def grown(leaves: Formulas, functions: Sequence[Callable[[Written], Written]]) -> Formulas:
    """Everything the grammar makes of some leaves."""

    def wider(inside: Formulas) -> Formulas:
        calls = [inside.map(function) for function in functions]
        factors = st.one_of(leaves, inside.map(in_brackets), leaves.map(negated), *calls)
        products = _rows(factors, "*/")
        return st.one_of(products, _rows(products, "+-"))

    return st.recursive(leaves, wider, max_leaves=5)


def _rows(parts: Formulas, signs: str) -> Formulas:
    rest = st.lists(st.tuples(st.sampled_from(signs), parts), min_size=1, max_size=2)
    return st.builds(in_a_row, parts, rest)


def formulas(codes: Sequence[str], post_codes: Sequence[str]) -> Formulas:
    numbers = st.sampled_from(NUMBERS).map(number)
    post_leaves = st.one_of(st.sampled_from(post_codes).map(code), numbers)
    of_single_posts = grown(post_leaves, ())
    named = st.sampled_from([*codes, *post_codes]).map(code)
    gathered = st.sampled_from([each for name in post_codes for each in of_posts(name)])
    leaves = st.one_of(
        named,
        named,
        numbers,
        st.just(Written("days()", lambda world: float(world.days))),
        of_single_posts.map(posts_sum),
        of_single_posts.map(posts_max),
        gathered,
    )
    return grown(leaves, (ln, square))
