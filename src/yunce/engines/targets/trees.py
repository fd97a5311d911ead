"""A target's tree: leaves with amounts, joined by adding, multiplying or weighing (DOMAIN §3).

An amount nobody knows yet is None: it is never taken for zero, and everything above it is unknown
until it is known, or is solved for (``solving.needed``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from yunce.engines.targets.errors import TargetTreeError
from yunce.kit.wording import gettext as _

DEEPEST = 12


class NodeKind(StrEnum):
    """How a node's value comes about."""

    LEAF = "leaf"  # an amount somebody wrote
    SUM = "sum"  # parts add up: followers, orders
    PRODUCT = "product"  # factors multiply: livestreams × orders each × price
    RATIO = "ratio"  # rates weighed by their bases: Σ base × rate ÷ Σ base


@dataclass(frozen=True)
class Node:
    """One node; compare trees by value."""

    key: str  # unique inside its tree
    name: str  # zh, as people wrote it
    kind: NodeKind = NodeKind.LEAF
    amount: Decimal | None = None  # of a leaf; rates are fractions; None = not known yet
    parts: tuple[Node, ...] = ()  # of every other kind
    weight: Decimal | None = None  # under a ratio: the base its rate is of (or a share of it)

    def __post_init__(self) -> None:
        if self.kind is NodeKind.LEAF and self.parts:
            raise TargetTreeError(_("「{name}」有下级，不能再写数值。").format(name=self.name))

    def walk(self) -> Iterator[Node]:
        yield self
        for part in self.parts:
            yield from part.walk()

    def find(self, key: str) -> Node:
        """TargetTreeError when there is none."""
        for node in self.walk():
            if node.key == key:
                return node
        raise TargetTreeError(_("这棵拆解树里没有「{key}」。").format(key=key))


@dataclass(frozen=True)
class Valued:
    """A node with what its parts come to."""

    node: Node
    value: Decimal | None
    missing: tuple[str, ...]  # keys of leaves (or weights' owners) not known yet
    parts: tuple[Valued, ...] = field(default=())

    @property
    def numerator(self) -> Decimal | None:
        """Under a ratio: what this part adds to the numerator (base × rate)."""
        if self.value is None or self.node.weight is None:
            return None
        return self.value * self.node.weight

    def walk(self) -> Iterator[Valued]:
        yield self
        for part in self.parts:
            yield from part.walk()


def leaf(
    key: str, name: str, amount: Decimal | int | None = None, *, weight: Decimal | int | None = None
) -> Node:
    return Node(
        key,
        name,
        amount=None if amount is None else Decimal(amount),
        weight=None if weight is None else Decimal(weight),
    )


def total(key: str, name: str, *parts: Node) -> Node:
    """Parts that add up.

    >>> live = product("l", "直播", leaf("n", "场次", 3), leaf("e", "每场", 3000))
    >>> value_of(total("g", "新增粉丝", live)).value
    Decimal('9000')
    """
    return Node(key, name, NodeKind.SUM, parts=parts)


def product(key: str, name: str, *parts: Node) -> Node:
    return Node(key, name, NodeKind.PRODUCT, parts=parts)


def ratio(key: str, name: str, *parts: Node) -> Node:
    """Rates weighed by their bases; never added."""
    return Node(key, name, NodeKind.RATIO, parts=parts)


def value_of(node: Node) -> Valued:
    """What the tree comes to, exactly. TargetTreeError: repeated keys, or too deep."""
    keys = [each.key for each in node.walk()]
    if len(set(keys)) != len(keys):
        raise TargetTreeError(_("拆解树里有两个部分用了同一个编号。"))
    return _value_of(node, depth=0)


def _value_of(node: Node, *, depth: int) -> Valued:
    if depth > DEEPEST:
        raise TargetTreeError(_("拆解最多 {most} 层。").format(most=DEEPEST))
    if node.kind is NodeKind.LEAF:
        return Valued(node, node.amount, () if node.amount is not None else (node.key,))
    parts = tuple(_value_of(part, depth=depth + 1) for part in node.parts)
    missing = tuple(key for part in parts for key in part.missing)
    if node.kind is NodeKind.RATIO:
        missing += tuple(p.key for p in node.parts if p.weight is None and p.key not in missing)
    value = None if missing or not parts else _joined(node.kind, parts)
    return Valued(node, value, missing, parts)


def _joined(kind: NodeKind, parts: tuple[Valued, ...]) -> Decimal | None:
    values = [part.value for part in parts]
    if any(value is None for value in values):
        return None
    known = [value for value in values if value is not None]
    if kind is NodeKind.SUM:
        return sum(known, Decimal(0))
    if kind is NodeKind.PRODUCT:
        result = Decimal(1)
        for value in known:
            result *= value
        return result
    base = sum((part.node.weight or Decimal(0) for part in parts), Decimal(0))
    return None if base == 0 else sum((p.numerator or Decimal(0) for p in parts), Decimal(0)) / base
