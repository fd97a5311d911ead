"""An outline as a Word file: real headings, A4, Chinese fonts, header rows that repeat."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.shared import Length

from yunce.engines.documents.charts import Charts
from yunce.engines.documents.docx_charts import write_charts
from yunce.engines.documents.docx_front import (
    anchor_of,
    mark,
    write_contents,
    write_cover,
    write_header,
)
from yunce.engines.documents.docx_styles import (
    NOTE_STYLE,
    PROMPT_STYLE,
    add_paragraph,
    modernise,
    set_up_long,
    set_up_page,
    set_up_prompts,
    set_up_styles,
    write_footer,
)
from yunce.engines.documents.docx_table import write_table
from yunce.engines.documents.outline import Block, Heading, Note, Outline, Prompt, Table, Turn
from yunce.engines.documents.wording import clean, prompt_lines

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def document_bytes(outline: Outline) -> bytes:
    """The finished file."""
    document = docx.Document()
    _set_properties(document, outline)
    modernise(document)
    set_up_styles(document)
    width = set_up_page(document.sections[0], landscape=outline.landscape)
    writer = _Writer(document, outline, width)
    writer.write_front()
    for block, following in zip(outline.blocks, (*outline.blocks[1:], None), strict=True):
        writer.write_block(block, is_lead=isinstance(following, Table | Charts))
    write_footer(document, clean(outline.title))
    buffer = BytesIO()
    document.save(buffer)
    return _without_clock(buffer)


class _Writer:
    """Keeps the width of the page it has come to, and how many charts and headings there were."""

    def __init__(self, document: Document, outline: Outline, width: Length) -> None:
        self._document = document
        self._outline = outline
        self._width = width
        self._headings = [block for block in outline.blocks if isinstance(block, Heading)]
        self._charts = 0
        self._last: type[Block] | None = None
        if any(isinstance(block, Prompt) for block in outline.blocks):
            set_up_prompts(document)

    def write_front(self) -> None:
        """The cover and what follows it, or the title on top of the first page."""
        document, outline = self._document, self._outline
        if outline.cover:
            set_up_long(document)
            write_cover(document, outline, outline.cover)
            write_contents(document, self._headings, width=self._width)
            write_header(document, f"{outline.cover.owner}　·　{outline.subtitle}")
            return
        add_paragraph(document, clean(outline.title), style="Title")
        if outline.subtitle:
            add_paragraph(document, clean(outline.subtitle), style=NOTE_STYLE)

    def write_block(self, block: Block, *, is_lead: bool) -> None:
        """``is_lead``: a table or chart follows, so a sentence does not stay behind alone."""
        document = self._document
        match block:
            case Heading():
                self._write_heading(block)
            case Note():
                add_paragraph(document, clean(block.text), style=NOTE_STYLE)
            case Table():
                self._write_table(block)
            case Charts():
                write_charts(document, block, width=self._width, first=self._charts + 1)
                self._charts += len(block.charts)
            case Prompt():
                self._write_prompt(block)
            case Turn():
                section = document.add_section(WD_SECTION.NEW_PAGE)
                section.different_first_page_header_footer = False
                self._width = set_up_page(section, landscape=block.landscape)
            case _:
                paragraph = add_paragraph(document, clean(block.text))
                paragraph.paragraph_format.keep_with_next = is_lead or None
        self._last = type(block)

    def _write_heading(self, heading: Heading) -> None:
        style = f"Heading {heading.level}"
        paragraph = add_paragraph(self._document, clean(heading.text), style=style)
        paragraph.paragraph_format.page_break_before = heading.on_new_page or None
        if self._outline.cover:
            anchor = anchor_of(self._headings, heading)
            mark(paragraph, anchor, self._headings.index(heading))

    def _write_table(self, table: Table) -> None:
        document = self._document
        if table.caption:
            caption = add_paragraph(document, clean(table.caption), style="Heading 3")
            caption.paragraph_format.keep_with_next = True
        write_table(document, table, width=self._width)
        add_paragraph(document, style=NOTE_STYLE)

    def _write_prompt(self, prompt: Prompt) -> None:
        """Two in a row would share one frame; an empty line keeps them apart."""
        if self._last is Prompt:
            add_paragraph(self._document, style=NOTE_STYLE)
        paragraph = add_paragraph(self._document, style=PROMPT_STYLE)
        for at, (label, text) in enumerate(prompt_lines(prompt.what, prompt.who, prompt.example)):
            if at:
                paragraph.add_run().add_break()
            paragraph.add_run(f"{label}　").bold = True
            paragraph.add_run(text)


def _set_properties(document: Document, outline: Outline) -> None:
    properties = document.core_properties
    properties.title = clean(outline.title)[:255]
    properties.subject = clean(outline.subtitle)[:255]
    properties.author = properties.last_modified_by = clean(outline.author)[:255]
    properties.created = properties.modified = outline.created_utc()
    properties.comments = ""
    properties.language = "zh-CN"
    properties.revision = 1


def _without_clock(written: BytesIO) -> bytes:
    """The same parts stamped with a fixed time, so equal outlines give equal bytes."""
    stamped = BytesIO()
    with ZipFile(written) as source, ZipFile(stamped, "w") as target:
        for name in source.namelist():
            part = ZipInfo(name, _ZIP_EPOCH)
            part.compress_type = ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return stamped.getvalue()
