"""Charts in a workbook: drawn on their sheet, their numbers folded away on a hidden one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yunce.engines.documents.charts import Charts
from yunce.engines.documents.drawn_charts import plotted
from yunce.kit.wording import gettext as _

HEIGHT = 180.0  # points of the row a chart stands in
_PIXELS = 96 / 72  # of a point
_CHARACTER = 7  # pixels
_MARGIN = 6  # pixels left free below


class ChartSheet:
    """The hidden sheet; made when the first chart comes."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._sheet: Any = None
        self._row = 0

    def insert(self, worksheet: Any, row_of: Charts, *, row: int, widths: Sequence[float]) -> None:
        """One row's charts over the width of the sheet."""
        if self._sheet is None:
            self._sheet = self._workbook.add_worksheet(_("图表数据"))
            self._sheet.hide()
        each = sum(widths) * _CHARACTER / len(row_of.charts)
        for at, chart in enumerate(row_of.charts):
            drawn = plotted(self._workbook, self._sheet, chart, top=self._row)
            self._row += len(chart.categories) + 2
            drawn.set_size({"width": each - _MARGIN, "height": HEIGHT * _PIXELS - _MARGIN})
            place = {"x_offset": at * each, "description": chart.description}
            worksheet.insert_chart(row, 0, drawn, place)
