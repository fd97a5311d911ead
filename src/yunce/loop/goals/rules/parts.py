"""What a target is made of: the tree of its parts, whether it adds up, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from yunce.engines.metrics import Kind
from yunce.engines.targets import (
    Fit,
    Node,
    NodeKind,
    Reconciliation,
    TargetTreeError,
    Valued,
    needed,
    reconcile,
    value_of,
)
from yunce.kit.numbers import Unit, format_signed, format_value
from yunce.kit.wording import gettext as _

ROOT = "goal"
NAME_LENGTH = 40
UNIT_LENGTH = 8
SEGMENT_LENGTH = 60
MOST_PARTS = 80  # of one goal; more cannot be overseen
LEVELS = 6  # deeper trees hide what they say
HINTS = 3
STEPS = {Unit.COUNT: Decimal(1), Unit.YUAN: Decimal("0.01"), Unit.PERCENT: Decimal("0.0001")}


@dataclass(frozen=True)
class Piece:
    """A part, as far as counting needs it."""

    key: int
    parent: int | None
    name: str
    kind: str
    amount: Decimal | None = None
    weight: Decimal | None = None
    unit: str = ""  # of a factor: 场, 次


@dataclass(frozen=True)
class Hint:
    """One way to close a gap or take back a surplus: which part, to what."""

    key: str
    name: str
    amount: Decimal  # what the part would have to be
    more: Decimal  # by how much; negative is less
    words: str


def step_of(unit: Unit) -> Decimal:
    return STEPS.get(unit, Decimal("0.01"))


def root_kind(kind: Kind) -> NodeKind:
    """Rates are weighed by their bases; everything else adds up."""
    return NodeKind.RATIO if kind in (Kind.RATIO, Kind.MEAN) else NodeKind.SUM


def tree(name: str, kind: NodeKind, pieces: Iterable[Piece]) -> Node:
    """The goal's tree for `engines.targets`; an inner part nobody filled yet is unknown."""
    below: dict[int | None, list[Piece]] = {}
    for piece in pieces:
        below.setdefault(piece.parent, []).append(piece)
    return Node(ROOT, name, kind, parts=tuple(_node(piece, below) for piece in below.get(None, [])))


def _node(piece: Piece, below: Mapping[int | None, list[Piece]]) -> Node:
    kind, key, parts = NodeKind(piece.kind), str(piece.key), below.get(piece.key, [])
    if kind is NodeKind.LEAF or not parts:
        amount = piece.amount if kind is NodeKind.LEAF else None
        return Node(key, piece.name, amount=amount, weight=piece.weight)
    nodes = tuple(_node(part, below) for part in parts)
    return Node(key, piece.name, kind, parts=nodes, weight=piece.weight)


def formula_words(valued: Valued, *, units: Mapping[str, str], unit: Unit) -> str:
    """A product or ratio as it is read: 3 场 × 3,000; nothing for the rest.

    >>> from yunce.engines.targets import leaf, product
    >>> live = value_of(product("l", "直播", leaf("n", "场次", 3), leaf("e", "每场", 3000)))
    >>> formula_words(live, units={"n": "场"}, unit=Unit.COUNT)
    '3 场 × 3,000'
    """
    if valued.node.kind is NodeKind.PRODUCT:
        return " × ".join(_factor(part, units.get(part.node.key, "")) for part in valued.parts)
    if valued.node.kind is NodeKind.RATIO:
        return _("按基数加权：") + " + ".join(
            f"{format_value(part.value, unit)} × {format_value(part.node.weight)}"
            for part in valued.parts
        )
    return ""


def _factor(part: Valued, measure: str) -> str:
    written = "?" if part.value is None else format_value(part.value, Unit.COUNT, digits=4)
    return f"{written} {measure}" if measure else written


def fit_word(found: Reconciliation) -> str:
    return {
        Fit.EXACT: _("吻合"),
        Fit.GAP: _("缺口"),
        Fit.SURPLUS: _("超配"),
        Fit.UNKNOWN: _("待填"),
    }[found.fit]


def unknown_words(node: Node, target: Decimal, unit: Unit) -> str:
    """With one part unknown: what it must be. With more, which ones; with none, nothing."""
    missing = value_of(node).missing
    if not missing:
        return ""
    names = "、".join(f"「{_path(node, key)}」" for key in missing)
    if len(missing) > 1:
        return _("还有 {many} 处没有填：{names}。").format(many=len(missing), names=names)
    try:
        amount = needed(node, missing[0], target)
    except TargetTreeError as error:
        return str(error)
    if amount < 0:
        return _("其余部分已经超过目标，{name} 不用再填。").format(name=names)
    is_factor = next(within for leaf, within in _leaves(node) if leaf.key == missing[0])
    measure = Unit.COUNT if is_factor else unit
    shown = format_value(rounded(amount, measure, up=True), measure)
    return _("{name}要达到 {amount}。").format(name=names, amount=shown)


def rounded(amount: Decimal, unit: Unit, *, up: bool) -> Decimal:
    """To a whole step: up, so that a target is reached; down, so that it is not passed."""
    step = step_of(unit)
    rounding = ROUND_CEILING if up else ROUND_FLOOR
    return (amount / step).to_integral_value(rounding) * step


def hints(node: Node, target: Decimal, unit: Unit) -> tuple[Hint, ...]:
    """Ways to reach the target by one part alone, the smallest change first."""
    valued = value_of(node)
    found = reconcile(valued.value, target)
    if found.fit not in (Fit.GAP, Fit.SURPLUS):
        return ()
    ways = [
        (abs(hint.more) / base, hint)
        for leaf, in_product in _leaves(node)
        if (base := leaf.amount) and (hint := _hint(node, leaf, target, found, unit, in_product))
    ]
    ways.sort(key=lambda way: way[0])
    return tuple(hint for _change, hint in ways[:HINTS])


def _leaves(node: Node, *, in_product: bool = False) -> Iterable[tuple[Node, bool]]:
    if node.kind is NodeKind.LEAF:
        yield node, in_product
    for part in node.parts:
        yield from _leaves(part, in_product=in_product or node.kind is NodeKind.PRODUCT)


def _hint(
    node: Node, leaf: Node, target: Decimal, found: Reconciliation, unit: Unit, in_product: bool
) -> Hint | None:
    try:
        exact = needed(node, leaf.key, target)
    except TargetTreeError:
        return None
    measure = Unit.COUNT if in_product else unit
    amount = rounded(exact, measure, up=found.fit is Fit.GAP)
    more = amount - (leaf.amount or Decimal(0))
    if amount < 0 or more == 0:
        return None
    words = f"{_path(node, leaf.key)} {format_signed(more, measure)}"
    return Hint(leaf.key, leaf.name, amount, more, words)


def _path(node: Node, key: str) -> str:
    """「直播 · 每场」: a factor alone would not say whose it is."""
    for part in node.parts:
        if part.key == key:
            return part.name
        if any(below.key == key for below in part.walk()):
            return f"{part.name} · {_path(part, key)}"
    return node.name


def path_of(node: Node, key: str) -> str:
    return _path(node, key)


def segment_problem(segment: str) -> str:
    """A segment is a kind and a value: channel=扫码."""
    if not segment:
        return ""
    family, equals, value = segment.partition("=")
    if equals and family.strip() and value.strip():
        return ""
    return _("细分写成「种类=值」，例如「渠道=扫码」。现在是「{text}」。").format(text=segment)


def amount_problem(amount: Decimal | None) -> str:
    return _("分到的数不能是负数。") if amount is not None and amount < 0 else ""
