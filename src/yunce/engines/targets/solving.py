"""What one part must be for the whole to reach its target, and splitting anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from yunce.engines.targets.curves import shared_out
from yunce.engines.targets.errors import TargetTreeError
from yunce.engines.targets.trees import Node, NodeKind, value_of
from yunce.kit.wording import gettext as _


def needed(tree: Node, key: str, target: Decimal) -> Decimal:
    """The amount the leaf ``key`` must have so that the tree comes to ``target``, exactly.

    Every leaf enters a tree once, so the value is a straight line in it: two readings tell it.
    TargetTreeError: the leaf is not there, other parts are unknown, or it cannot move the whole
    (a factor beside it is 0). The answer may be negative: the rest is already too much.

    >>> from yunce.engines.targets.trees import leaf, product
    >>> factors = leaf("n", "场次", 2), leaf("o", "每场订单"), leaf("p", "客单价", 500)
    >>> gmv = product("g", "GMV", *factors)
    >>> needed(gmv, "o", Decimal(3_000_000))
    Decimal('3000')
    """
    node = tree.find(key)
    if node.kind is not NodeKind.LEAF:
        raise TargetTreeError(_("「{name}」由下级算出，请选一个最末级。").format(name=node.name))
    at_nought, at_one = (_value_with(tree, key, Decimal(amount)) for amount in (0, 1))
    slope = at_one - at_nought
    if slope == 0:
        raise TargetTreeError(
            _("「{name}」改成多少都不影响合计：和它相乘的部分是 0。").format(name=node.name)
        )
    return (target - at_nought) / slope


def _value_with(tree: Node, key: str, amount: Decimal) -> Decimal:
    valued = value_of(with_amount(tree, key, amount))
    if valued.value is None:
        unknown = "、".join(f"「{tree.find(each).name}」" for each in valued.missing)
        sentence = (
            _("还有{unknown}没有填，只能有一个未知数。").format(unknown=unknown)
            if unknown
            else _("分母合计是 0，算不出来。")
        )
        raise TargetTreeError(sentence)
    return valued.value


def with_amount(tree: Node, key: str, amount: Decimal | None) -> Node:
    """The tree with one leaf's amount changed; the old tree stays as it was."""
    if tree.key == key:
        return replace(tree, amount=amount)
    return replace(tree, parts=tuple(with_amount(part, key, amount) for part in tree.parts))


def resplit(
    amounts: Mapping[str, Decimal], key: str, amount: Decimal, *, step: Decimal = Decimal(1)
) -> dict[str, Decimal]:
    """One part of a sum is set; the others share what is left in their old proportions.

    The sum stays what it was, to the last ``step``. When the others were all 0 they share evenly.
    TargetTreeError: there are no others, or the part would be more than the whole.

    >>> resplit({"a": Decimal(60), "b": Decimal(30), "c": Decimal(10)}, "a", Decimal(20))
    {'a': Decimal('20'), 'b': Decimal('60'), 'c': Decimal('20')}
    """
    if key not in amounts or len(amounts) < 2:
        raise TargetTreeError(_("至少要有两个部分才能重新分配。"))
    whole = sum(amounts.values(), Decimal(0))
    rest = whole - amount
    if amount < 0 or rest < 0:
        raise TargetTreeError(
            _("这一部分应在 0 到合计 {whole} 之间。").format(whole=f"{whole.normalize():f}")
        )
    others = {name: value for name, value in amounts.items() if name != key}
    if not any(others.values()):
        others = dict.fromkeys(others, Decimal(1))
    shares = shared_out(rest, others, step=step)
    return {name: amount if name == key else shares[name] for name in amounts}
