"""Units and ways of adding up, as messages call them."""

from __future__ import annotations

from yunce.engines.metrics.definitions import Kind
from yunce.kit.numbers import Unit
from yunce.kit.wording import gettext as _


def unit_name(unit: Unit) -> str:
    """As the form has them to choose from."""
    match unit:
        case Unit.COUNT:
            return _("个数")
        case Unit.PERCENT:
            return _("百分比")
        case Unit.YUAN:
            return _("元")
        case Unit.SECOND:
            return _("秒")
        case Unit.SCORE:
            return _("指数")


def in_time(kind: Kind) -> str:
    """How an amount of many days is found."""
    match kind:
        case Kind.FLOW:
            return _("逐天相加")
        case Kind.DISTINCT:
            return _("按人去重，不能相加")
        case _:
            return _("取最后一次的数")
