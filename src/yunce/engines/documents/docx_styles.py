"""The looks of a Word file: fonts with their Chinese side, headings, page, footer."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor

from yunce.engines.documents.palette import ACCENT, FONT, INK, LINE, MUTED, PROMPT_FILL
from yunce.kit.wording import gettext as _

CELL_STYLE = "Yunce Cell"
NOTE_STYLE = "Yunce Note"
PROMPT_STYLE = "Yunce Prompt"
PLAIN_HEADING_STYLE = "Yunce Plain Heading"  # looks like one, stands in no list of chapters
TOC_STYLES = {1: "toc 1", 2: "toc 2"}
_A4 = (Mm(297), Mm(210))  # long side, short side
_MARGIN = Mm(15)
_HEADINGS = {"Title": 20, "Heading 1": 15, "Heading 2": 12.5, "Heading 3": 11}


def set_up_page(section: Any, *, landscape: bool) -> Length:
    """A4 with even margins; how much width is left for text."""
    width, height = _A4 if landscape else (_A4[1], _A4[0])
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    section.footer_distance = section.header_distance = Mm(7)
    return Length(width - 2 * _MARGIN)


def set_up_styles(document: Document) -> None:
    """Every style used gets the Chinese font by name, or Word falls back to a serif."""
    styles = document.styles
    _set_font(styles["Normal"], size=10.5)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for name, size in _HEADINGS.items():
        _set_font(styles[name], size=size, bold=True)
        styles[name].paragraph_format.space_before = Pt(0 if name == "Title" else 10)
        styles[name].paragraph_format.space_after = Pt(4)
    _remove(styles["Title"].element.get_or_add_pPr(), "w:pBdr")
    for name, size, colour in ((CELL_STYLE, 9, INK), (NOTE_STYLE, 9, MUTED)):
        style = _added(styles, name, size=size, colour=colour)
        style.paragraph_format.space_after = Pt(0 if name == CELL_STYLE else 4)
        style.paragraph_format.line_spacing = 1.1


def set_up_long(document: Document) -> None:
    """What a document with a cover has besides: roomier chapters, the list of them, prompts."""
    styles = document.styles
    for name, room in (("Heading 1", 22), ("Heading 2", 12)):
        styles[name].paragraph_format.space_before = Pt(room)
        styles[name].paragraph_format.space_after = Pt(6)
    styles["Heading 1"].font.color.rgb = RGBColor.from_string(ACCENT)
    plain = _added(styles, PLAIN_HEADING_STYLE, size=_HEADINGS["Heading 1"], bold=True)
    plain.paragraph_format.space_after = Pt(8)
    for level, name in TOC_STYLES.items():
        style = _added(styles, name, size=10.5 if level == 1 else 9.5, bold=level == 1)
        form = style.paragraph_format
        form.left_indent, form.line_spacing = Mm(8 * (level - 1)), Pt(15 if level == 1 else 13.5)
        form.space_before, form.space_after = Pt(4 if level == 1 else 0), Pt(0)


def set_up_prompts(document: Document) -> None:
    """A dashed frame on a warm ground: nobody takes it for finished text."""
    style = _added(document.styles, PROMPT_STYLE, size=9.5, colour=MUTED)
    form = style.paragraph_format
    form.left_indent = form.right_indent = Mm(2)
    form.space_after, form.line_spacing, form.keep_together = Pt(8), 1.25, True
    properties = style.element.get_or_add_pPr()
    borders, shading = OxmlElement("w:pBdr"), OxmlElement("w:shd")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "dashed"), ("sz", "6"), ("space", "5"), ("color", LINE)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", PROMPT_FILL)):
        shading.set(qn(f"w:{name}"), value)
    # The schema fixes the order: borders and ground before spacing and indents.
    spacing = properties.find(qn("w:spacing"))
    spacing.addprevious(borders)
    spacing.addprevious(shading)


def _added(styles: Any, name: str, *, size: float, bold: bool = False, colour: str = INK) -> Any:
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles["Normal"]
    _set_font(style, size=size, bold=bold, colour=colour)
    return style


def add_paragraph(document: Document, text: str = "", style: str = "") -> Any:
    """A paragraph in a style known by name. The library looks a style up for every paragraph,
    which takes longer than all the rest of it.
    """
    paragraph = document.add_paragraph(text)
    if style:
        paragraph._p.style = style_id(style)
    return paragraph


def style_id(name: str) -> str:
    """How a file calls a style: without spaces, as the library makes them."""
    return name.replace(" ", "")


def set_font(properties: Any) -> None:
    """Names the font for Latin and Chinese text; theme fonts would win, so they go."""
    fonts = properties.get_or_add_rFonts()
    for side in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{side}"), FONT)
        fonts.attrib.pop(qn(f"w:{side}Theme"), None)
    fonts.attrib.pop(qn("w:cstheme"), None)


def write_footer(document: Document, title: str) -> None:
    """The title and 第 … 页，共 … 页, counted by Word."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = document.styles[NOTE_STYLE]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    # The markers cannot occur in a translation; each becomes a field.
    text = _("第 {page} 页，共 {pages} 页").format(page="\0PAGE\0", pages="\0NUMPAGES\0")
    paragraph.add_run(f"{title}　·　")
    for at, part in enumerate(text.split("\0")):
        if at % 2:
            _add_field(paragraph, part)
        else:
            paragraph.add_run(part)


def modernise(document: Document) -> None:
    """The library's template is Word 2010 and Japanese; without this Word says so."""
    settings = document.settings.element
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    languages = (*settings.iter(qn("w:themeFontLang")), *document.styles.element.iter(qn("w:lang")))
    for language in languages:
        language.set(qn("w:eastAsia"), "zh-CN")


def _set_font(style: Any, *, size: float, bold: bool = False, colour: str = INK) -> None:
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(colour)
    set_font(style.element.get_or_add_rPr())


def _add_field(paragraph: Any, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _remove(parent: Any, name: str) -> None:
    for child in parent.findall(qn(name)):
        parent.remove(child)
