"""How a month will end, as a distribution: forecasts, targets, alerts, and their own back-test."""

from __future__ import annotations

from yunce.engines.forecasts.campaigns import Campaign
from yunce.engines.forecasts.distribution import LEVELS, Distribution
from yunce.engines.forecasts.evaluating import Backtest, OriginScore, Told, backtest
from yunce.engines.forecasts.events import Events
from yunce.engines.forecasts.evidence import Flag, Status
from yunce.engines.forecasts.forecasting import (
    Kind,
    MonthForecasts,
    forecast_month,
)
from yunce.engines.forecasts.pace import Level, PaceStatus, levels, needed_per_day, pace
from yunce.engines.forecasts.panel import Panel, panel_of
from yunce.engines.forecasts.proposing import Proposal, chance, propose
from yunce.engines.forecasts.published import PUBLISHED
from yunce.engines.forecasts.reading import PanelFileError, read_panel

__all__ = [
    "LEVELS",
    "PUBLISHED",
    "Backtest",
    "Campaign",
    "Distribution",
    "Events",
    "Flag",
    "Kind",
    "Level",
    "MonthForecasts",
    "OriginScore",
    "PaceStatus",
    "Panel",
    "PanelFileError",
    "Proposal",
    "Status",
    "Told",
    "backtest",
    "chance",
    "forecast_month",
    "levels",
    "needed_per_day",
    "pace",
    "panel_of",
    "propose",
    "read_panel",
]
