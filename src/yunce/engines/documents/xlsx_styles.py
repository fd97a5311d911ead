"""Cell styles of a workbook, each made once however many cells wear it."""

from __future__ import annotations

from typing import Any

import xlsxwriter

from yunce.engines.documents.outline import Align, Tone
from yunce.engines.documents.palette import FONT, HEADER_FILL, INK, LINE, MUTED, TONES

BODY_SIZE = 10
HIGHEST = 408.75  # points: the tallest row Excel draws
DEFAULT_FORMAT = {"font_name": FONT, "font_size": BODY_SIZE}
_WRAPPED = {**DEFAULT_FORMAT, "text_wrap": True, "valign": "vcenter", "font_color": f"#{INK}"}
_BOXED = {**_WRAPPED, "border": 1, "border_color": f"#{LINE}"}


class Styles:
    """Asks by meaning (a heading, a header, a cell in a tone), gives a format of the workbook."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def text(self, *, size: float = BODY_SIZE, bold: bool = False, muted: bool = False) -> Any:
        """Text outside a table."""
        colour = MUTED if muted else INK
        return self._style(
            {**_WRAPPED, "font_size": size, "bold": bold, "font_color": f"#{colour}"}
        )

    def header(self, *, helper: bool) -> Any:
        """The title of a column; one that only serves formulas is muted."""
        wanted = {**_BOXED, "bg_color": f"#{HEADER_FILL}", "align": "center", "bold": not helper}
        return self._style(wanted | ({"font_color": f"#{MUTED}"} if helper else {}))

    def cell(
        self, *, bold: bool, tone: Tone, align: Align, number_format: str, quoted: bool, top: bool
    ) -> Any:
        """A cell of a table; a quoted one stays text when somebody edits it."""
        wanted = {**_BOXED, "bold": bold, "align": align, "font_color": f"#{TONES[tone]}"}
        if number_format:
            wanted["num_format"] = number_format
        if top:
            wanted["valign"] = "top"
        if align != "center":
            wanted["indent"] = 1
        return self._style({**wanted, "quote_prefix": quoted})

    def _style(self, properties: dict[str, Any]) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]
