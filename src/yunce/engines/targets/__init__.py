"""How a target is made up: trees of parts that must add up, and quantities day by day."""

from __future__ import annotations

from yunce.engines.targets.curves import by_week, expected_by, shared_out, spread
from yunce.engines.targets.errors import TargetTreeError
from yunce.engines.targets.reconciling import Fit, Reconciliation, reconcile
from yunce.engines.targets.solving import needed, resplit
from yunce.engines.targets.trees import (
    Node,
    NodeKind,
    Valued,
    leaf,
    product,
    ratio,
    total,
    value_of,
)

__all__ = [
    "Fit",
    "Node",
    "NodeKind",
    "Reconciliation",
    "TargetTreeError",
    "Valued",
    "by_week",
    "expected_by",
    "leaf",
    "needed",
    "product",
    "ratio",
    "reconcile",
    "resplit",
    "shared_out",
    "spread",
    "total",
    "value_of",
]
