"""The front of a long Word file: its cover, its list of chapters, its running head."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor

from yunce.engines.documents.docx_styles import (
    NOTE_STYLE,
    PLAIN_HEADING_STYLE,
    TOC_STYLES,
    add_paragraph,
)
from yunce.engines.documents.outline import Cover, Heading, Outline
from yunce.engines.documents.palette import ACCENT, INK, MUTED
from yunce.engines.documents.wording import clean
from yunce.kit.wording import gettext as _

_LABEL_WIDTH = Mm(32)


def write_cover(document: Document, outline: Outline, cover: Cover) -> None:
    """The first page: no header, no footer, one rule."""
    document.sections[0].different_first_page_header_footer = True
    _line(document, cover.owner, size=13, colour=MUTED, before=Mm(58), after=Pt(10))
    title = add_paragraph(document, clean(outline.title), style="Title")
    title.paragraph_format.space_after = Pt(6)
    for run in title.runs:
        run.font.size = Pt(30)
    _line(document, outline.subtitle, size=15, colour=MUTED, after=Pt(14))
    _rule(document)
    if cover.statement:
        _line(document, cover.statement, size=13, colour=INK, before=Pt(14), spacing=1.5)
    for at, (label, value) in enumerate(cover.facts):
        _fact(document, label, value, before=Mm(36) if not at else Pt(0))
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)


def write_contents(document: Document, headings: Sequence[Heading], *, width: Length) -> None:
    """Chapters as links, with the page where the program that shows the file knows it.

    The page is a field without a kept result: Word fills it in when printing (asking nothing on
    opening), LibreOffice and WPS at once. A guessed number would be a wrong one.
    """
    add_paragraph(document, _("目录"), style=PLAIN_HEADING_STYLE)
    listed = [heading for heading in headings if heading.level in TOC_STYLES]
    for heading in listed:
        paragraph = add_paragraph(document, style=TOC_STYLES[heading.level])
        paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
        paragraph._p.append(_link(paragraph, heading, anchor_of(headings, heading)))


def anchor_of(headings: Sequence[Heading], heading: Heading) -> str:
    """The bookmark of a heading, by its place: two may read alike."""
    return f"_Toc{next(at for at, each in enumerate(headings) if each is heading):08}"


def mark(paragraph: Any, anchor: str, number: int) -> None:
    """A bookmark around a heading's text."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for each in (start, end):
        each.set(qn("w:id"), str(number))
    start.set(qn("w:name"), anchor)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(end)


def write_header(document: Document, text: str) -> None:
    """Who and what, small, at the right of every page but the first."""
    paragraph = document.sections[0].header.paragraphs[0]
    paragraph.style = document.styles[NOTE_STYLE]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.add_run(clean(text))


def _line(
    document: Document,
    text: str,
    *,
    size: float,
    colour: str,
    before: Length | None = None,
    after: Length | None = None,
    spacing: float = 1.2,
) -> None:
    if not text:
        return
    paragraph = add_paragraph(document)
    form = paragraph.paragraph_format
    form.space_before, form.space_after = before or Pt(0), after or Pt(4)
    form.line_spacing = spacing
    run = paragraph.add_run(clean(text))
    run.font.size, run.font.color.rgb = Pt(size), RGBColor.from_string(colour)


def _rule(document: Document) -> None:
    """A short thick line in the accent colour, the cover's only ornament."""
    paragraph = add_paragraph(document)
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.right_indent = Mm(140)
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "24"), ("space", "1"), ("color", ACCENT)):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)


def _fact(document: Document, label: str, value: str, *, before: Length) -> None:
    paragraph = add_paragraph(document)
    form = paragraph.paragraph_format
    form.space_before, form.space_after = before, Pt(3)
    form.tab_stops.add_tab_stop(_LABEL_WIDTH)
    form.left_indent, form.first_line_indent = _LABEL_WIDTH, -_LABEL_WIDTH
    named = paragraph.add_run(f"{clean(label)}\t")
    named.font.color.rgb = RGBColor.from_string(MUTED)
    paragraph.add_run(clean(value))


def _link(paragraph: Any, heading: Heading, anchor: str) -> Any:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), anchor)
    link.set(qn("w:history"), "1")
    text = paragraph.add_run(clean(heading.text))._r
    tab = paragraph.add_run("\t")._r
    link.append(text)
    link.append(tab)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f"PAGEREF {anchor} \\h")
    run = paragraph.add_run("")
    run.font.color.rgb = RGBColor.from_string(MUTED)
    field.append(run._r)
    link.append(field)
    return link
