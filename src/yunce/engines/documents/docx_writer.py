"""An outline as a Word file: real headings, A4, Chinese fonts, header rows that repeat."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.shared import Length

from yunce.engines.documents.docx_styles import (
    NOTE_STYLE,
    modernise,
    set_up_page,
    set_up_styles,
    write_footer,
)
from yunce.engines.documents.docx_table import write_table
from yunce.engines.documents.outline import Block, Heading, Note, Outline, Table
from yunce.engines.documents.wording import clean

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def document_bytes(outline: Outline) -> bytes:
    """The finished file."""
    document = docx.Document()
    _set_properties(document, outline)
    modernise(document)
    set_up_styles(document)
    width = set_up_page(document, landscape=outline.landscape)
    document.add_paragraph(clean(outline.title), style="Title")
    if outline.subtitle:
        document.add_paragraph(clean(outline.subtitle), style=NOTE_STYLE)
    for block in outline.blocks:
        _write_block(document, block, width)
    write_footer(document, clean(outline.title))
    buffer = BytesIO()
    document.save(buffer)
    return _without_clock(buffer)


def _write_block(document: Document, block: Block, width: Length) -> None:
    match block:
        case Heading():
            document.add_paragraph(clean(block.text), style=f"Heading {block.level}")
        case Note():
            document.add_paragraph(clean(block.text), style=NOTE_STYLE)
        case Table():
            if block.caption:
                caption = document.add_paragraph(clean(block.caption), style="Heading 3")
                caption.paragraph_format.keep_with_next = True
            write_table(document, block, width=width)
            document.add_paragraph(style=NOTE_STYLE)
        case _:
            document.add_paragraph(clean(block.text))


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
