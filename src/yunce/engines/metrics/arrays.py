"""A linear formula over whole arrays of numbers at once."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from yunce.engines.metrics.trees import Code, Node, Number, Operation

Floats = NDArray[np.float64]
_SIGNS = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide}


def worked_out(tree: Node, values: Mapping[str, Floats]) -> Floats:
    """A gap (NaN) in any part is a gap, and so is what is too big to be worked out.

    >>> from yunce.engines.metrics.formula import parse
    >>> worked_out(parse("a + 2 * b"), {"a": np.array([1.0, np.nan]), "b": np.array([3.0, 4.0])})
    array([ 7., nan])
    """
    with np.errstate(all="ignore"):
        rows = np.asarray(_of(tree, values), dtype=np.float64)
    return np.where(np.isfinite(rows), rows, np.nan)


def _of(tree: Node, values: Mapping[str, Floats]) -> Floats | float:
    match tree:
        case Number(value):
            return value
        case Code(code):
            return values[code]
        case Operation(sign, left, right):
            done: Floats = _SIGNS[sign](_of(left, values), _of(right, values))
            return done
    raise AssertionError("a linear formula holds no functions over arrays")
