"""An outline as an Excel workbook: live formulas, frozen header, ready to print on A4."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import xlsxwriter

from yunce.engines.documents.outline import Outline
from yunce.engines.documents.palette import FONT
from yunce.engines.documents.sheets import sheets_of
from yunce.engines.documents.wording import clean
from yunce.engines.documents.xlsx_charts import ChartSheet
from yunce.engines.documents.xlsx_sheet import SheetWriter
from yunce.engines.documents.xlsx_styles import DEFAULT_FORMAT, Styles
from yunce.kit.wording import gettext as _

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def workbook_bytes(outline: Outline) -> bytes:
    """The finished file."""
    buffer = BytesIO()
    # A copy: the library writes into what it is given, and the next file would come out different.
    options = {**_OPTIONS, "default_format_properties": {**DEFAULT_FORMAT}}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        workbook.set_properties(_properties(outline))
        styles = Styles(workbook)
        charts = ChartSheet(workbook)
        for number, sheet in enumerate(sheets_of(outline)):
            worksheet = workbook.add_worksheet(sheet.name)
            _set_up_page(worksheet, outline)
            SheetWriter(
                worksheet, styles, outline, sheet, charts=charts, is_first=number == 0
            ).write()
    return buffer.getvalue()


def _properties(outline: Outline) -> dict[str, str | datetime]:
    return {
        "title": clean(outline.title),
        "subject": clean(outline.subtitle),
        "author": clean(outline.author),
        "created": outline.created_utc(),
    }


def _set_up_page(worksheet: xlsxwriter.worksheet.Worksheet, outline: Outline) -> None:
    worksheet.set_paper(9)  # A4
    if outline.landscape:
        worksheet.set_landscape()
    worksheet.fit_to_pages(1, 0)
    worksheet.center_horizontally()
    worksheet.set_margins(left=0.47, right=0.47, top=0.55, bottom=0.7)  # inches
    worksheet.hide_gridlines(2)
    worksheet.set_footer(_footer(outline.title), {"margin": 0.35})


def _footer(title: str) -> str:
    """A footer holds 255 characters, and its ampersands are commands."""
    font = f'&"{FONT},Regular"&8'
    name = clean(title).replace("\n", " ")[:60].replace("&", "&&")
    pages = _("第 {page} 页，共 {pages} 页").format(page="&P", pages="&N")
    return f"&L{font} {name}&R{font} {pages}"
