"""预测准不准: how true the forecasts would have been on the team's own months; misses are told."""

from __future__ import annotations
