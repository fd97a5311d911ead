"""The semantic layer: defined metrics, stored facts, and one way to ask for numbers."""

from __future__ import annotations

from yunce.engines.metrics import formula
from yunce.engines.metrics.apart import Apart, is_level
from yunce.engines.metrics.asking import refused
from yunce.engines.metrics.bounds import check_period
from yunce.engines.metrics.cataloguing import Catalogue, catalogue
from yunce.engines.metrics.columns import FactColumns, Words
from yunce.engines.metrics.comparing import earlier_period, earlier_row
from yunce.engines.metrics.copying import CopyReport, MonthCopy, copy_facts
from yunce.engines.metrics.definitions import Dimension, Direction, Grain, Kind, Metric, Version
from yunce.engines.metrics.errors import (
    BadFactError,
    DefinitionError,
    FormulaError,
    MetricsError,
    NotAdditiveError,
    QueryError,
    StoreBusyError,
    StoreError,
    StoreUrlError,
    UnknownMetricError,
    UnknownVersionError,
)
from yunce.engines.metrics.objecting import objections
from yunce.engines.metrics.opening import STORE_SCHEMES, open_store
from yunce.engines.metrics.proposing import Proposal, problems_of, proposed
from yunce.engines.metrics.query import (
    COMPARISONS,
    PLAN,
    POST_ATTRIBUTES,
    Answer,
    AnswerRow,
    Closed,
    MetricQuery,
    least_covered,
)
from yunce.engines.metrics.stores import (
    Change,
    Comparison,
    Conflict,
    FactKey,
    FactRow,
    FactStore,
    Restatement,
    Revised,
    RowsPage,
    RowsQuery,
    StoredRow,
)

__all__ = [
    "COMPARISONS",
    "PLAN",
    "POST_ATTRIBUTES",
    "STORE_SCHEMES",
    "Answer",
    "AnswerRow",
    "Apart",
    "BadFactError",
    "Catalogue",
    "Change",
    "Closed",
    "Comparison",
    "Conflict",
    "CopyReport",
    "DefinitionError",
    "Dimension",
    "Direction",
    "FactColumns",
    "FactKey",
    "FactRow",
    "FactStore",
    "FormulaError",
    "Grain",
    "Kind",
    "Metric",
    "MetricQuery",
    "MetricsError",
    "MonthCopy",
    "NotAdditiveError",
    "Proposal",
    "QueryError",
    "Restatement",
    "Revised",
    "RowsPage",
    "RowsQuery",
    "StoreBusyError",
    "StoreError",
    "StoreUrlError",
    "StoredRow",
    "UnknownMetricError",
    "UnknownVersionError",
    "Version",
    "Words",
    "catalogue",
    "check_period",
    "copy_facts",
    "earlier_period",
    "earlier_row",
    "formula",
    "is_level",
    "least_covered",
    "objections",
    "open_store",
    "problems_of",
    "proposed",
    "refused",
]
