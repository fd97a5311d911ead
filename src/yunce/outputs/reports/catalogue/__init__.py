"""The reports there are: every module of this folder not starting with an underscore."""

from __future__ import annotations

from yunce.outputs.reports.catalogue._registry import reports
from yunce.outputs.reports.catalogue._report import Made, Report

__all__ = ["Made", "Report", "reports"]
