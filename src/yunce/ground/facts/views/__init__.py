"""Pages of definitions, of the rows behind a number, and of what is there and what is missing."""

from __future__ import annotations

from yunce.ground.facts.views._coverage import coverage, restatements
from yunce.ground.facts.views._definitions import metric, metrics
from yunce.ground.facts.views._own_metrics import change_metric, new_metric, preview_metric
from yunce.ground.facts.views._rows import rows

__all__ = [
    "change_metric",
    "coverage",
    "metric",
    "metrics",
    "new_metric",
    "preview_metric",
    "restatements",
    "rows",
]
